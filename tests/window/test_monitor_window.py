from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMenu,
)
from pytestqt.qtbot import QtBot

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Command, Reset, Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.theme.theme import Theme, ThemeChoice
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.hands import POPUPS, click, place_of, press, press_shortcut, right_click
from tests.helpers.names import diagram_item, find, seen
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START
from tests.helpers.window import OpenWindow, settle


def trigger(name: str) -> None:
    find(QAction, name).trigger()


def problems() -> str:
    return find(QLabel, "problemCountLabel").text()


def test_it_opens_with_one_fresh_session(window: MonitorWindow) -> None:
    """There is always a session to look at, and no list where there is only one."""
    assert window.sessions.rowCount() == 1
    assert window.windowTitle().startswith("sim-1: pending – ")
    assert window.session_dock.isHidden()
    assert QApplication.focusWidget() is window.panes.diagram


def test_the_title_tells_where_the_session_is(window: MonitorWindow) -> None:
    """Who sees only the title sees the session and its state."""
    window.session.request(Step("validating"))
    assert window.windowTitle().startswith("sim-1: validating – ")


def test_no_view_has_the_source_answer_what_it_has_answered(window: MonitorWindow) -> None:
    """However many views show why something cannot be done, it is found out once per change."""
    asked: list[Command] = []

    class Asked(SimulatedSource):
        def why_not(self, command: Command) -> str | None:
            asked.append(command)
            return super().why_not(command)

    window.session_actions.add(SessionModel(Asked("sim-2")))
    asked.clear()
    trigger("actionGoTo_validating")
    command, *questions = asked
    assert command == Step("validating")
    assert len(questions) == len(set(map(str, questions))) <= 32


def test_a_refused_move_is_told_and_counts_for_nothing(window: MonitorWindow) -> None:
    """Why a move was not made is said; it is no problem of the session."""
    window.session.request(Step("done"))
    assert window.panes.messages.text.startswith(
        "Not legal from pending. done is reached only from"
    )
    assert problems() == "0 rule violations"
    press(window, Qt.Key.Key_Escape)
    assert window.panes.messages.text == ""


def test_several_sessions_are_listed_at_once(window: MonitorWindow) -> None:
    """The list is shown, and what needs another session can be done, as with one after another."""
    compare = find(QAction, "actionCompare")
    assert not compare.isEnabled()
    window.session_actions.put_on_list(
        [SessionModel(SimulatedSource(f"s-{number}")) for number in range(3)]
    )
    assert not window.session_dock.isHidden()
    assert compare.isEnabled()


def test_problems_of_the_session_are_counted(window: MonitorWindow) -> None:
    """Each violation of the machine is a problem of the session that is shown."""
    history = [
        Event(n, START, state, Origin.SIMULATED)
        for n, state in enumerate(("pending", "rendering", "validating", "rendering"), 1)
    ]
    for path in (history[:2], history):
        found = check(CREATION_MACHINE, path)
        count = sum(finding.severity is Severity.VIOLATION for finding in found)
        assert count > 1
        observed = SessionModel(RecordedSource(CREATION_MACHINE, path))
        window.sessions.add(observed)
        window.session_actions.show(observed)
        assert problems() == f"{count} rule violations"
    window.session_actions.show(window.sessions.session(0))
    assert problems() == "0 rule violations"


def test_ending_is_offered_where_it_is_possible(window: MonitorWindow) -> None:
    """A session that is over can't fail and can't be cancelled, and the actions say so."""
    actions = [find(QAction, name) for name in ("actionFail", "actionCancel")]
    assert all(action.isEnabled() for action in actions)
    window.session.request(WalkTo("done"))
    for action in actions:
        assert not action.isEnabled()
        assert action.statusTip().startswith("The session is over: done is a terminal state")
    window.session.request(Reset())
    assert [action.statusTip() for action in actions] == [
        "Fail the session with an error",
        "Cancel the session",
    ]


def breakpoints() -> set[str]:
    return {state for state in spec.STATES if diagram_item(f"state_{state}").property("breakpoint")}


def test_a_breakpoint_is_set_where_the_focus_is(window: MonitorWindow) -> None:
    """F9 sets and takes off a breakpoint at the chosen state; without one, at the current state."""
    press(window, Qt.Key.Key_F9)
    assert breakpoints() == {"pending"}
    view = window.panes.diagram
    click(view.viewport(), place_of(view, diagram_item("state_done")))
    press(window, Qt.Key.Key_F9)
    assert breakpoints() == {"pending", "done"}
    press(window, Qt.Key.Key_F9)
    assert breakpoints() == {"pending"}


@POPUPS
def test_a_breakpoint_is_set_by_the_menu_of_a_state(window: MonitorWindow) -> None:
    """The menu of a state in the diagram shows whether it has a breakpoint, and changes it."""
    view = window.panes.diagram
    for expected in ({"rendering"}, set()):
        menu = right_click(view.viewport(), place_of(view, diagram_item("state_rendering")))
        (entry,) = (a for a in menu.actions() if a.objectName() == "stateMenuBreakpoint")
        assert entry.isChecked() == (expected == set())
        click(menu, menu.actionGeometry(entry).center())
        assert breakpoints() == expected
    settle()
    assert not window.findChildren(QMenu, "stateMenu")


def test_breakpoints_are_kept(window: MonitorWindow, open_window: OpenWindow) -> None:
    """The next window, and the next session, has the breakpoints of this one."""
    window.playback.toggle_breakpoint("plugin_pass")
    window.playback.toggle_breakpoint("done")
    window.close()
    other = open_window()
    marked = {s for s, item in other.panes.diagram.states.items() if item.property("breakpoint")}
    assert marked == {"plugin_pass", "done"}
    assert other.settings.names("session/breakpoints") == ["done", "plugin_pass"]


def test_keys_zoom_the_diagram(window: MonitorWindow) -> None:
    """Larger, smaller and fitting again have their keys."""
    settle()
    fitted = window.panes.diagram.transform().m11()
    press_shortcut(window, find(QAction, "actionZoomIn"))
    larger = window.panes.diagram.transform().m11()
    press_shortcut(window, find(QAction, "actionZoomOut"))
    press_shortcut(window, find(QAction, "actionZoomOut"))
    assert window.panes.diagram.transform().m11() < fitted < larger
    press_shortcut(window, find(QAction, "actionZoomFit"))
    assert window.panes.diagram.transform().m11() == fitted


def test_keys_clear_and_follow_the_log(window: MonitorWindow) -> None:
    """The log's view is cleared, shown again, filtered and followed by keys."""
    window.session.request(WalkTo("done"))
    press_shortcut(window, find(QAction, "actionClearLog"))
    assert seen().rows == []
    press_shortcut(window, find(QAction, "actionShowCleared"))
    assert len(seen().rows) == 8
    window.panes.log.table.follow(False)
    window.panes.diagram.setFocus()
    press_shortcut(window, find(QAction, "actionFollow"))
    assert window.panes.log.table.following
    press_shortcut(window, find(QAction, "actionFilter"))
    assert QApplication.focusWidget() is window.panes.log.filter


def test_the_timeline_leads_to_the_log(window: MonitorWindow) -> None:
    """A click at a bar selects the row of the event that began the stay."""
    window.session.request(WalkTo("rendering"))
    settle()
    click(window.panes.timeline, QPoint(2, 10))
    (row,) = window.panes.log.table.selectionModel().selectedRows()
    assert row.row() == 0


def test_another_theme_repaints_everything(window: MonitorWindow, theme: Theme) -> None:
    """Light and dark change every pane at once, and are kept."""
    window.session.request(WalkTo("rendering"))
    for action, colours in (("actionThemeDark", DARK), ("actionThemeLight", LIGHT)):
        press_shortcut(window, find(QAction, action))
        settle()
        picture = window.grab().toImage()
        for pane, at, colour in (
            (window.panes.diagram.viewport(), QPoint(3, 3), colours.surface),
            (window.panes.details, QPoint(300, 40), colours.window),
            (window.panes.log.table.viewport(), QPoint(3, 150), colours.surface),
            (window.statusBar(), QPoint(5, 5), colours.window),
        ):
            place = pane.mapTo(window, at)
            assert picture.pixelColor(place) == QColor(colour), pane
        assert window.settings.text("window/theme") == theme.choice.value
    press_shortcut(window, find(QAction, "actionThemeSystem"))
    assert theme.choice == ThemeChoice.SYSTEM
    assert window.settings.text("window/theme") == "system"


def test_closing_says_so(window: MonitorWindow, qtbot: QtBot) -> None:
    """Who waits for the window's end is told, however it is closed."""
    with qtbot.waitSignal(window.closed):
        trigger("actionQuit")
    assert not window.isVisible()
    assert window.findChild(QDockWidget, "sessionDock").isHidden()


def test_a_refusal_goes_when_it_no_longer_holds(window: MonitorWindow) -> None:
    """Why a step was refused is not said of the state after it, nor of another session."""
    window.session.request(Step("done"))
    assert "Not legal from pending" in window.panes.messages.text
    window.session.request(Step("validating"))
    assert window.panes.messages.text == ""
    window.session.go_to(1)
    window.session.request(Step("rendering"))
    assert "past position" in window.panes.messages.text
    trigger("actionForkHere")
    assert window.panes.messages.text == ""
    window.panes.messages.show_error("The disk is full.")
    window.session.request(Step("validating"))
    assert window.panes.messages.text == "The disk is full."


def test_a_reason_has_no_keys(window: MonitorWindow) -> None:
    """Keys follow the tip of what they do, and not the reason why it cannot be done."""
    window.session.request(WalkTo("done"))
    assert "F5" not in find(QAction, "actionPlay").toolTip()
    assert "Ctrl+N" in find(QAction, "actionNewSession").toolTip()


def test_escape_clears_a_filter(window: MonitorWindow) -> None:
    """Then it does what it does elsewhere."""
    trigger("actionFilter")
    field = window.panes.log.filter
    field.setText("rendering")
    window.panes.messages.show_error("The disk is full.")
    press(window, Qt.Key.Key_Escape)
    assert (field.text(), window.panes.messages.text) == ("", "The disk is full.")
    press(window, Qt.Key.Key_Escape)
    assert window.panes.messages.text == ""


def test_ctrl_home_in_the_log_is_the_first_row(window: MonitorWindow) -> None:
    """The diagram is fitted by it elsewhere."""
    window.session.request(WalkTo("done"))
    settle()
    window.panes.diagram.zoom(2)
    scale = window.panes.diagram.transform().m11()
    table = window.panes.log.table
    table.setFocus()
    table.selectRow(5)
    press(window, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.currentIndex().row() == 0
    assert window.panes.diagram.transform().m11() == scale


def test_a_breakpoint_that_stops_is_told(window: MonitorWindow) -> None:
    """Who sees the play stop sees why."""
    window.playback.toggle_breakpoint("rendering")
    session = window.session_actions.open(find_scenario("happy_path"))
    session.playing = True  # as while it plays
    window.context.refresh()
    session.request(WalkTo("rendering"))
    assert window.panes.messages.text == "Paused at the breakpoint in rendering"
