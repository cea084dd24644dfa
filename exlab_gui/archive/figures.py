"""Figures about the sessions of indexes: how many, how they ended, and how long they took."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.joining import joined_sessions
from exlab_gui.archive.schema import HAS_FAILED, IS_FLAWED, time_of
from exlab_gui.archive.search import NOT_ENDED, Query, unreadable
from exlab_gui.archive.visit_times import sorted_visits
from exlab_gui.core.analysis.distribution import Times, distribution
from exlab_gui.core.files import resolved
from exlab_gui.core.machine import CREATION_MACHINE

By = Literal["state", "plugin", "equipment", "code", "day"]

BYS: tuple[By, ...] = get_args(By)

_SECOND = 1_000_000


class StateRow(msgspec.Struct, frozen=True):
    """The finished visits to a state; of `unsure` ones, the begin was not observed."""

    name: str
    dwell: Times
    unsure: int


class GroupRow(msgspec.Struct, frozen=True):
    """The sessions of a group, and the answers in them.

    Those of a plugin are the answers to its own questions; `plugin_failures` counts the sessions in
    which the plugin itself failed.
    """

    name: str
    sessions: int
    failed: int
    lasted: Times
    answers: Times
    plugin_failures: int = 0

    @property
    def failed_share(self) -> float:
        return self.failed / self.sessions


class SlowSession(msgspec.Struct, frozen=True):
    label: str
    start: datetime
    outcome: str
    seconds: float


class Unreadable(msgspec.Struct, frozen=True, order=True):
    """A file from which nothing could be read, and why."""

    path: str
    sentence: str


class Figures(msgspec.Struct, frozen=True):
    """The figures of `sessions`, which began from `first` to `last`; `rows` are groups `by`.

    Those that are `flawed` are done, but a plugin failed in them; `outcomes` has them as done.
    `lasted` is the time of those that ended, `answers` the time of each answer to a plugin.
    """

    sessions: int
    first: datetime | None
    last: datetime | None
    outcomes: dict[str, int]
    flawed: int
    lasted: Times
    answers: Times
    percentiles: Sequence[str]
    by: By
    rows: Sequence[StateRow | GroupRow]
    slowest: Sequence[SlowSession]
    unreadable: Sequence[Unreadable]


def figures(
    indexes: Iterable[ArchiveIndex],
    query: Query,
    by: By = "state",
    percents: Sequence[float] = (50, 90),
    slowest: int = 0,
) -> Figures:
    """Return the figures of the sessions that are meant.

    A session with recordings in several of the folders counts once, as joined from all of them.
    """
    with ExitStack() as opened:
        every = {resolved(index.folder): index for index in indexes}
        dbs = {place: opened.enter_context(index.reading()) for place, index in every.items()}
        for db in dbs.values():
            db.execute("BEGIN")  # so that all questions are answered for one moment
        parts = _parts(dbs, query, opened)
        sessions = [session for part in parts for session in part.sessions.values()]
        groups = _states(parts, percents) if by == "state" else _groups(parts, by, percents)
        answers = [dwell for part in parts for _, dwell, _ in part.answers()]
        return Figures(
            len(sessions),
            time_of(min(one.start for one in sessions)) if sessions else None,
            time_of(max(one.start for one in sessions)) if sessions else None,
            _outcomes(sessions),
            sum(one.is_flawed for one in sessions),
            distribution(sorted(one.lasted for one in sessions if one.outcome), percents),
            distribution(sorted(answers), percents),
            [f"{percent:g}" for percent in percents],
            by,
            groups,
            _slowest(parts, slowest),
            sorted({one for place in every for one in _unreadable(every[place], dbs[place])}),
        )


class _Session(NamedTuple):
    start: int
    outcome: str
    lasted: int
    has_failed: bool
    is_flawed: bool
    key: bytes


class _Part:
    """The sessions of one index that are meant, but for those with the keys `but`."""

    def __init__(self, db: Connection, query: Query, but: Collection[bytes] = ()) -> None:
        self.db = db
        asked, values = query.sessions()
        rows = db.execute(
            f"SELECT id, start, outcome, lasted, {HAS_FAILED}, {IS_FLAWED}, key FROM sessions "
            f"WHERE id IN ({asked})",
            values,
        )
        every = ((number, _Session(*session)) for number, *session in rows)
        self.sessions = {number: one for number, one in every if one.key not in but}
        (count,) = db.execute("SELECT count(*) FROM sessions").fetchone()
        self.has_all = count == len(self.sessions)

    def of_sessions(self, asked: str) -> Iterable[tuple[Any, ...]]:
        """Return the rows that begin with the number of a session that is meant."""
        rows = self.db.execute(asked)
        return rows if self.has_all else (row for row in rows if row[0] in self.sessions)

    def answers(self) -> Iterable[tuple[Any, ...]]:
        """Return the session, the time and the plugin of each answer, as far as these are known."""
        return self.of_sessions("SELECT session, dwell, plugin FROM visits WHERE waits")


def _parts(dbs: Mapping[Path, Connection], query: Query, opened: ExitStack) -> list[_Part]:
    """Return the sessions of each index, those that several of them have in a part of their own."""
    if len(dbs) < 2:
        return [_Part(db, query) for db in dbs.values()]
    joined, shared = opened.enter_context(joined_sessions(dbs))
    parts = [_Part(db, query, keys) for db, keys in zip(dbs.values(), shared, strict=True)]
    return [*parts, _Part(joined, query)]


def _unreadable(index: ArchiveIndex, db: Connection) -> Iterable[Unreadable]:
    for path, sentence in unreadable(db):
        yield Unreadable(str(index.path_of(path)), sentence)


def _states(parts: Sequence[_Part], percents: Sequence[float]) -> list[StateRow]:
    whole = parts[0] if len(parts) == 1 and parts[0].has_all else None
    dwell = sorted_visits(whole.db) if whole else _visits(parts)
    unsure: dict[str, int] = {}
    for part in parts:
        asked = "SELECT session, state FROM visits WHERE known != 'observed'"
        for _, state in part.of_sessions(asked):
            unsure[state] = unsure.get(state, 0) + 1
    return [
        StateRow(state, distribution(dwell[state], percents), unsure.get(state, 0))
        for state in in_order(dwell)
    ]


def in_order(states: Collection[str]) -> list[str]:
    """Return `states` in the order of the wizard's machine, those of others behind."""
    known = [state for state in CREATION_MACHINE.states if state in states]
    return list(dict.fromkeys((*known, *sorted(states))))


def _visits(parts: Sequence[_Part]) -> Mapping[str, Sequence[int]]:
    """Return the dwell times in each state, in order."""
    dwell: dict[str, list[int]] = {}
    for part in parts:
        for _, state, lasted in part.of_sessions("SELECT session, state, dwell FROM visits"):
            dwell.setdefault(state, []).append(lasted)
    return {state: sorted(times) for state, times in dwell.items()}


def _groups(parts: Sequence[_Part], by: By, percents: Sequence[float]) -> list[GroupRow]:
    members: dict[str, list[_Session]] = {}
    waited: dict[str, list[int]] = {}
    failures: dict[str, int] = {}
    for part in parts:
        names: dict[int, list[str]] = {}
        for number, name, failed in part.of_sessions(_NAMES[by]):
            members.setdefault(name, []).append(part.sessions[number])
            names.setdefault(number, []).append(name)
            failures[name] = failures.get(name, 0) + bool(failed)
        for number, dwell, plugin in part.answers():
            asked_by = (plugin,) if by == "plugin" else names.get(number, ())
            for name in asked_by:
                waited.setdefault(name, []).append(dwell)
    groups = [
        GroupRow(
            name,
            len(sessions),
            sum(one.has_failed for one in sessions),
            distribution(sorted(one.lasted for one in sessions if one.outcome), percents),
            distribution(sorted(waited.get(name, ())), percents),
            failures[name],
        )
        for name, sessions in members.items()
    ]
    if by == "day":
        return sorted(groups, key=lambda group: group.name)
    return sorted(groups, key=lambda group: (-group.failed, -group.sessions, group.name))


_NAMES: dict[By, str] = {
    "plugin": "SELECT session, plugin, failed FROM plugins",
    "equipment": "SELECT id, equipment, 0 FROM sessions",
    "code": "SELECT id, error_code, 0 FROM sessions WHERE error_code != ''",
    "day": "SELECT id, date(start / 1000000, 'unixepoch', 'localtime'), 0 FROM sessions",
}


def _outcomes(sessions: Iterable[_Session]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in sessions:
        counts[one.outcome or NOT_ENDED] = counts.get(one.outcome or NOT_ENDED, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _slowest(parts: Sequence[_Part], count: int) -> list[SlowSession]:
    if not count:
        return []
    found = [
        (one.lasted, one.start, one.key, part.db, number)
        for part in parts
        for number, one in part.sessions.items()
        if one.outcome
    ]
    found.sort(key=lambda one: (-one[0], *one[1:3]))
    slow = []
    for lasted, start, _, db, number in found[:count]:
        asked = "SELECT label, outcome FROM sessions WHERE id = ?"
        label, outcome = db.execute(asked, (number,)).fetchone()
        slow.append(SlowSession(label, time_of(start).astimezone(UTC), outcome, lasted / _SECOND))
    return slow
