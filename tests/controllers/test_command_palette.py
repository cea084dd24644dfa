"""The palette has all that the menus have, and does it."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QTableView

from exlab_gui.models.cells import ACCESSIBLE
from exlab_gui.sources.commands import Redo, Step, Undo
from exlab_gui.window.entries import ACTIONS
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.hands import press, press_shortcut
from tests.helpers.window import settle


@pytest.fixture
def palette(window: MonitorWindow) -> QDialog:
    window.session_actions.open()
    press_shortcut(window, window.actions_by_name["actionCommandPalette"])
    return window.findChild(QDialog, "paletteDialog")


def type_words(palette: QDialog, text: str) -> None:
    line = palette.findChild(QLineEdit, "paletteLine")
    assert line.hasFocus()
    line.clear()
    QTest.keyClicks(line, text)


def titles(palette: QDialog) -> list[str]:
    model = palette.findChild(QTableView, "paletteTable").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def told(palette: QDialog) -> str:
    return palette.findChild(QLabel, "paletteTold").text()


def enter(palette: QDialog) -> None:
    press(palette.findChild(QLineEdit, "paletteLine"), Qt.Key.Key_Return)
    QCoreApplication.processEvents()


def test_it_has_what_the_menus_have(window: MonitorWindow, palette: QDialog) -> None:
    """Each action, each state to go and to walk to, each pane, and each session."""
    found = titles(palette)
    wanted = {record.text.replace("&", "") for record in ACTIONS} - {"Command palette…"}
    wanted |= {f"{verb}: {state}" for verb in ("Go to", "Walk to") for state in spec.STATES}
    wanted |= {"Panes: Log", "Move log: To the left edge", "sim-1", "sim-2"}
    assert wanted <= set(found)
    press(palette, Qt.Key.Key_Escape)


def test_enter_does_what_is_found(window: MonitorWindow, palette: QDialog) -> None:
    """A state is walked to with a few letters; the palette is gone then."""
    type_words(palette, "plugin walk")
    assert titles(palette)[0] == "Walk to: plugin_pass"
    enter(palette)
    assert window.session.state == "plugin_pass"
    settle()
    assert window.findChild(QDialog, "paletteDialog") is None


def test_a_session_is_shown_by_its_name(window: MonitorWindow, palette: QDialog) -> None:
    """Typing its name is quicker than to look for it among many."""
    type_words(palette, "sim-1")
    assert told(palette) == "Show this session. It is in pending."
    enter(palette)
    assert window.session.label == "sim-1"


def test_what_cannot_be_done_says_why(window: MonitorWindow, palette: QDialog) -> None:
    """Enter does nothing then: the reason stands below, and the palette stays open."""
    type_words(palette, "redo last")
    assert titles(palette) == ["Redo last step"]
    assert told(palette) == "Nothing was undone."
    enter(palette)
    assert palette.isVisible()
    press(palette, Qt.Key.Key_Escape)


def test_the_arrow_keys_choose_another(window: MonitorWindow, palette: QDialog) -> None:
    """The line keeps the focus, and tells a screen reader what is chosen."""
    line = palette.findChild(QLineEdit, "paletteLine")
    type_words(palette, "theme")
    first = line.accessibleDescription()
    press(line, Qt.Key.Key_Down)
    table = palette.findChild(QTableView, "paletteTable")
    assert table.currentIndex().row() == 1
    assert line.accessibleDescription() == table.model().index(1, 0).data(ACCESSIBLE) != first
    assert line.hasFocus()
    press(palette, Qt.Key.Key_Escape)


def test_nothing_found_is_said(window: MonitorWindow, palette: QDialog) -> None:
    """To eyes and to ears."""
    type_words(palette, "no such command")
    table = palette.findChild(QTableView, "paletteTable")
    assert titles(palette) == []
    line = palette.findChild(QLineEdit, "paletteLine")
    assert line.accessibleDescription() == table.empty_text != ""
    enter(palette)
    assert palette.isVisible()
    press(palette, Qt.Key.Key_Escape)


@pytest.mark.parametrize("words", ["go failed", "go aborted", "walk failed", "walk aborted"])
def test_what_ends_the_session_early_asks(
    window: MonitorWindow, palette: QDialog, words: str
) -> None:
    """As its keys do: the words may be meant for another state. Enter then changes nothing."""
    session = window.session
    type_words(palette, words)
    state = words.split()[1]
    assert titles(palette)[0].endswith(f": {state}")
    enter(palette)
    press(window.findChild(QDialog, "endDialog"), Qt.Key.Key_Return)
    assert session.state == "pending"
    settle()
    window.activateWindow()
    press_shortcut(window, window.actions_by_name["actionCommandPalette"])
    type_words(window.findChild(QDialog, "paletteDialog"), words)
    enter(window.findChild(QDialog, "paletteDialog"))
    window.findChild(QDialog, "endDialog").accept()
    assert session.state == state


def test_what_became_impossible_meanwhile_is_said(window: MonitorWindow, palette: QDialog) -> None:
    """The session goes on while words are typed: nothing is done, and the window says why."""
    window.session.request(Step("validating"))
    window.session.request(Undo())
    palette.close()
    window.activateWindow()
    press_shortcut(window, window.actions_by_name["actionCommandPalette"])
    palette = window.findChildren(QDialog, "paletteDialog")[-1]
    type_words(palette, "redo last")
    window.session.request(Redo())
    enter(palette)
    assert window.panes.messages.text == "Nothing was undone."


def test_a_session_that_was_closed_meanwhile_is_not_shown(
    window: MonitorWindow, palette: QDialog
) -> None:
    """It is on the list no longer; the window says so."""
    type_words(palette, "sim-1")
    shown = window.session
    window.sessions.remove(next(s for s in window.sessions.open_sessions if s is not shown))
    enter(palette)
    assert window.session is shown
    assert window.panes.messages.text == "The session is not open any more."


def test_what_tells_entries_apart_is_not_cut_off(window: MonitorWindow, palette: QDialog) -> None:
    """Each column is as wide as its texts; an entry without a tip is told by its title."""
    type_words(palette, "move left edge")
    table = palette.findChild(QTableView, "paletteTable")
    assert told(palette) == titles(palette)[0]
    for row, column in ((row, column) for row in range(3) for column in range(3)):
        index = table.model().index(row, column)
        assert table.fontMetrics().horizontalAdvance(index.data()) < table.columnWidth(column)
    press(palette, Qt.Key.Key_Escape)
