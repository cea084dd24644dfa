"""The details of one event beside the log."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QSplitter, QToolButton
from pytestqt.qtbot import QtBot

from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.sources.commands import Fail
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.json_tree import MOST_CHILDREN, JsonTree
from exlab_gui.widgets.log.log_pane import LogPane
from tests.helpers.hands import POPUPS, click, press
from tests.helpers.sessions import session_in
from tests.helpers.window import settle


@pytest.fixture
def pane(theme: Theme, qtbot: QtBot) -> LogPane:
    """Return a log of a session that failed with markup in its error."""
    pane = LogPane(theme)
    qtbot.addWidget(pane)
    pane.resize(700, 400)
    session = session_in("rendering")
    session.request(Fail(Error("internal_error", "<b>disk</b>", details={"path": ["/data", 1]})))
    pane.set_session(session)
    pane.show()
    pane.activateWindow()
    return pane


@pytest.fixture
def tree(qtbot: QtBot) -> JsonTree:
    tree = JsonTree()
    qtbot.addWidget(tree)
    tree.show()
    return tree


def click_row(pane: LogPane, row: int) -> None:
    table = pane.table
    click(table.viewport(), table.visualRect(table.model().index(row, 3)).center())
    settle()


def facts(pane: LogPane) -> str:
    labels = pane.findChild(QScrollArea, "eventDetailsFacts").viewport().findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    return "\n".join(label.text() for label in labels)


def names(tree: JsonTree) -> list[tuple[str, str]]:
    tops = (tree.topLevelItem(place) for place in range(tree.topLevelItemCount()))
    return [(top.text(0), top.text(1)) for top in tops]


def test_a_click_on_a_row_shows_all_of_its_event(pane: LogPane) -> None:
    """The details open with a click, and are closed by their button or the switch."""
    assert not pane.event_pane.isVisible()
    click_row(pane, 3)
    assert pane.event_pane.isVisible()
    assert "internal_error: <b>disk</b>" in facts(pane)
    assert "rendering → failed" in facts(pane)
    assert ("kind", "failed") in names(pane.event_pane.tree)
    click(pane.findChild(QToolButton, "eventDetailsClose"))
    assert not pane.event_pane.isVisible()
    assert not pane.findChild(QCheckBox, "eventLogJsonSwitch").isChecked()


def test_the_details_are_beside_or_below(pane: LogPane) -> None:
    """A narrow log has no room beside it."""
    click_row(pane, 0)
    splitter = pane.findChild(QSplitter, "eventLogSplitter")
    assert splitter.orientation() is Qt.Orientation.Horizontal
    pane.resize(400, 400)
    settle()
    assert splitter.orientation() is Qt.Orientation.Vertical


def test_they_follow_the_selection(pane: LogPane) -> None:
    """The keys move from event to event; of several selected rows there is nothing to show."""
    click_row(pane, 3)
    press(pane.table, Qt.Key.Key_Up)
    assert "validating → rendering" in facts(pane)
    pane.table.selectAll()
    assert facts(pane) == "Select one row to see all of its event."
    assert names(pane.event_pane.tree) == []


def test_parts_of_the_json_are_copied(pane: LogPane) -> None:
    """A text is copied as it is, anything else as JSON."""
    click_row(pane, 3)
    tree = pane.event_pane.tree
    (error,) = tree.findItems("error", Qt.MatchFlag.MatchExactly)
    for place, expected in ((0, "internal_error"), (2, {"path": ["/data", 1]})):
        tree.setCurrentItem(error.child(place))
        tree.setFocus()
        press(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        copied = QGuiApplication.clipboard().text()
        assert (copied if place == 0 else json.loads(copied)) == expected


@POPUPS
def test_the_menu_of_the_tree_copies(tree: JsonTree) -> None:
    """A right click offers it; nothing is copied from an empty tree."""
    tree.show_value({"a": 2**80})
    tree.setCurrentItem(tree.topLevelItem(0))
    tree.customContextMenuRequested.emit(QPoint(5, 5))
    menu = tree.findChild(object, "eventLogJsonMenu")
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == str(2**80)
    menu.close()
    tree.show_value(None)
    tree.copy()


def test_a_large_value_is_made_when_it_is_opened(tree: JsonTree) -> None:
    """Of many parts the first are shown and the others counted; nothing below is made unseen."""
    tree.show_value({"many": list(range(20_000)), "<b>": {"deep": [[]]}})
    assert names(tree) == [("many", "[20,000]"), ("<b>", "{1}")]
    many = tree.topLevelItem(0)
    assert many.childCount() == 0
    many.setExpanded(True)
    assert many.childCount() == MOST_CHILDREN + 1
    assert many.child(MOST_CHILDREN).text(1) == "19,000 more"
    tree.show_value([1, None, True, "line\nbreak"])
    assert [text for _, text in names(tree)] == ["1", "null", "true", "line\\nbreak"]
