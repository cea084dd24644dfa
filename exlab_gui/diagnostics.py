"""What a report of a fault needs to know about this program and this computer.

Nothing of it tells who the user is, or what sessions are about: the home folder is written ``~``,
and only such variables of the environment are told as change how the program works.
"""

import locale
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from exlab_gui import __version__, paths
from exlab_gui.core.text.sanitize import PlainError, file_name
from exlab_gui.system.display import why_no_display

_VARIABLES = (
    *("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"),
    *("LANG", "TZ", "TERM", "PYTHONUTF8", "PYTHONIOENCODING", "NO_COLOR"),
    *("XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "EXLAB_HOME"),
)
_BEGINNINGS = ("QT_", "LC_")


def package_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def diagnostics() -> dict[str, Any]:
    """Return what can be known without Qt, as values for JSON."""
    told: dict[str, Any] = {
        "exlab-gui": __version__,
        "bundle": paths.is_bundle(),
        "python": {
            "version": sys.version,
            "implementation": platform.python_implementation(),
            "executable": sys.executable,
        },
        "packages": {name: package_version(name) for name in _packages()},
        "system": {
            "platform": platform.platform(),
            "machine": platform.machine(),
            "libc": " ".join(platform.libc_ver()).strip(),
            "processors": os.cpu_count(),
        },
        "encodings": {
            "locale": locale.getpreferredencoding(False),
            "files": sys.getfilesystemencoding(),
            "output": getattr(sys.stdout, "encoding", None),
        },
        "variables": {
            name: value
            for name, value in sorted(os.environ.items())
            if name in _VARIABLES or name.startswith(_BEGINNINGS)
        },
        "display": why_no_display() or "There is one.",
        "resources": file_name(paths.resources()),
        **_log(),
        "server": _server(),
    }
    return {key: without_home(value) for key, value in told.items()}


def without_home(told: Any) -> Any:
    """Return `told`, a value for JSON, with the user's home folder written ``~``."""
    if isinstance(told, str):
        home = _home()
        return told.replace(home, "~") if home else told
    if isinstance(told, dict):
        return {key: without_home(value) for key, value in told.items()}
    if isinstance(told, list):
        return [without_home(value) for value in told]
    return told


def _home() -> str:
    try:
        home = Path.home()
    except RuntimeError:
        return ""
    return str(home) if home.name else ""  # the root of a drive is in every path


def _packages() -> list[str]:
    """Return the names of the packages that the program needs, and of those of the demo server."""
    try:
        lines = requires("exlab-gui") or []
    except PackageNotFoundError:
        return ["PySide6-Essentials"]
    wanted = (line for line in lines if "extra" not in line or "'server'" in line)
    names = (line.partition(";")[0] for line in wanted)
    return list(dict.fromkeys(name.strip().split()[0] for name in map(_name, names)))


def _name(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), None)
    return requirement[:end]


def _log() -> dict[str, Any]:
    from exlab_gui.crash_files import crashes
    from exlab_gui.program_log import log_folder

    try:
        folder = log_folder()
        return {"log": file_name(folder), "crashes": [file_name(path) for path in crashes(folder)]}
    except OSError as error:
        return {"log": f"There is none: {error.strerror or error}.", "crashes": []}


def _server() -> str:
    """Return what the server file says; never its token."""
    from exlab_gui.sources.live.server_file import read_server_file, server_file_path

    try:
        path, found = server_file_path(), read_server_file()
    except PlainError as error:
        return str(error)
    if found is None:
        return f"{file_name(path)}: There is no such file."
    stands = "dead" if found.is_leftover else "running"
    return f"{file_name(path)}: {found.url}, process {found.pid}, {stands}."
