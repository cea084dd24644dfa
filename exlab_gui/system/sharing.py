"""Files that another program has open at this moment."""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 0.5
"""How long a file that is in use is waited for: readers and virus scanners have it for less."""

_PAUSE_S = 0.01


def patiently(do: Callable[[], T], system: str = sys.platform, patience: float = PATIENCE_S) -> T:
    """Return what `do` returns, which replaces or removes a file; on Windows, try it again.

    There, that raises PermissionError for as long as another program has the file open. It is
    raised once `patience`, in seconds, is at its end, and at once on other systems.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return do()
        except PermissionError:
            if system != "win32" or time.monotonic() > until:
                raise
            time.sleep(_PAUSE_S)
