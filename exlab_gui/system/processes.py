"""Other processes of this computer, of any user."""

from datetime import UTC, datetime


def is_running(pid: int) -> bool:
    import psutil  # with its first use: most commands ask for no process

    found: bool = psutil.pid_exists(pid)
    return found


def started_at(pid: int) -> datetime | None:
    """Return when the process `pid` started, or None if that cannot be known.

    An id is given to another process once its process is dead: by Windows soon, and after each
    start of the computer.
    """
    import psutil

    try:
        return datetime.fromtimestamp(psutil.Process(pid).create_time(), UTC)
    except (psutil.Error, OSError, OverflowError, ValueError):
        return None
