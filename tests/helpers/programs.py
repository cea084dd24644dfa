"""The program itself, started as a user starts it, on settings of its own."""

import os
import subprocess
import sys
from pathlib import Path

KINDS = ("CONFIG", "STATE", "DATA", "CACHE")
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without a display, in which all that is kept goes to `home`."""
    kept = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    own = dict.fromkeys(
        (*(f"XDG_{kind}_HOME" for kind in KINDS), "LOCALAPPDATA", "TMPDIR"), str(home)
    )
    own["EXLAB_HOME"] = str(settings_file(home).parent)  # on every system
    own |= {"EXLAB_ARCHIVE": str(home / "archive"), "EXLAB_ARCHIVE_INDEX": str(home / "index")}
    return kept | own | {"NO_COLOR": "1"} | more


def settings_file(home: Path) -> Path:
    """Return where the program keeps its settings in that environment."""
    return home / "exlab-gui" / "exlab-gui.conf"


def run(home: Path, *args: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Return what ``python <args>`` did: every warning is an error, and no task may be left."""
    return subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", *args],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def started(*args: object) -> "subprocess.Popen[str]":
    """Return the process of a command, in the environment of the tests."""
    command = [sys.executable, "-m", "exlab_gui", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
