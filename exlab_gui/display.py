"""Whether there is a screen to show a window on, asked without Qt."""

import os
import sys

_SAID_BY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def has_display() -> bool:
    """Return whether a window can be shown: on Linux somebody has to say where."""
    return not sys.platform.startswith("linux") or any(map(os.environ.get, _SAID_BY))
