"""Artifacts of a failing test: recordings, pictures of the windows, the diagram."""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from exlab_gui.core.trace import ENDING
from exlab_gui.export.diagram.drawing import drawing_of
from exlab_gui.export.diagram.svg import SVG
from exlab_gui.export.exporter import write
from exlab_gui.export.recording import save
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.theme.colours import LIGHT

_PREFIX = "exlab_"
_NAME_LENGTH = 80
_OWN = re.compile(rf"(recording(-\d+)?{re.escape(ENDING)}|window(-\d+)?\.png|diagram\.svg)")


def forget(item: pytest.Item) -> None:
    """Remove what an earlier run of the test left in its folder and in its properties."""
    item.user_properties[:] = [
        one for one in item.user_properties if not one[0].startswith(_PREFIX)
    ]
    folder = _folder_of(item)
    if folder is not None and folder.is_dir():
        for path in folder.iterdir():
            if _OWN.fullmatch(path.name):
                path.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()


def capture(monitors: Sequence[SessionMonitor], item: pytest.Item) -> Callable[[], str]:
    """Capture the sessions and the windows as they are now; return a function that writes them.

    It links those of the first window from the report of the test `item`, and returns the paths:
    none if no folder for them was given. What it has written it does not write again. It raises
    OSError or ExportError if a file cannot be written.
    """
    folder = _folder_of(item)
    windows = [monitor.window for monitor in monitors if isValid(monitor.window)]
    if folder is None or not windows:
        return str
    shown = windows[0].session
    sessions = [one for window in windows for one in window.sessions.open_sessions]
    others = [one for one in sessions if one is not shown]
    recordings = [one.source.recording() for one in (shown, *others)]
    pictures = [picture_of(window) for window in windows]
    drawing = drawing_of(shown.visits, LIGHT, shown.position)

    def write_all() -> str:
        if any(name.startswith(_PREFIX) for name, _ in item.user_properties):
            return ""
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
        item.user_properties += [(_PREFIX + name, str(path)) for name, path in linked.items()]
        return "\n".join(map(str, linked.values()))

    return write_all


def picture_of(window: QWidget) -> QPixmap:
    """Return a picture of `window` with its dialogs and menus."""
    parts = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    shown = [window, *(one for one in parts if _belongs(one, window))]
    whole = QRect()
    for part in shown:
        whole = whole.united(part.geometry())
    picture = QPixmap(whole.size())
    picture.fill(window.palette().window().color())
    painter = QPainter(picture)
    for part in shown:
        painter.drawPixmap(part.geometry().topLeft() - whole.topLeft(), part.grab())
    painter.end()
    return picture


def _belongs(part: QWidget, window: QWidget) -> bool:
    parent = part.parentWidget()
    return parent is not None and (parent.window() is window or _belongs(parent.window(), window))


def _folder_of(item: pytest.Item) -> Path | None:
    """Return the folder for the artifacts of a test, or None if none is wanted."""
    reports: Path | None = item.config.getoption("exlab_report", None)
    if reports is None:
        return None
    name = re.sub(r"[^\w.-]+", "-", item.nodeid).strip("-")
    # Two tests may have names that differ in nothing but what a file's name cannot hold.
    mark = sha256(item.nodeid.encode()).hexdigest()[:8]
    return item.config.invocation_params.dir / reports / f"{name[:_NAME_LENGTH]}-{mark}"
