"""The usual dwell time in a state, from finished visits."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.text.durations import Span, duration
from exlab_gui.core.text.translation import phrase

LEAST_VISITS = 3
"""The number of finished visits from which a dwell time counts as usual."""

MOST_VISITS = 200
"""The number of a session's latest visits that count: a session can have a million."""

MOST_LOOKED_AT = 2_000
"""The number of visits of all sessions together that are looked at."""

_SECOND = timedelta(seconds=1)


class UsualTime(NamedTuple):
    """The quartiles of the dwell time in a state, in seconds."""

    lower_s: float
    median_s: float
    upper_s: float

    def __str__(self) -> str:
        return str(self.text())

    def text(self) -> str:
        """Return the range of the middle half and the median: ``usually 9–14 s, median 12 s``."""
        lower, median, upper = (seconds * _SECOND for seconds in self)
        places = 0 if self.upper_s >= 10 else 1
        usual = phrase("usually {span}", span=Span(lower, upper).text(places))
        return (
            usual
            if lower == upper
            else phrase("{usual}, median {time}", usual=usual, time=duration(median, places))
        )


def usual_time(histories: Iterable[StateHistory], state: str) -> UsualTime | None:
    """Return the usual dwell time in `state`, or None if there are too few finished visits.

    If a dwell time is known only as a range, its middle counts. Of many sessions, the first count.
    """
    visits = (
        history.visit(place)
        for history, place in islice(_latest(histories), MOST_LOOKED_AT)
        if history.history[history.entry_index(place)].state == state
    )
    spans = (visit.lasted(visit.end) for visit in visits if visit.end is not None)
    times = [span.middle / _SECOND for span in spans]
    if len(times) < LEAST_VISITS:
        return None
    from statistics import quantiles  # with its first use: it takes time

    return UsualTime(*quantiles(times, n=4, method="inclusive"))


def _latest(histories: Iterable[StateHistory]) -> Iterator[tuple[StateHistory, int]]:
    for history in histories:
        count = history.visit_count()
        yield from ((history, place) for place in range(max(count - MOST_VISITS, 0), count))
