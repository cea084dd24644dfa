"""The tables of an index, and how sessions are written into them."""

import sqlite3
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from exlab_gui.core.analysis.summary import SessionSummary, joined
from exlab_gui.core.text.durations import Span

VERSION = 8
"""An index of another version is made anew: raise it with every change of a table or a summary."""

_TABLES = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path BLOB UNIQUE, size INTEGER, mtime_ns INTEGER, key BLOB, fault TEXT
);
CREATE INDEX files_by_key ON files (key);
-- Beside the files, so that these are quickly compared with what is in the folder.
CREATE TABLE summaries (file INTEGER PRIMARY KEY, summary BLOB);
-- The number of a session that is gone is never that of another: it may still be asked for. Neither
-- is that of an index which this one replaces.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE, files INTEGER, session_id TEXT,
    label TEXT, source TEXT, kind TEXT, equipment TEXT, project TEXT, run TEXT, operator TEXT,
    state TEXT, outcome TEXT, error_code TEXT, error TEXT, plugins TEXT, fork_of TEXT,
    meaning TEXT, start INTEGER, entered INTEGER, last INTEGER, lasted INTEGER,
    lasted_least INTEGER, lasted_most INTEGER, waiting INTEGER, events INTEGER, problems INTEGER,
    last_known TEXT
);
-- What is looked through at each key: narrow rows, in the order in which they are shown at first.
CREATE TABLE found (
    start INTEGER, session INTEGER, outcome TEXT, equipment TEXT, error_code TEXT, text TEXT,
    PRIMARY KEY (start, session)
) WITHOUT ROWID;
CREATE TABLE visits (
    session INTEGER, place INTEGER, state TEXT, known TEXT, waits INTEGER, since INTEGER,
    dwell INTEGER, least INTEGER, most INTEGER, plugin TEXT, PRIMARY KEY (session, place)
) WITHOUT ROWID;
CREATE TABLE plugins (session INTEGER, plugin TEXT, failed INTEGER);
CREATE INDEX plugins_by_session ON plugins (session);
"""

# What is only asked by, and never changed by: made after the rows, since sorting them once costs
# less than finding a place for each of them.
_ORDERS = """
CREATE INDEX IF NOT EXISTS visits_by_time ON visits (state, dwell);
CREATE INDEX IF NOT EXISTS visits_that_wait ON visits (session, since, dwell, plugin) WHERE waits;
"""

_SUMMARIES = """
SELECT summary FROM summaries JOIN files ON files.id = file WHERE key = ? ORDER BY path
"""

HAS_FAILED = "(outcome != '' AND meaning = 'failure')"
"""The condition for sessions that failed, whatever their machine calls that."""

IS_FLAWED = "(outcome != '' AND meaning = 'flawed')"
"""The condition for sessions that are done, but in which a plugin failed."""

OF_FILE = b"file "
"""Begins the key of a session without an id, before the path of its only recording."""

_NUMBER_BITS = 15
"""Numbers begin with the time in units of so many bits of nanoseconds: 30,000 a second.

No index takes in sessions that fast, so the numbers of one that is made later are higher.
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

pack = msgspec.msgpack.Encoder(enc_hook=str).encode
"""Returns a summary as it is kept for each file."""

unpack = msgspec.msgpack.Decoder(SessionSummary).decode


class Read(msgspec.Struct, frozen=True):
    """What was read of a file: its summary, or why there is none."""

    path: bytes
    size: int
    mtime_ns: int
    summary: bytes | None
    key: bytes = b""
    fault: str = ""


def create(db: sqlite3.Connection) -> None:
    """Make the tables; the numbers of sessions go on behind those of every earlier index."""
    first = time.time_ns() >> _NUMBER_BITS
    db.executescript(
        f"BEGIN; {_TABLES} INSERT INTO sqlite_sequence VALUES ('sessions', {first}); "
        f"PRAGMA user_version = {VERSION}; COMMIT;"
    )


def is_in_order(db: sqlite3.Connection) -> bool:
    """Return whether `put_in_order` was called; it is not while an update is stopped."""
    asked = "SELECT count(*) FROM sqlite_master WHERE name = 'visits_by_time'"
    (count,) = db.execute(asked).fetchone()
    return bool(count)


def put_in_order(db: sqlite3.Connection) -> None:
    """Make what questions are answered by, if that was not done yet."""
    db.executescript(f"BEGIN; {_ORDERS} COMMIT;")


def microseconds(at: datetime) -> int:
    """Return `at` as the index keeps it: microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def time_of(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND


def take(db: sqlite3.Connection, files: Iterable[Read]) -> None:
    """Replace what is known of `files`, and of the sessions in them."""
    keys = set()
    for read in files:
        keys |= _forget_file(db, read.path)
        path, size, mtime_ns, summary, key, fault = msgspec.structs.astuple(read)
        file = db.execute(
            "INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?)", (path, size, mtime_ns, key, fault)
        ).lastrowid
        if summary is not None:
            db.execute("INSERT INTO summaries VALUES (?, ?)", (file, summary))
            keys.add(key)
    _renew(db, keys - {b""})


def forget(db: sqlite3.Connection, paths: Iterable[bytes]) -> None:
    """Remove files that are there no longer."""
    keys = set()
    for path in paths:
        keys |= _forget_file(db, path)
    _renew(db, keys - {b""})


def _forget_file(db: sqlite3.Connection, path: bytes) -> set[bytes]:
    known = db.execute("SELECT id, key FROM files WHERE path = ?", (path,)).fetchall()
    for file, _ in known:
        db.execute("DELETE FROM summaries WHERE file = ?", (file,))
        db.execute("DELETE FROM files WHERE id = ?", (file,))
    return {key for _, key in known}


def _renew(db: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Make the sessions of `keys` from their files; one without files is removed."""
    for key in keys:
        number = None
        for number, start in db.execute("SELECT id, start FROM sessions WHERE key = ?", (key,)):
            db.execute("DELETE FROM found WHERE start = ? AND session = ?", (start, number))
            for table in ("visits", "plugins"):
                db.execute(f"DELETE FROM {table} WHERE session = ?", (number,))
        found = db.execute(_SUMMARIES, (key,)).fetchall()
        if found:
            _write(db, number, key, [unpack(packed) for (packed,) in found])
        elif number is not None:
            db.execute("DELETE FROM sessions WHERE id = ?", (number,))


def _write(
    db: sqlite3.Connection, number: int | None, key: bytes, files: list[SessionSummary]
) -> None:
    one = joined(files)
    start = microseconds(one.start)
    names = (
        one.session_id, one.label, one.source, one.kind, one.equipment, one.project, one.run,
        one.operator, one.state, one.outcome, one.error_code, one.error, " ".join(one.plugins),
        one.fork_of,
    )  # fmt: skip
    entered = microseconds(one.visits[-1].visit.start)
    row = (
        number, key, len(files), *names, one.meaning or "", start, entered, microseconds(one.last),
        *_span(one.lasted), _whole(one.waiting.middle), one.events, one.problems,
        one.visits[-1].visit.known,
    )  # fmt: skip
    marks = ", ".join("?" * len(row))
    number = db.execute(f"INSERT OR REPLACE INTO sessions VALUES ({marks})", row).lastrowid
    text = "\n".join(filter(None, dict.fromkeys(names))).casefold()
    db.execute(
        "INSERT INTO found VALUES (?, ?, ?, ?, ?, ?)",
        (start, number, one.outcome, one.equipment, one.error_code, text),
    )
    db.executemany(
        "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number,
                place,
                facts.visit.state,
                facts.visit.known,
                facts.waits,
                max(microseconds(facts.visit.start) - start, 0),
                *_span(facts.dwell),
                facts.plugin,
            )
            for place, facts in enumerate(one.visits)
            if facts.dwell is not None
        ),
    )
    db.executemany(
        "INSERT INTO plugins VALUES (?, ?, ?)",
        ((number, plugin, plugin in one.failed_plugins) for plugin in one.plugins),
    )


def _span(span: Span) -> tuple[int, int, int]:
    """Return the middle, the least and the most of `span`."""
    return _whole(span.middle), _whole(span.least), _whole(span.most)


def _whole(span: timedelta) -> int:
    return span // _MICROSECOND
