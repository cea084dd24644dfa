"""Artifacts of a failing test: recordings, pictures of the windows, the diagram."""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from shiboken6 import isValid

from exlab_gui.core.trace import ENDING, TEST_ENDING
from exlab_gui.export.diagram.drawing import drawing_of
from exlab_gui.export.diagram.formats import SVG
from exlab_gui.export.exporter import write
from exlab_gui.export.recording import save
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.testing.pictures import picture_of
from exlab_gui.theme.colours import LIGHT

PREFIX = "exlab_"
"""Begins the names of properties in the JUnit XML."""

DEFAULT_FOLDER = "exlab-report"
"""Where traces go if no folder is given."""

_NAME_LENGTH = 80
_OWN = re.compile(
    rf"recording(-\d+)?{re.escape(ENDING)}|window(-\d+)?\.png|diagram\.svg"
    rf"|trace{re.escape(TEST_ENDING)}|trace\.html"
)


def forget(item: pytest.Item) -> None:
    """Remove what an earlier run of the test left in its folder and in its properties."""
    item.user_properties[:] = [one for one in item.user_properties if not one[0].startswith(PREFIX)]
    folder = folder_of(item, DEFAULT_FOLDER)
    if folder is not None and folder.is_dir():
        for path in folder.iterdir():
            if _OWN.fullmatch(path.name):
                path.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()


def capture(monitors: Sequence[SessionMonitor], item: pytest.Item) -> Callable[[], list[str]]:
    """Capture the sessions and the windows as they are now; return a function that writes them.

    It links those of the first window from the report of the test `item`, and returns the paths:
    none if no folder for them was given. What it has written it does not write again. It raises
    OSError or ExportError if a file cannot be written.
    """
    folder = folder_of(item)
    windows = [monitor.window for monitor in monitors if isValid(monitor.window)]
    if folder is None or not windows:
        return list
    shown = windows[0].session
    sessions = [one for window in windows for one in window.sessions.open_sessions]
    others = [one for one in sessions if one is not shown]
    recordings = [one.source.recording() for one in (shown, *others)]
    pictures = [picture_of(window) for window in windows]
    drawing = drawing_of(shown.visits, LIGHT, shown.position)

    def write_all() -> list[str]:
        if f"{PREFIX}recording" in dict(item.user_properties):
            return []
        folder.mkdir(parents=True, exist_ok=True)
        linked = {
            "recording": folder / f"recording{ENDING}",
            "picture": folder / "window.png",
            "diagram": folder / "diagram.svg",
        }
        save(linked["recording"], recordings[0])
        for number, recording in enumerate(recordings[1:], 2):
            save(folder / f"recording-{number}{ENDING}", recording)
        for number, picture in enumerate(pictures, 1):
            path = folder / f"window-{number}.png" if number > 1 else linked["picture"]
            if not picture.save(str(path)):
                raise OSError(f"{path} cannot be written")
        write(linked["diagram"], [SVG], drawing)
        item.user_properties += [(PREFIX + name, str(path)) for name, path in linked.items()]
        return list(map(str, linked.values()))

    return write_all


def folder_of(item: pytest.Item, default: str | None = None) -> Path | None:
    """Return the folder for the artifacts of a test, or None if none is wanted.

    `default` is that of all tests if none was given.
    """
    reports: Path | str | None = item.config.getoption("exlab_report", default) or default
    if reports is None:
        return None
    name = re.sub(r"[^\w.-]+", "-", item.nodeid).strip("-")
    # Two tests may have names that differ in nothing but what a file's name cannot hold.
    mark = sha256(item.nodeid.encode()).hexdigest()[:8]
    return item.config.invocation_params.dir / reports / f"{name[:_NAME_LENGTH]}-{mark}"
