"""How often the sessions of an index took each state and transition, and how long that took."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from exlab_gui.archive.figures import StateRow, figures
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.search import Query
from exlab_gui.core.analysis.distribution import distribution
from exlab_gui.core.analysis.path_times import PERCENTS, PathTimes, Spent
from exlab_gui.core.machine import Edge
from exlab_gui.core.progress import Progress, no_progress

_INSTRUCTIONS = 50_000
"""Steps of SQLite between two looks whether to go on."""

# A transition: the visit that it ended, and the one that it began, which is the last of the session
# or in the table itself. What nobody observed between two states is none.
_EDGES = """
WITH taken AS (
    SELECT v.state AS source, coalesce(n.state, s.state) AS target, v.dwell AS dwell,
           v.known != 'observed' OR coalesce(n.known, s.last_known) != 'observed' AS unsure
    FROM visits v
    JOIN sessions s ON s.id = v.session
    LEFT JOIN visits n ON n.session = v.session AND n.place = v.place + 1
    WHERE v.session IN ({sessions}) AND coalesce(n.known, s.last_known) != 'unobserved'
), ranked AS (
    SELECT source, target, dwell,
           row_number() OVER (PARTITION BY source, target ORDER BY dwell) - 1 AS place,
           count(*) OVER (PARTITION BY source, target) AS count,
           sum(unsure) OVER (PARTITION BY source, target) AS unsure
    FROM taken
)
SELECT source, target, count, unsure, place, dwell FROM ranked
WHERE place IN (0, count - 1{places}) ORDER BY source, target, place
"""
_LAST = "SELECT state, count(*) FROM sessions WHERE id IN ({sessions}) GROUP BY state"


def found_times(index: ArchiveIndex, query: Query, progress: Progress = no_progress) -> PathTimes:
    """Return what the sessions that are meant took; nothing, until a damaged index is mended."""
    try:
        return archived_times(index, query, progress)
    except sqlite3.DatabaseError:
        return PathTimes(0, {}, {})


def archived_times(
    index: ArchiveIndex, query: Query, progress: Progress = no_progress
) -> PathTimes:
    """Return what the sessions that are meant took.

    The times of the states are those of `figures`. Raises sqlite3.Error if the index is damaged.
    """
    found = figures([index], query, "state", PERCENTS)
    progress(0, 1)
    states = {
        row.name: Spent(row.dwell.count, row.dwell, row.unsure)
        for row in found.rows
        if isinstance(row, StateRow)
    }
    sessions, values = query.sessions()
    with index.reading() as db:
        _stop_with(db, progress)
        try:
            for state, count in db.execute(_LAST.format(sessions=sessions), values):
                known = states.get(state, Spent())
                states[state] = Spent(known.count + count, known.dwell, known.unsure)
            edges = _edges(db, sessions, values)
        except sqlite3.OperationalError as error:
            progress(0, 1)  # it is this that has stopped it, or something is wrong
            raise error
    return PathTimes(found.sessions, states, edges)


def _edges(db: sqlite3.Connection, sessions: str, values: list[object]) -> dict[Edge, Spent]:
    places = "".join(
        f", (count - 1) * {percent} / 100, (count - 1) * {percent} / 100 + 1"
        for percent in PERCENTS
    )
    ranks: dict[Edge, _Ranks] = {}
    unsure: dict[Edge, int] = {}
    asked = _EDGES.format(sessions=sessions, places=places)
    for source, target, count, doubtful, place, dwell in db.execute(asked, values):
        edge = source, target
        unsure[edge] = doubtful
        ranks.setdefault(edge, _Ranks(count)).known[place] = dwell
    return {
        edge: Spent(len(times), distribution(times, PERCENTS), unsure[edge])
        for edge, times in ranks.items()
    }


class _Ranks(Sequence[int]):
    """So many times in order, of which those are known that a distribution looks at."""

    def __init__(self, count: int) -> None:
        self.known: dict[int, int] = {}
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        return self.known[place % self._count]


def _stop_with(db: sqlite3.Connection, progress: Progress) -> None:
    """Have the connection stop what it does once `progress` raises."""

    def interrupts() -> bool:
        progress(0, 1)  # what it raises interrupts
        return False

    db.set_progress_handler(interrupts, _INSTRUCTIONS)
