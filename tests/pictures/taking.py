"""Opens windows, and finds what is wrong with how each looks."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from exlab_gui.settings import Settings
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.geometry import LEAST_LABEL, diagram_faults, scrolls, window_faults
from tests.helpers.window import settle
from tests.pictures.kinds import KINDS

THEMES = ("light", "dark")
SIZES = ((1024, 700), (1280, 800), (1366, 768), (1920, 1080))

SCALES = {"1x-96dpi": ("1", "96"), "2x-96dpi": ("2", "96"), "1x-144dpi": ("1", "144")}
"""The factor of the screen and the size of letters; each needs a process of its own."""

LEAST = {(1024, 700): (4, 180), (1280, 800): (6, 240)}
"""Rows of the log, and pixels of Detail, that are seen while a live session waits."""

SMALL_LABEL = 10.0
"""The least height of the diagram's letters beside large ones, and on a low screen."""


def environment(scale: str) -> dict[str, str]:
    factor, dpi = SCALES[scale]
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": factor,
        "QT_FONT_DPI": dpi,
        # Else letters of more dots would be pixels of more dots.
        **({"QT_ENABLE_HIGHDPI_SCALING": "0"} if dpi != "96" else {}),
    }


def take(
    app: QApplication, theme: Theme, kind: str, size: tuple[int, int], path: Path | None = None
) -> list[str]:
    """Open a window on that kind of session, save its picture, and return what is wrong."""
    with tempfile.TemporaryDirectory() as forgotten:
        store = QSettings(str(Path(forgotten, "settings.ini")), QSettings.Format.IniFormat)
        window = MonitorWindow(Settings(store), theme)
        window.resize(*size)
        window.show()
        KINDS[kind](window)
        # A presented window is as large as the screen of the platform, which has one size only.
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        window.resize(*size)
        settle()
        faults = list(_faults(window, kind, size))
        if path is not None:
            window.grab().save(str(path))
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
    return faults


def _faults(window: MonitorWindow, kind: str, size: tuple[int, int]) -> Iterator[str]:
    if (window.width(), window.height()) != size:
        yield f"is {window.width()} × {window.height()}"
    yield from window_faults(window)
    large_letters = os.environ.get("QT_FONT_DPI", "96") != "96"
    little_room = large_letters or (kind == "presented" and size[1] < 768)
    least = SMALL_LABEL if little_room else LEAST_LABEL
    yield from diagram_faults(window.panes.diagram, least)
    if kind == "waiting" and size in LEAST and not large_letters:
        rows, pixels = LEAST[size]
        table = window.panes.log.table
        seen = table.viewport().height() / table.verticalHeader().defaultSectionSize()
        if seen < rows:
            yield f"shows {seen:.1f} rows of the log; {rows} are wanted"
        if (wide := table.columnWidth(6)) < pixels:
            yield f"shows {wide} pixels of Detail; {pixels} are wanted"
        if scrolls(window.findChild(QScrollArea, "sessionPane")):
            yield "is scrolled"
