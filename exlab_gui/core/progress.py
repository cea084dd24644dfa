"""How long work tells how far it has come, and is stopped."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

CHUNK = 4096
"""After so many items the progress is told again."""

Progress = Callable[[int, int], object]
"""Is called again and again with how much is done, of how much; it raises to stop the work."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody, and stop nothing."""


def tracked(items: Sequence[T], progress: Progress, before: int, total: int) -> Iterator[T]:
    """Yield `items`, and tell `progress` of them: `before` of `total` were done already."""
    for place, item in enumerate(items):
        if place % CHUNK == 0:
            progress(before + place, total)
        yield item
