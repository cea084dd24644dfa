"""Moments of a history: the session as it was after so many events."""


def within(position: int | None, count: int) -> int | None:
    """Return `position` as one of a history of `count` events; None: the latest, whatever comes.

    What lies before the first event counts as the first, what lies after the last as the latest.
    """
    if position is None or max(position, 1) >= count:
        return None
    return max(position, 1)
