"""How long work tells how far it has come, and is stopped."""

from collections.abc import Callable

Progress = Callable[[int, int], object]
"""Is called again and again with how much is done, of how much; it raises to stop the work."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody, and stop nothing."""
