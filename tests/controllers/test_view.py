"""Actions of the view that take longer, or would."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from exlab_gui.controllers import view
from exlab_gui.language import chosen
from exlab_gui.models import log_rows
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import press
from tests.helpers.long_session import show_long_session

_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def long(window: MonitorWindow) -> MonitorWindow:
    """Return a window whose log has 2,000 events."""
    show_long_session(window, 2_000)
    return window


def copied(window: MonitorWindow, qtbot: QtBot) -> str:
    """Copy all rows, and return what the window says of it."""
    QGuiApplication.clipboard().setText("before")
    window.panes.log.table.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        press(window, key, _CONTROL)
    qtbot.waitUntil(lambda: not window.context.jobs.busy)
    return window.panes.messages.text


def test_many_rows_are_copied_in_the_background(long: MonitorWindow, qtbot: QtBot) -> None:
    """They are all there in the end, as a few are."""
    assert copied(long, qtbot) == "Copied 2,000 rows"
    lines = QGuiApplication.clipboard().text().splitlines()
    model = long.panes.log.model
    assert len(lines) == 2_000
    assert lines[7].split("\t") == [model.text(7, column) for column in range(model.columnCount())]


def test_too_many_rows_are_refused(
    long: MonitorWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window says what to do instead, and the clipboard is as it was."""
    monkeypatch.setattr(view, "COPIED_ROWS", 1_999)
    assert copied(long, qtbot) == (
        "2,000 rows are selected; at most 1,999 are copied at once. Select fewer, or export the "
        "log."
    )
    assert QGuiApplication.clipboard().text() == "before"


def test_rows_with_too_much_text_are_refused(
    long: MonitorWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows can be few and long."""
    monkeypatch.setattr(log_rows, "COPIED_CHARACTERS", 10_000)
    assert copied(long, qtbot) == log_rows.TOO_MUCH
    assert QGuiApplication.clipboard().text() == "before"


def test_a_language_is_chosen(window: MonitorWindow) -> None:
    """It is kept for the next start, and the window says so; the menu shows which it is."""
    for name, kept in (("en", "en"), ("system", "")):
        menu = window.findChild(QMenu, "menuLanguage")
        menu.aboutToShow.emit()
        (entry,) = (one for one in menu.actions() if one.objectName() == f"language_{name}")
        entry.trigger()
        assert window.panes.messages.text == (
            "The language is kept. Restart the program to apply it."
        )
        assert chosen(window.settings) == kept
        menu.aboutToShow.emit()
        checked = [one.objectName() for one in menu.actions() if one.isChecked()]
        assert checked == [f"language_{name}"]
