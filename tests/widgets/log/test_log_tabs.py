"""The log and, behind it, the problems of a session."""

from datetime import timedelta

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import WarningEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.widgets.log.log_tabs import LogTabs
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click, press
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in
from tests.helpers.strategies import START
from tests.helpers.window import settle

STATES = ("pending", "validating", "validating", "done")


def event(seq: int, state: str) -> Event:
    warning = WarningEnvelope("validating_inputs", "<b>slow</b>")
    return Event(seq, START, state, Origin.OBSERVED, warning if seq == 3 else None)


def broken() -> SessionModel:
    """Return a session with a warning at event 3, and two violations at event 4."""
    events = [event(seq, state) for seq, state in enumerate(STATES, 1)]
    late = msgspec.structs.replace(events[-1], at=START - timedelta(seconds=1))
    events[-1] = msgspec.structs.replace(late, state="unheard_of")
    return SessionModel(RecordedSource(CREATION_MACHINE, events))


def rows(tabs: LogTabs) -> list[tuple[str, str]]:
    """Return the number and the severity of each problem."""
    model = tabs.problems.rows
    return [(model.index(r, 0).data(), model.index(r, 2).data()) for r in range(model.rowCount())]


def test_each_problem_is_a_row(tabs: LogTabs) -> None:
    """Violations, warnings and notes stand in the order of their events; the tab counts them."""
    tabs.set_session(broken())
    assert rows(tabs)[0] == ("3", "Warning")
    assert all(number == "4" for number, _ in rows(tabs)[1:])
    assert tabs.bar.tabText(1) == f"Problems {len(rows(tabs))}"
    assert tabs.problems.rows.index(0, 4).data() == "<b>slow</b>"
    assert "<b>" not in tabs.problems.rows.index(0, 4).data(Qt.ItemDataRole.ToolTipRole)


def test_problems_come_as_they_happen(tabs: LogTabs, qtbot: QtBot) -> None:
    """The list grows with the session, and is another one with another session."""
    source = RecordedSource(CREATION_MACHINE, [event(1, "pending")])
    tabs.set_session(SessionModel(source))
    assert rows(tabs) == []
    assert tabs.bar.tabText(1) == "Problems"
    source.grow([event(2, "validating"), event(3, "validating")])
    qtbot.waitUntil(lambda: rows(tabs) == [("3", "Warning")])
    source.restart()
    qtbot.waitUntil(lambda: rows(tabs) == [])


def test_what_could_not_be_read_stands_first(tabs: LogTabs) -> None:
    """It is about no event, so there is none to go to."""
    source = RecordedSource(CREATION_MACHINE, [event(1, "pending")])
    source.info = SessionInfo("rec-1", problems=("Half of it is missing.",))
    tabs.set_session(SessionModel(source))
    assert rows(tabs) == [("", "Violation")]
    tabs.show_problems()
    press(tabs.problems, Qt.Key.Key_Down)
    press(tabs.problems, Qt.Key.Key_Return)
    assert tabs.problems.isVisible()


def test_a_problem_leads_to_its_row(tabs: LogTabs) -> None:
    """A click shows the row in the log, even one that the filter hides; so does Enter."""
    tabs.set_session(broken())
    tabs.log.filter.setText("no such row")
    tabs.show_problems()
    index = tabs.problems.rows.index(0, 4)
    click(tabs.problems.viewport(), tabs.problems.visualRect(index).center() - QPoint(20, 0))
    assert tabs.log.isVisible()
    assert tabs.log.filter.text() == ""
    assert tabs.log.table.currentIndex().row() == 2
    tabs.show_problems()
    press(tabs.problems, Qt.Key.Key_Down)
    press(tabs.problems, Qt.Key.Key_Return)
    assert tabs.log.table.currentIndex().row() == 3


def test_problems_are_copied(tabs: LogTabs) -> None:
    """Ctrl+C copies the selected rows, with all columns."""
    tabs.set_session(broken())
    tabs.show_problems()
    tabs.problems.selectRow(0)
    press(tabs.problems, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[2:] == [
        *("Warning", "validating", "<b>slow</b>\n")
    ]


def test_f8_says_what_it_found(window: MonitorWindow) -> None:
    """It goes from problem to problem, and says how many there are and what this one is."""
    window.session_actions.add(broken())
    count = window.panes.tabs.problems.rows.rowCount()
    window.actions_by_name["actionNextFinding"].trigger()
    assert window.panes.messages.text == f"Problem 1 of {count}, event 3. Warning: <b>slow</b>"
    assert window.session.position == 3
    window.actions_by_name["actionPreviousFinding"].trigger()
    assert window.panes.messages.text.startswith(f"Problem 2–{count} of {count}, event 4. Viol")
    window.session_actions.add(session_in("rendering"))
    assert not window.actions_by_name["actionNextFinding"].isEnabled()


def test_a_widget_goes_and_comes_without_a_trace(tabs: LogTabs, qtbot: QtBot) -> None:
    """Qt deletes the item that it had in the layout: Python must not go on having it."""
    elsewhere, beside = QWidget(), QPushButton("beside")
    qtbot.addWidget(elsewhere)
    column = QVBoxLayout(elsewhere)

    def items() -> int:
        return sum(isinstance(one, QWidgetItem) for one in getAllValidWrappers())

    before = items()
    for _ in range(3):
        tabs.put_beside(beside)
        tabs.resize(tabs.width() + 1, tabs.height())
        settle()
        column.addWidget(beside)
        settle()
    assert items() == before
