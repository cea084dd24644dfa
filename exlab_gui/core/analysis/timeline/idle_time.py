"""Long idle gaps, shortened."""

LONGEST_GAP_S = 5.0
"""The length of a shortened gap."""


def collapsed(seconds: float) -> float:
    """Return the shortened length of a gap of `seconds`, never negative."""
    return min(max(seconds, 0.0), LONGEST_GAP_S)
