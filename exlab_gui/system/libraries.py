"""Libraries of the system that Qt needs on Linux and does not bring with it."""

import re

_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""The package of Debian and Ubuntu that has it, by the name of a library."""

FOR_X11 = ("libxcb", "libxkbcommon-x11")

_MISSING = re.compile(r"(lib[\w.+-]+): cannot open shared object file")


def missing_for_x11() -> str:
    """Return the sentence about the first library that Qt lacks for X11, or nothing."""
    import ctypes

    for name in _PACKAGES:
        if name.startswith(FOR_X11):
            try:
                ctypes.CDLL(name)
            except OSError:
                return is_missing(name)
    return ""


def missing_of(error: ImportError) -> str:
    """Return the sentence about the library that is missing, if `error` says that one is."""
    found = _MISSING.match(str(error))
    return is_missing(found[1]) if found else ""


def is_missing(name: str) -> str:
    package = _PACKAGES.get(name)
    if package is None:
        return f"Qt cannot be used: the library {name} is missing."
    return f"Qt cannot be used: the library {name} is missing. On Debian, install {package}."
