"""How long sessions usually stay in a state, from the stays that others have finished."""

from collections.abc import Iterable
from datetime import timedelta
from statistics import quantiles
from typing import NamedTuple

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.text.durations import duration

LEAST_STAYS = 3
"""Fewer finished stays than this tell nothing about what is usual."""

MOST_STAYS = 200
"""So many of the latest stays of each session are looked at: a session can have a million."""

_SECOND = timedelta(seconds=1)


class UsualTime(NamedTuple):
    """The quartiles of the time that finished stays in a state took, in seconds."""

    lower_s: float
    median_s: float
    upper_s: float

    def __str__(self) -> str:
        """Return the range of the middle half as ``usually 9 to 14 s``, and its median.

        From a minute on as ``usually 1:30 to 2:15, median 2:00``.
        """
        if self.upper_s >= 60:
            unit = ""
            lower, median, upper = (duration(seconds * _SECOND, 0) for seconds in self)
        else:
            unit, places = " s", 0 if self.upper_s >= 10 else 1
            lower, median, upper = (f"{seconds:.{places}f}" for seconds in self)
        if lower == upper:
            return f"usually {median}{unit}"
        return f"usually {lower} to {upper}{unit}, median {median}{unit}"


def usual_time(histories: Iterable[StateHistory], state: str) -> UsualTime | None:
    """Return how long the finished stays in `state` took in `histories`; None where they are few.

    A stay that is known only as a range counts as its middle.
    """
    times = [
        (span.least + span.most) / 2 / _SECOND
        for visits in histories
        for place in range(max(visits.visit_count() - MOST_STAYS, 0), visits.visit_count())
        if (visit := visits.visit(place)).state == state and visit.end is not None
        for span in (visit.lasted(visit.end),)
    ]
    if len(times) < LEAST_STAYS:
        return None
    return UsualTime(*quantiles(times, n=4, method="inclusive"))
