"""Whether there is a display to show windows on, found out without Qt.

Qt ends the whole program if it cannot connect to one.
"""

import os
import sys
from collections.abc import Mapping

from exlab_gui.system.libraries import missing_for_x11

_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_PATIENCE_S = 1.0


def has_display() -> bool:
    return not why_no_display()


def why_no_display(system: str = sys.platform, variables: Mapping[str, str] = os.environ) -> str:
    """Return the sentence why no window can be shown, or nothing if one can.

    On Linux a variable names the display, which may have gone meanwhile, as in a terminal that was
    kept. Elsewhere there always is one.
    """
    if not system.startswith("linux"):
        return ""
    display, wayland, platform = (variables.get(name, "") for name in _VARIABLES)
    if not (display or wayland or platform):
        return f"There is no display: none of {', '.join(_VARIABLES)} is set."
    asks_for_x11 = platform.partition(":")[0] == "xcb"
    if platform and not asks_for_x11:
        return ""  # the user knows best
    place = os.path.join(variables.get("XDG_RUNTIME_DIR", ""), wayland)  # noqa: PTH118
    if wayland and not asks_for_x11 and _answers(place):
        return ""
    if display or asks_for_x11:
        return _why_no_x11(display)
    return f"There is no display: {wayland}, which WAYLAND_DISPLAY names, does not answer."


def _answers(path: str) -> bool:
    import socket  # with its first use, as ctypes: every start passes here

    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_PATIENCE_S)
        try:
            client.connect(path)
        except OSError:
            return False
    return True


def _why_no_x11(display: str) -> str:
    import ctypes

    if missing := missing_for_x11():
        return missing
    if not display:
        return "There is no display: QT_QPA_PLATFORM asks for X11, and DISPLAY is not set."
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(display), None))
    try:
        if not xcb.xcb_connection_has_error(connection):
            return ""
    finally:
        xcb.xcb_disconnect(connection)
    return f"There is no display: {display}, which DISPLAY names, does not answer."
