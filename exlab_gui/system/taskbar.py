"""How the desktop knows which windows are those of this program."""

import sys

_ID = "exlab-gui"


def name_the_program() -> None:
    """Have Windows' taskbar show the program's own icon, and not Python's."""
    if sys.platform != "win32":
        return
    import ctypes

    ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(_ID)
