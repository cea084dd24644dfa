"""The messages of a session, painted as a sequence."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exlab_gui.core.analysis.sequence import Message
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import WalkTo
from exlab_gui.widgets.log.log_tabs import LogTabs
from exlab_gui.widgets.sequence.painting import time_room
from exlab_gui.widgets.sequence.sequence_view import SequenceView
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click
from tests.helpers.long_session import walking
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.window import settle


def recorded(length: int, *states: str) -> SessionModel:
    return SessionModel(RecordedSource(CREATION_MACHINE, walking(length, *states)))


def shown(tabs: LogTabs) -> SequenceView:
    tabs.show_sequence()
    settle()
    assert tabs.sequence.view is not None
    return tabs.sequence.view


def test_the_view_is_made_when_it_is_first_shown(tabs: LogTabs) -> None:
    """A window that never shows it does not pay for it; then it has all of the session."""
    tabs.set_session(recorded(5))
    settle()
    assert tabs.sequence.view is None
    assert shown(tabs).rows.rowCount() == 5


def test_a_message_selects_its_row_in_the_log_and_back(tabs: LogTabs) -> None:
    """Whichever is clicked, both show the same event; a filter of the log stays as it is."""
    tabs.set_session(recorded(6))
    view = shown(tabs)
    click(view.viewport(), view.visualRect(view.rows.index(3, 0)).center())
    assert tabs.log.table.selected_rows() == [range(3, 4)]
    tabs.log.table.selectRow(1)
    assert view.currentIndex().row() == 1
    tabs.log.filter.setText("no such event")
    view.selectRow(4)
    assert tabs.log.filter.text() == "no such event"


def test_what_was_selected_before_is_selected_when_it_is_shown(tabs: LogTabs) -> None:
    """The event of the log is the one that the sequence begins with."""
    tabs.set_session(recorded(6))
    tabs.log.table.selectRow(2)
    assert shown(tabs).currentIndex().row() == 2


def test_enter_goes_to_the_event(tabs: LogTabs, qtbot: QtBot) -> None:
    """As in the log, it moves the position."""
    tabs.set_session(recorded(6))
    view = shown(tabs)
    view.selectRow(2)
    with qtbot.waitSignal(tabs.event_chosen) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [2]


def test_the_newest_message_stays_in_view(tabs: LogTabs, qtbot: QtBot) -> None:
    """Unless the user scrolls away from it."""
    history = walking(300)
    source = RecordedSource(CREATION_MACHINE, history[:200])
    tabs.set_session(SessionModel(source))
    view = shown(tabs)
    bar = view.verticalScrollBar()
    source.grow(history[200:250])
    qtbot.waitUntil(lambda: view.rows.rowCount() == 250)
    assert bar.value() == bar.maximum()
    bar.setValue(10)
    source.grow(history[250:])
    qtbot.waitUntil(lambda: view.rows.rowCount() == 300)
    assert bar.value() == 10


def test_only_what_is_in_view_is_made(tabs: LogTabs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session of 200,000 events costs no more than one of 200."""
    tabs.set_session(recorded(200_000))
    view = shown(tabs)
    made: list[int] = []
    message = view.rows.message

    def noted(row: int) -> Message:
        made.append(row)
        return message(row)

    monkeypatch.setattr(view.rows, "message", noted)
    view.viewport().grab()
    assert 1 < len(set(made)) < 30
    assert max(made) == 199_999


def test_messages_are_read_by_a_screen_reader(tabs: LogTabs) -> None:
    """Each row says from whom to whom, and what."""
    tabs.set_session(recorded(2, "pending", "validating"))
    view = shown(tabs)
    texts = [view.rows.index(row, 0).data() for row in range(2)]
    assert texts == ["0 s  Operator → Session: opened", "1.0 s  pending"]


def test_the_pane_can_be_closed_and_comes_back(window: MonitorWindow) -> None:
    """Its action shows it again, in front of the log."""
    window.session.request(WalkTo("done"))
    tabs, places = window.panes.tabs, window.panes.places
    assert places is not None
    window.actions_by_name["actionSequence"].trigger()
    assert tabs.bar.tabText(tabs.bar.currentIndex()) == "Sequence"
    places.open("sequence", False)
    assert not tabs.bar.isTabVisible(2)
    window.actions_by_name["actionSequence"].trigger()
    assert tabs.sequence.isVisible()


def test_texts_run_as_ever_if_the_language_runs_from_right_to_left(
    tabs: LogTabs, qapp: QApplication
) -> None:
    """The picture of a row is the same: "1.0 s" would become "s 1.0"."""
    tabs.set_session(recorded(3, "pending", "validating"))
    view = shown(tabs)
    tabs.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # its bars stay where they are
    usual = view.viewport().grab().toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        settle()
        assert view.viewport().grab().toImage() == usual
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_time_of_hours_is_read_whole(tabs: LogTabs) -> None:
    """A session may wait for its operator over a weekend."""
    metrics = tabs.fontMetrics()
    assert metrics.horizontalAdvance("64 h 47 min") <= time_room(metrics)
