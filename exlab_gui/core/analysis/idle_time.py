"""Long stretches in which nothing happens, shortened so that the rest can be seen."""

LONGEST_GAP_S = 5.0
"""How long a gap that is collapsed still lasts, in seconds."""


def collapsed(seconds: float) -> float:
    """Return how long a gap of `seconds` lasts where long gaps are collapsed; never negative."""
    return min(max(seconds, 0.0), LONGEST_GAP_S)
