"""The time per state, with its outliers."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from exlab_gui.archive.figures import in_order
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.search import Query
from exlab_gui.core.analysis.distribution import percentile
from exlab_gui.core.charts.state_times import Outlier, StateBox, StateTimes
from exlab_gui.core.progress import Progress

MOST_OUTLIERS = 200
"""The outliers of a state that are drawn at each side: the farthest ones."""

_REACH = 1.5
"""How many box widths a whisker is long at most, on the logarithmic scale."""

_SHORTEST = 1_000.0
"""What counts for a shorter time on the logarithmic scale, in microseconds."""

_PART = 5_000
"""The rows that are read between two reports of progress."""


class _Visits(NamedTuple):
    """The times of visits, in order, and their sessions."""

    dwell: "array[int]"
    sessions: "array[int]"


def state_times(index: ArchiveIndex, query: Query, progress: Progress) -> StateTimes:
    """Return the time per state of the sessions that are meant, as `stats` counts it."""
    asked, values = query.sessions()
    where = f"session IN ({asked})"
    with index.reading() as db:
        db.execute("BEGIN")  # so that all questions are answered for one moment
        (sessions,) = db.execute(f"SELECT count(*) FROM found WHERE {where}", values).fetchone()
        progress(0, 0)
        unsure = dict(
            db.execute(
                f"SELECT state, count(*) FROM visits WHERE {where} AND known != 'observed' "
                "GROUP BY state",
                values,
            )
        )
        rows = db.execute(
            f"SELECT state, waits, dwell, session FROM visits WHERE {where} ORDER BY dwell", values
        )
        visits: dict[str, _Visits] = {}
        waits = _Visits(array("q"), array("q"))
        while part := rows.fetchmany(_PART):
            progress(0, 0)
            for state, waited, dwell, session in part:
                if (of := visits.get(state)) is None:
                    of = visits[state] = _Visits(array("q"), array("q"))
                of.dwell.append(dwell)
                of.sessions.append(session)
                if waited:
                    waits.dwell.append(dwell)
                    waits.sessions.append(session)
    boxes = [_box(state, visits[state], unsure.get(state, 0)) for state in in_order(visits)]
    if waits.dwell:
        boxes.append(_box("", waits, 0, waits=True))
    return StateTimes(sessions, boxes)


def _box(name: str, visits: _Visits, unsure: int, *, waits: bool = False) -> StateBox:
    dwell = visits.dwell
    lower, median, upper, high = (percentile(dwell, percent) for percent in (25, 50, 75, 90))
    least, most = _fences(lower, upper)
    begin, end = bisect_left(dwell, least), bisect_right(dwell, most)
    return StateBox(
        name,
        len(dwell),
        dwell[0],
        lower,
        median,
        upper,
        high,
        dwell[-1],
        (dwell[begin], dwell[end - 1]),
        [*_outliers(visits, range(begin)), *_outliers(visits, range(len(dwell) - 1, end - 1, -1))],
        begin + len(dwell) - end,
        visits.sessions[-1],
        unsure,
        waits,
    )


def _fences(lower: float, upper: float) -> tuple[float, float]:
    """Return the least and the most that is no outlier, by the quartiles on the log scale."""
    width = max(upper, _SHORTEST) / max(lower, _SHORTEST)
    return min(lower / width**_REACH, lower), max(upper * width**_REACH, upper)


def _outliers(visits: _Visits, places: Sequence[int]) -> list[Outlier]:
    return [Outlier(visits.sessions[at], visits.dwell[at]) for at in places[:MOST_OUTLIERS]]
