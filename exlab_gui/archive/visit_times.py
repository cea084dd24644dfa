"""The times of all visits of an index, of which only those that are asked for are read."""

from collections.abc import Mapping, Sequence
from sqlite3 import Connection
from typing import Any


def sorted_visits(db: Connection) -> Mapping[str, Sequence[int]]:
    """Return the dwell times in each state, in microseconds and in order."""
    counts = db.execute("SELECT state, count(*) FROM visits GROUP BY state").fetchall()
    return {state: _SortedTimes(db, state, count) for state, count in counts}


class _SortedTimes(Sequence[int]):
    """The dwell times in one state; a place is found from the nearer end."""

    def __init__(self, db: Connection, state: str, count: int) -> None:
        self._db = db
        self._state = state
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        place %= self._count
        after = self._count - 1 - place
        way, skipped = ("ASC", place) if place < after else ("DESC", after)
        asked = f"SELECT dwell FROM visits WHERE state = ? ORDER BY dwell {way} LIMIT 1 OFFSET ?"
        return self._db.execute(asked, (self._state, skipped)).fetchone()[0]
