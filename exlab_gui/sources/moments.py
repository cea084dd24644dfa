"""Moments of a history: the session as it was after so many events."""


def within(moment: int | None, count: int) -> int | None:
    """Return `moment` as one of a history of `count` events; None: the latest, whatever comes.

    What lies before the first event counts as the first, what lies after the last as the latest.
    """
    if moment is None or max(moment, 1) >= count:
        return None
    return max(moment, 1)
