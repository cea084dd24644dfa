"""The list of sessions, filtered, sorted, and with the columns that are wanted."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from exlab_gui.core.meaning import STATUS_WORDS
from exlab_gui.models.closed_sessions import MOST_KEPT
from exlab_gui.models.session_cells import Column
from exlab_gui.sources.commands import WalkTo
from exlab_gui.widgets.sessions.session_list_view import ALWAYS, SessionListView
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS, click
from tests.helpers.window import OpenWindow, settle

pytestmark = POPUPS


@pytest.fixture
def window(open_window: OpenWindow) -> MonitorWindow:
    """Return a window with four sessions, the last of which is shown."""
    window = open_window()
    for _ in range(3):
        window.session_actions.open()
    settle()
    return window


def labels(view: SessionListView) -> list[str]:
    return [view.rows.session(row).label for row in range(view.rows.rowCount())]


def type_words(window: MonitorWindow, text: str) -> None:
    field = window.findChild(QLineEdit, "sessionListFilter")
    field.clear()
    QTest.keyClicks(field, text)


def test_typing_filters_and_shows_no_other_session(window: MonitorWindow) -> None:
    """Only the list gets shorter: the window goes on showing what it showed."""
    shown = window.session
    type_words(window, "sim-2")
    assert labels(window.session_list) == ["sim-2"]
    assert window.session is shown
    assert window.session_list.selectionModel().selectedRows() == []
    type_words(window, "")
    assert len(labels(window.session_list)) == 4
    assert window.session_list.currentIndex().data() == shown.label


def test_no_session_left_is_said(window: MonitorWindow) -> None:
    """An empty list says why it is empty, instead of nothing."""
    view = window.session_list
    type_words(window, "")
    full = view.grab().toImage()
    type_words(window, "no such session")
    assert view.rows.rowCount() == 0
    assert view.grab().toImage() != full


def test_closing_what_the_filter_leaves_out(window: MonitorWindow) -> None:
    """The shown session can be closed wherever it stands; one that is open is shown then."""
    closing = window.session
    type_words(window, "no such session")
    window.session_actions.close()
    assert closing not in window.sessions.open_sessions
    assert window.session in window.sessions.open_sessions


def test_a_click_on_a_name_sorts_and_the_third_one_undoes_it(window: MonitorWindow) -> None:
    """Up, down, and as they were opened."""
    header = window.session_list.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.SESSION) + 8, header.height() // 2)
    orders = []
    for _ in range(3):
        click(header.viewport(), place)
        orders.append(labels(window.session_list))
    opened = ["sim-1", "sim-2", "sim-3", "sim-4"]
    assert orders == [opened, opened[::-1], opened]
    assert header.sortIndicatorSection() == -1


def test_columns_are_shown_where_they_are_wanted(window: MonitorWindow, qtbot: QtBot) -> None:
    """A narrow list has three; the menu of the button and of the header brings the others."""
    view = window.session_list
    hidden = {column for column in Column if view.isColumnHidden(column)}
    assert hidden == set(Column) - set(ALWAYS)
    action = window.findChild(QAction, "sessionListColumn_equipment")
    action.trigger()
    assert not view.isColumnHidden(Column.EQUIPMENT)
    assert window.findChild(QToolButton, "sessionListColumnsButton").menu() is view.columns
    header = view.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(4, 4))
    assert view.columns.isVisible()
    view.columns.close()


def test_columns_and_order_are_kept(open_window: OpenWindow, window: MonitorWindow) -> None:
    """The next window has the columns, and the order, that the last one had."""
    window.findChild(QAction, "sessionListColumn_age").trigger()
    window.session_list.sortByColumn(Column.SESSION, Qt.SortOrder.DescendingOrder)
    window.close()
    later = open_window()
    later.session_actions.open()
    assert not later.session_list.isColumnHidden(Column.AGE)
    assert later.findChild(QAction, "sessionListColumn_age").isChecked()
    assert labels(later.session_list) == ["sim-2", "sim-1"]


def button(window: MonitorWindow, status: str) -> QPushButton:
    return window.findChild(QPushButton, f"sessionStatus_{status}")


def test_statuses_have_counts_and_filter(window: MonitorWindow) -> None:
    """A press on a status leaves the sessions of it; those of two pressed ones are shown both."""
    for state in ("failed", "done"):
        window.session.request(WalkTo(state))
        window.session_actions.show_neighbour(-1)
    assert [button(window, word.lower()).text() for word in STATUS_WORDS.values()] == [
        *("Waiting 0", "Running 2", "Failed 1", "Done 1", "Flawed 0", "Aborted 0", "Lost 0")
    ]
    click(button(window, "failed"))
    assert labels(window.session_list) == ["sim-4"]
    click(button(window, "done"))
    assert labels(window.session_list) == ["sim-3", "sim-4"]
    for status in ("failed", "done"):
        click(button(window, status))
    assert len(labels(window.session_list)) == 4


def test_what_is_finished_is_closed_at_once(window: MonitorWindow) -> None:
    """What still runs stays; a shown session that is closed gives way to the one beside it."""
    closing = window.findChild(QToolButton, "sessionListCloseFinished")
    assert not closing.isEnabled()
    for state in ("failed", "aborted"):
        window.session.request(WalkTo(state))
        window.session_actions.show_neighbour(-1)
    window.session_actions.show_neighbour(1)
    assert window.session.label == "sim-3"
    click(closing)
    assert labels(window.session_list) == ["sim-1", "sim-2"]
    assert window.session.label == "sim-2"
    assert window.panes.messages.text == "Closed 2 finished sessions."
    assert not closing.isEnabled()
    window.actions_by_name["actionReopenSession"].trigger()
    assert window.session.label in ("sim-3", "sim-4")


def test_what_could_not_be_reopened_is_not_closed(window: MonitorWindow) -> None:
    """Of sessions that are in no file, as many are closed as are kept, and no more."""
    for _ in range(MOST_KEPT + 2):
        window.session_actions.open().request(WalkTo("failed"))
    window.actions_by_name["actionCloseFinished"].trigger()
    assert len(labels(window.session_list)) == 4 + 2
    assert window.panes.messages.text.endswith("2 stay open, since they are not saved.")
