"""What the window remembers, and what a damaged settings file does to it: nothing."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHeaderView,
    QSlider,
)

from exlab_gui.settings import Settings
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.names import find
from tests.helpers.window import OpenWindow, settle


def trigger(name: str) -> None:
    find(QAction, name).trigger()


def test_the_next_window_looks_like_the_last(open_window: OpenWindow) -> None:
    """Size, splitters, columns, hidden kinds and speed are there again."""
    first = open_window(size=(1100, 760))
    settle()
    splitter, header = first.panes.splitter, first.panes.log.table.horizontalHeader()
    splitter.setSizes([500, 580])
    header.resizeSection(3, 222)
    header.moveSection(1, 6)
    first.panes.log.hide_kinds(frozenset({"progress", "warning"}))
    first.findChild(QSlider, "speedSlider").setValue(5)
    sizes = splitter.sizes()
    first.close()
    second = open_window(size=(1100, 760))
    settle()
    again: QHeaderView = second.panes.log.table.horizontalHeader()
    assert second.panes.splitter.sizes() == sizes
    assert (again.sectionSize(3), again.visualIndex(1)) == (222, 6)
    assert second.panes.log.hidden_kinds == {"progress", "warning"}
    assert second.play_bar.factor == 8


def test_the_size_is_kept(open_window: OpenWindow, theme: Theme, settings: Settings) -> None:
    """A window opens in the size in which the last one was closed."""
    size = (777, 666)  # no larger than the screen of the offscreen platform
    open_window(size=size).close()
    second = MonitorWindow(settings, theme)
    assert (second.width(), second.height()) == size
    second.deleteLater()
    settle()


def test_a_window_that_is_closed_while_presenting_opens_as_before(
    open_window: OpenWindow,
) -> None:
    """Presenting is nothing to begin with the next time."""
    first = open_window()
    settle()
    sizes = first.panes.splitter.sizes()
    trigger("actionPresentation")
    settle()
    first.close()
    second = open_window()
    settle()
    assert not second.isFullScreen()
    assert second.panes.splitter.sizes() == sizes
    assert second.panes.log.isVisible()


def test_settings_that_make_no_sense_do_no_harm(theme: Theme, tmp_path: Path) -> None:
    """A settings file that was damaged opens a window all the same."""
    path = tmp_path / "damaged.ini"
    store = QSettings(str(path), QSettings.Format.IniFormat)
    for key in ("window/geometry", "window/splitter", "log/columns", "log/splitter"):
        store.setValue(key, b"nonsense")
    for key in ("session/speed", "session/breakpoints", "log/hidden_kinds"):
        store.setValue(key, ["no", "sense"])
    store.sync()
    window = MonitorWindow(Settings(store), theme)
    window.show()
    settle()
    assert window.play_bar.factor == 1
    assert window.panes.log.hidden_kinds == frozenset()
    window.close()
    window.deleteLater()
    settle()
