import platform

import PySide6
import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import exlab_gui
from exlab_gui.widgets.dialogs.about import AboutDialog, ShortcutsDialog, versions
from tests.helpers.hands import click, press


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def keyboard(window: QWidget) -> ShortcutsDialog:
    return ShortcutsDialog([("Ctrl+N", "Open one"), ("Ctrl+T, S", "Follow <b>")], window)


def test_the_versions_are_those_at_work() -> None:
    """What matters for a report of a fault is there: the program, Python, Qt, the libraries."""
    told = versions()
    assert told["exlab-gui"] == exlab_gui.__version__
    assert told["Python"] == platform.python_version()
    assert told["PySide6"] == PySide6.__version__
    assert told["Qt"] == qVersion()
    assert {"qasync", "msgspec", "System"} <= told.keys()


def test_the_about_box_tells_the_versions(window: QWidget) -> None:
    """The About box has every version, on a line of its own that can be copied, and the licence."""
    dialog = AboutDialog(window)
    label = dialog.findChild(QLabel, "aboutVersions")
    assert label.text().split("\n") == [f"{name} {told}" for name, told in versions().items()]
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert any("MIT" in text.text() for text in dialog.findChildren(QLabel))


def cells(table: QTableWidget) -> list[tuple[str, str]]:
    rows = range(table.rowCount())
    return [(table.item(row, 0).text(), table.item(row, 1).text()) for row in rows]


def test_the_keyboard_dialog_lists_what_it_is_given(keyboard: ShortcutsDialog) -> None:
    """Keys as the system writes them, and what they do."""
    table = keyboard.findChild(QTableWidget, "shortcutsTable")
    assert cells(table) == [("Ctrl+N", "Open one"), ("Ctrl+T, S", "Follow <b>")]


def test_the_list_of_shortcuts_is_only_read(keyboard: ShortcutsDialog) -> None:
    """Nobody can write into the list."""
    table = keyboard.findChild(QTableWidget, "shortcutsTable")
    assert not table.item(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


def test_their_button_closes_them(window: QWidget, keyboard: ShortcutsDialog) -> None:
    """There is a button for those who look for one."""
    for dialog in (AboutDialog(window), keyboard):
        dialog.open()
        (button,) = dialog.findChildren(QPushButton)
        assert button.text() == "Close"
        click(button)
        assert not isValid(dialog)


def test_escape_closes_them(window: QWidget, keyboard: ShortcutsDialog) -> None:
    """A dialog that only tells something is closed with one key."""
    for dialog in (AboutDialog(window), keyboard):
        dialog.open()
        dialog.activateWindow()
        press(dialog, Qt.Key.Key_Escape)
        assert not isValid(dialog)
