"""Locks on open files, which hold between programs and go with the process that has them."""

import os
import sys
from typing import IO, Any

# Far behind every end: on Windows, nobody else could read what is locked.
_PLACE = 2**62


def try_lock(file: IO[Any]) -> bool:
    """Lock `file` for as long as it is open; return False if somebody else has it.

    Who reads the file, or does not ask for the lock, is not hindered. Where the file system knows
    no locks, as some network drives do not, nothing is locked and the answer is True.
    """
    if sys.platform == "win32":
        return _try_lock_on_windows(file.fileno())
    import fcntl

    try:
        # Not lockf: its locks would go as soon as this process closes the file elsewhere.
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _try_lock_on_windows(descriptor: int) -> bool:
    if sys.platform != "win32":
        return True
    import msvcrt

    place = os.lseek(descriptor, 0, os.SEEK_CUR)
    try:
        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    finally:
        os.lseek(descriptor, place, os.SEEK_SET)
    return True
