"""Detection of a display without Qt."""

import os
import sys

_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def has_display() -> bool:
    """Return whether a window can be shown: on Linux, if a variable names a display."""
    return not sys.platform.startswith("linux") or any(map(os.environ.get, _VARIABLES))
