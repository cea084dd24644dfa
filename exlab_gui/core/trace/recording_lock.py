"""Who records to which file: one session of one program at a time."""

import errno
import os
from pathlib import Path
from typing import IO, Any

from exlab_gui.core.text.translation import phrase
from exlab_gui.system.file_lock import try_lock

# Which session of this program records to a file, by device and number: names can differ.
_sessions: dict[tuple[int, int], str] = {}


class BusyError(OSError):
    """Somebody else records to a file, or has locked it."""

    def __init__(self, path: Path, session: str | None) -> None:
        recorded = phrase("session {session} is being recorded to it", session=session)
        why = recorded if session else phrase("another program is using it")
        super().__init__(errno.EBUSY, why, str(path))


def lock_recording(file: IO[Any], path: Path, session: str) -> None:
    """Lock the open `file` at `path`, to which `session` is recorded, until `unlock_recording`.

    Raises BusyError if somebody else records to it.
    """
    if not try_lock(file):
        raise BusyError(path, _sessions.get(_identity(file)))
    _sessions[_identity(file)] = session


def unlock_recording(file: IO[Any]) -> None:
    """Forget who records to `file`; the lock goes when it is closed."""
    _sessions.pop(_identity(file), None)


def assert_not_recorded_to(path: Path) -> None:
    """Raise BusyError if somebody records to the file at `path`, in this program or another."""
    try:
        if not path.is_file():
            return
        file = path.open("r+b")
    except OSError:
        return  # writing there fails, and says so
    with file:
        if not try_lock(file):
            raise BusyError(path, _sessions.get(_identity(file)))


def is_recorded_to(path: Path) -> bool:
    """Return whether somebody records to the file at `path`, as far as its file system tells."""
    try:
        with path.open("rb") as file:
            return not try_lock(file)
    except OSError:
        return False


def _identity(file: IO[Any]) -> tuple[int, int]:
    status = os.fstat(file.fileno())
    return status.st_dev, status.st_ino
