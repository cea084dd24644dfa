"""What is asked for of an index: some of its sessions, in an order."""

import re
import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, get_args

import msgspec

from exlab_gui.archive.schema import microseconds

Order = Literal[
    "start", "label", "equipment", "project", "run", "operator", "outcome", "error_code", "plugins",
    "lasted", "waiting", "problems",
]  # fmt: skip
"""The columns by which sessions can be sorted."""

Facet = Literal["outcome", "equipment", "plugin", "error_code"]
"""What has a few values, of which one can be chosen."""

FACETS: tuple[Facet, ...] = get_args(Facet)

NOT_ENDED = "not ended"
"""The outcome of a session that has none."""

UNKNOWN_EQUIPMENT = "\n"
"""The equipment of a session that has none: no name of one has a line break."""

_NUMBERS = ("start", "lasted", "waiting", "problems")
_SPECIAL = re.compile("[!%_]")

_OF_A_DAY = re.compile("[0-9-]{1,10}")
_DAY = "strftime('%Y-%m-%d', start / 1000000, 'unixepoch', 'localtime')"
"""The day on which a session began; not kept, since it is another one in another time zone."""

MAX_WORDS, MAX_WORD = 20, 100
"""The most words of a text that are looked for, and the most characters of each."""


class Query(msgspec.Struct, frozen=True):
    """Which sessions are meant: those for which all holds that is given.

    Each word of `text` is somewhere in what the index knows of the session, in any case. The
    session began at `since` or later, and before `until`.
    """

    text: str = ""
    outcome: str = ""
    equipment: str = ""
    plugin: str = ""
    error_code: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def where(self) -> tuple[str, list[object]]:
        """Return the condition for rows of the table of what is found, and its values."""
        terms, values = ["1"], list[object]()

        def add(term: str, value: object) -> None:
            terms.append(term)
            values.append(value)

        if self.since is not None:
            add("start >= ?", microseconds(self.since))
        if self.until is not None:
            add("start < ?", microseconds(self.until))
        if self.outcome:
            add("outcome = ?", "" if self.outcome == NOT_ENDED else self.outcome)
        if self.equipment:
            is_known = self.equipment != UNKNOWN_EQUIPMENT
            add("equipment = ?", self.equipment if is_known else "")
        if self.error_code:
            add("error_code = ?", self.error_code)
        if self.plugin:
            add("session IN (SELECT session FROM plugins WHERE plugin = ?)", self.plugin)
        for word in self.text.casefold().split()[:MAX_WORDS]:
            exact = _SPECIAL.sub(r"!\g<0>", word[:MAX_WORD])
            where = f"text || char(10) || {_DAY}" if _OF_A_DAY.fullmatch(word) else "text"
            add(f"{where} LIKE ? ESCAPE '!'", f"%{exact}%")
        return " AND ".join(terms), values

    def narrowed(self, chosen: Mapping[str, str]) -> "Query":
        """Return what also asks for these values of facets; an equipment may be empty: unknown."""
        changed = dict(chosen)
        if changed.get("equipment") == "":
            changed["equipment"] = UNKNOWN_EQUIPMENT
        return msgspec.structs.replace(self, **changed)

    def sessions(self) -> tuple[str, list[object]]:
        """Return what selects the numbers of the sessions, and its values."""
        condition, values = self.where()
        return f"SELECT session FROM found WHERE {condition}", values


class Row(NamedTuple):
    """A session in a list; times are in microseconds, `start` since 1970."""

    id: int
    label: str
    kind: str
    equipment: str
    project: str
    run: str
    operator: str
    state: str
    outcome: str
    error_code: str
    error: str
    plugins: str
    start: int
    lasted: int
    lasted_least: int
    lasted_most: int
    waiting: int
    events: int
    problems: int
    fork_of: str
    meaning: str
    files: int


def find(
    db: sqlite3.Connection, query: Query, order: Order = "start", *, descending: bool = True
) -> "array[int]":
    """Return the numbers of the sessions that are meant, in order."""
    asked, values = query.sessions()
    way = "DESC" if descending else "ASC"
    if order == "start":
        asked = f"{asked} ORDER BY start {way}, session {way}"
    else:
        by = order if order in _NUMBERS else f"{order} COLLATE NOCASE"
        asked = f"SELECT id FROM sessions WHERE id IN ({asked}) ORDER BY {by} {way}, start DESC, id"
    return array("q", [number for (number,) in db.execute(asked, values)])


def rows(db: sqlite3.Connection, numbers: Sequence[int]) -> list[Row]:
    """Return the sessions of these numbers, in this order; those that are gone are left out."""
    asked = f"SELECT {', '.join(Row._fields)} FROM sessions WHERE id = ?"
    return [Row(*row) for number in numbers for row in db.execute(asked, (number,))]


def paths(db: sqlite3.Connection, numbers: Sequence[int]) -> list[bytes]:
    """Return the paths of all recordings of the sessions of these numbers."""
    asked = (
        "SELECT files.path FROM files JOIN sessions ON files.key = sessions.key "
        "WHERE sessions.id = ? ORDER BY files.path"
    )
    return [path for number in numbers for (path,) in db.execute(asked, (number,))]


def unreadable(db: sqlite3.Connection) -> list[tuple[bytes, str]]:
    """Return the paths of the files from which nothing could be read, and why."""
    asked = "SELECT path, fault FROM files WHERE fault != '' ORDER BY path"
    return db.execute(asked).fetchall()


def values(db: sqlite3.Connection) -> dict[Facet, list[str]]:
    """Return the values that each facet has, in order."""
    found = db.execute("SELECT DISTINCT outcome, equipment, error_code FROM found").fetchall()
    every: dict[Facet, set[str]] = {
        "outcome": {outcome for outcome, _, _ in found},
        "equipment": {equipment for _, equipment, _ in found},
        "plugin": {plugin for (plugin,) in db.execute("SELECT DISTINCT plugin FROM plugins")},
        "error_code": {code for _, _, code in found},
    }
    offered = {facet: sorted(known - {""}, key=str.casefold) for facet, known in every.items()}
    if "" in every["outcome"]:
        offered["outcome"].append(NOT_ENDED)
    if "" in every["equipment"]:
        offered["equipment"].append(UNKNOWN_EQUIPMENT)
    return offered


def count(db: sqlite3.Connection) -> int:
    """Return the number of all sessions."""
    (number,) = db.execute("SELECT count(*) FROM sessions").fetchone()
    return int(number)
