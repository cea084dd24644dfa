"""Sessions with recordings in several folders, joined as if these were one folder."""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from exlab_gui.archive import schema

_READ = """
SELECT path, size, mtime_ns, summary FROM files JOIN summaries ON file = id
WHERE key = ?
"""


@contextmanager
def joined_sessions(
    indexes: Mapping[Path, sqlite3.Connection],
) -> Iterator[tuple[sqlite3.Connection, list[set[bytes]]]]:
    """Give an index of the sessions that several of `indexes` have, by their resolved folders.

    With it come the keys that these sessions have in each of the indexes.
    """
    folders = [os.fsencode(folder.as_posix()) for folder in indexes]
    keys = [[key for (key,) in db.execute("SELECT key FROM sessions")] for db in indexes.values()]
    counts = Counter(
        _identity(folder, key) for folder, own in zip(folders, keys, strict=True) for key in own
    )
    shared = [
        {key for key in own if counts[_identity(folder, key)] > 1}
        for folder, own in zip(folders, keys, strict=True)
    ]
    files: dict[bytes, schema.Read] = {}  # one can be in two of the folders
    for folder, db, own in zip(folders, indexes.values(), shared, strict=True):
        for key in own:
            for path, size, mtime_ns, summary in db.execute(_READ, (key,)):
                place, identity = folder + b"/" + path, _identity(folder, key)
                files[place] = schema.Read(place, size, mtime_ns, summary, identity)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as joined:
        schema.create(joined)
        joined.execute("BEGIN")
        schema.take(joined, files.values())
        joined.execute("COMMIT")
        yield joined, shared


def _identity(folder: bytes, key: bytes) -> bytes:
    """Return the `key` of a session for all folders; without an id, it is told by its file."""
    name = key.removeprefix(schema.OF_FILE)
    return key if name == key else schema.OF_FILE + folder + b"/" + name
