"""The index of a folder of recordings, kept in a file of SQLite."""

import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import quote

from exlab_gui.archive import schema
from exlab_gui.archive.folders import Stamp, recordings_in
from exlab_gui.archive.reading import TOGETHER, read_all
from exlab_gui.core.files import open_file
from exlab_gui.core.progress import CHUNK, Progress, no_progress, tracked
from exlab_gui.core.text.translation import phrase
from exlab_gui.system.file_lock import try_lock

_WAIT_S = 0.02
_BUSY_S = 10.0
_CHUNK = 2**20

_AT_ONCE = 512
"""So many recordings are taken in at once: a transaction costs more than a row."""

_CACHE_KIB = 32 * 1024
"""The pages of the index that are kept in memory while it is changed."""


class Changes(NamedTuple):
    """The numbers of recordings that an update took in, and that were gone."""

    read: int
    gone: int


class ArchiveIndex:
    """The index of the recordings in `folder`, in files at `place` with endings of their own.

    The recordings are the truth: `update` makes the index anew if it is missing, damaged or of
    another version. Several programs can read one index; they update it in turn. Only updates
    change the file, so its checksum, noted after each, tells whether something else did.
    """

    def __init__(self, folder: Path, place: Path) -> None:
        self.folder = folder
        self._file = place.with_suffix(".sqlite")
        self._sum = place.with_suffix(".sum")
        self._lock = place.with_suffix(".lock")
        self._verified: Stamp | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read from; without an index of this version, to an empty one.

        Raises sqlite3.Error if the index is damaged: the next update mends it.
        """
        with closing(self._connect_to_read()) as db:
            yield db

    @property
    def is_there(self) -> bool:
        """Whether there is an index: its file can be deleted at any time."""
        return self._stamp() is not None

    def path_of(self, path: bytes) -> Path:
        """Return where the recording is that the index has under `path`."""
        return self.folder / os.fsdecode(path)

    def update(self, progress: Progress = no_progress) -> Changes:
        """Take in what has changed in the folder since the last update.

        `progress` counts files to be read; of 0 while it is not known how many these are.
        What was taken in until `progress` raises is kept. Raises OSError if the folder cannot be
        read, or the index not be written.
        """
        self._file.parent.mkdir(parents=True, exist_ok=True)
        found = {}
        for place, (path, stamp) in enumerate(recordings_in(self.folder)):
            if place % CHUNK == 0:
                progress(0, 0)
            found[path] = stamp
        with self._locked(progress):
            if not self._is_sound():
                self._discard()
            try:
                try:
                    return self._take_in(found, progress)
                except sqlite3.OperationalError:  # the disk is full, or somebody is in the way
                    raise
                except sqlite3.DatabaseError:
                    self._discard()
                    return self._take_in(found, progress)
            except sqlite3.Error as error:
                raise OSError(
                    phrase("The index of the recordings cannot be written: {error}.", error=error)
                ) from None

    def _take_in(self, found: Mapping[bytes, Stamp], progress: Progress) -> Changes:
        with closing(self._connect()) as db:
            known = {}
            rows = db.execute("SELECT path, size, mtime_ns FROM files")
            for path, *stamp in tracked(rows, lambda _done, _total: progress(0, 0), 0, 0):
                known[path] = tuple(stamp)
            gone = [path for path in known if path not in found]
            changed = [(path, stamp) for path, stamp in found.items() if known.get(path) != stamp]
            if not (gone or changed) and schema.is_in_order(db):
                return Changes(0, 0)
            self._sum.unlink(missing_ok=True)
            with _transaction(db):
                schema.forget(db, gone)
            done = 0
            read: list[schema.Read] = []
            reading = read_all(self.folder, changed)
            try:
                for part in reading:
                    read += part
                    done += len(part)
                    progress(done, len(changed))
                    if len(read) >= _AT_ONCE or done == len(changed):
                        _take(db, read, partial(progress, done, len(changed)))
            except sqlite3.Error:
                raise
            except BaseException:
                # It was stopped, maybe anywhere: what is there is good, or made anew.
                with suppress(sqlite3.Error):
                    _take(db, read, lambda: None)
                    self._finish(db)
                raise
            finally:
                reading.close()
            schema.put_in_order(db)
            self._finish(db)
            return Changes(len(changed), len(gone))

    def _finish(self, db: sqlite3.Connection) -> None:
        """Note the checksum of the file, with all that was written in it."""
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        self._sum.write_text(self._checksum(), "utf-8")
        self._verified = self._stamp()

    def _is_sound(self) -> bool:
        """Return whether the file is as the last update left it."""
        stamp = self._stamp()
        if stamp is None or stamp == self._verified:
            return stamp is not None
        try:
            file, size = open_file(self._sum, OSError)
            with file:
                sound = file.read(min(size, 100)).decode() == self._checksum()
        except (OSError, UnicodeDecodeError):
            return False
        self._verified = stamp if sound else None
        return sound

    def _stamp(self) -> Stamp | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return Stamp(found.st_size, found.st_mtime_ns)

    def _checksum(self) -> str:
        checksum = zlib.crc32(str(schema.VERSION).encode())
        file, size = open_file(self._file, OSError)
        with file:
            while chunk := file.read(_CHUNK):
                checksum = zlib.crc32(chunk, checksum)
        return f"{size} {checksum:08x}"

    def _discard(self) -> None:
        self._verified = None
        for ending in (".sqlite", ".sqlite-wal", ".sqlite-shm", ".sum"):
            self._file.with_suffix(ending).unlink(missing_ok=True)

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=_BUSY_S, isolation_level=None)
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version not in (0, schema.VERSION):
                raise sqlite3.DatabaseError(f"version {version}")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")  # what is lost in a power cut is read again
            db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            if not version:
                schema.create(db)
        except BaseException:
            db.close()
            raise
        return db

    def _connect_to_read(self) -> sqlite3.Connection:
        with suppress(sqlite3.OperationalError):
            db = sqlite3.connect(
                read_only(self._file.absolute()), uri=True, timeout=_BUSY_S, isolation_level=None
            )
            try:
                if db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,):
                    return db
            except sqlite3.DatabaseError:
                db.close()
                raise
            db.close()
        db = sqlite3.connect(":memory:", isolation_level=None)
        schema.create(db)
        return db

    @contextmanager
    def _locked(self, progress: Progress) -> Iterator[None]:
        """Wait until no other program updates the index, and keep them from it."""
        with self._lock.open("ab") as file:
            while not try_lock(file):
                progress(0, 0)
                time.sleep(_WAIT_S)
            yield


def read_only(file: PurePath) -> str:
    """Return the address by which SQLite reads an absolute `file`.

    Unlike a URI of Python, it names no server: SQLite refuses that of a network drive of Windows.
    """
    path = quote(os.fsencode(file.as_posix()), safe="/:")
    return f"file:///{path.removeprefix('/')}?mode=ro"


def _take(db: sqlite3.Connection, read: list[schema.Read], progress: Callable[[], object]) -> None:
    """Take in the recordings that were `read`, all or none, and empty the list."""
    if db.in_transaction:  # an earlier attempt was stopped
        db.rollback()
    with _transaction(db):
        for start in range(0, len(read), TOGETHER):
            schema.take(db, read[start : start + TOGETHER])
            progress()
    read.clear()


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
