"""Locks on open files, which hold between programs and go with the process that has them."""

import sys
from typing import IO, Any

# Far behind every end: on Windows, nobody else could read what is locked.
_PLACE = 2**62

# Of Windows: the flags of LockFileEx, and the errors that say that somebody else has the lock.
_AT_ONCE, _EXCLUSIVE = 1, 2
_TAKEN = (33, 997)


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
    # Python's own msvcrt.locking knows no places behind the first two gigabytes.
    import ctypes
    import msvcrt
    from ctypes import wintypes

    class Overlapped(ctypes.Structure):
        _fields_ = (
            ("Internal", ctypes.c_void_p),
            ("InternalHigh", ctypes.c_void_p),
            ("Offset", wintypes.DWORD),
            ("OffsetHigh", wintypes.DWORD),
            ("hEvent", wintypes.HANDLE),
        )

    system = ctypes.WinDLL("kernel32", use_last_error=True)
    place = Overlapped(Offset=_PLACE % 2**32, OffsetHigh=_PLACE >> 32)
    handle = wintypes.HANDLE(msvcrt.get_osfhandle(descriptor))
    if system.LockFileEx(handle, _AT_ONCE | _EXCLUSIVE, 0, 1, 0, ctypes.byref(place)):
        return True
    return ctypes.get_last_error() not in _TAKEN
