"""Which sessions of a list began on the same day."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from sqlite3 import Connection
from typing import NamedTuple

from exlab_gui.archive.schema import microseconds, time_of
from exlab_gui.archive.search import Query
from exlab_gui.core.clock import local_time

MOST_DAYS = 1_000
"""Sessions of more days are not grouped."""

_LATEST = 2**62


class Day(NamedTuple):
    """The sessions that began on a day: the place of the first, and how many they are."""

    date: date
    first: int
    sessions: int


def find_by_day(
    db: Connection, query: Query, *, descending: bool = True
) -> tuple["array[int]", list[Day]]:
    """Return the numbers of the sessions that are meant, by their begin, and their days."""
    asked, values = query.sessions()
    way = "DESC" if descending else "ASC"
    asked = asked.replace("SELECT session", "SELECT session, start", 1)
    rows = db.execute(f"{asked} ORDER BY start {way}, session {way}", values).fetchall()
    starts = array("q", [start for _, start in rows])
    return array("q", [number for number, _ in rows]), _days(starts, -1 if descending else 1)


def _days(starts: Sequence[int], way: int) -> list[Day]:
    """Return the days of `starts`, which ascend if `way` is 1, and descend if it is -1."""
    days: list[Day] = []
    place = 0
    while place < len(starts):
        if len(days) == MOST_DAYS:
            return []
        day = _local(starts[place]).date()
        # Behind the last one of the day, whose begin and end depend on the time zone.
        edge = _begin(day) - 1 if way < 0 else _begin_of_next(day)
        after = bisect_left(starts, way * edge, place + 1, key=lambda start: way * start)
        days.append(Day(day, place, after - place))
        place = after
    return days


def _begin(day: date) -> int:
    return microseconds(local_time(datetime.combine(day, time())))


def _begin_of_next(day: date) -> int:
    return _begin(day + timedelta(days=1)) if day < date.max else _LATEST


def _local(start: int) -> datetime:
    return local_time(time_of(start))
