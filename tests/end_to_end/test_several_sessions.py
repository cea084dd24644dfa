"""Several sessions at once, in the real window: each keeps its own history."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QTableView,
)
from pytestqt.qtbot import QtBot

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.sources.commands import Step, WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.hands import click, press_shortcut
from tests.helpers.names import find, seen
from tests.helpers.window import settle


def trigger(name: str) -> None:
    find(QAction, name).trigger()


def labels(window: MonitorWindow) -> list[str]:
    """Return the labels of the sessions in the list."""
    return [window.sessions.session(row).label for row in range(window.sessions.rowCount())]


def test_a_new_session_is_shown_and_listed(window: MonitorWindow) -> None:
    """A second session is shown at once, and brings up the list of them."""
    window.session.request(Step("validating"))
    trigger("actionNewSession")
    assert labels(window) == ["sim-1", "sim-2"]
    assert window.session.label == "sim-2"
    assert seen().current == "pending"
    assert window.session_dock.isVisible()
    assert find(QAction, "actionSessionList").isChecked()


def test_a_new_session_plays_what_is_chosen(window: MonitorWindow) -> None:
    """The scenario in the list is that of the next session, too."""
    window.session_actions.play(find_scenario("plugin_fails"))
    trigger("actionNewSession")
    assert window.session.source.info.scenario == find_scenario("plugin_fails")


def test_each_session_keeps_its_own_history(window: MonitorWindow) -> None:
    """One goes from session to session, and finds each as it was left, in every pane."""
    ways = {"sim-1": "rendering", "sim-2": "input_required", "sim-3": "done"}
    for state in ways.values():
        window.session.request(WalkTo(state))
        if len(labels(window)) < 3:
            trigger("actionNewSession")
    for _ in range(2):
        for row, state in reversed(list(enumerate(ways.values()))):
            table = find(QTableView, "sessionListView")
            click(table.viewport(), table.visualRect(table.model().index(row, 0)).center())
            now = seen()
            assert now.current == state
            assert now.states[state] == "current"
            assert [row.state for row in now.rows] == ["pending", *spec.WAYS[state]]
            assert now.form == (state == "input_required")
            assert now.enabled == spec.FOLLOWING[state]


def test_neighbours_are_shown_by_keys(window: MonitorWindow) -> None:
    """Up and down the list, and no farther than its ends."""
    trigger("actionNewSession")
    trigger("actionNewSession")
    shown = []
    for name in ("Previous", "Previous", "Previous", "Next", "Next", "Next"):
        press_shortcut(window, find(QAction, f"action{name}Session"))
        shown.append(window.session.label)
    assert shown == ["sim-2", "sim-1", "sim-1", "sim-2", "sim-3", "sim-3"]


def test_closing_shows_a_neighbour(window: MonitorWindow) -> None:
    """The one below the closed session comes, else the one above; after the last a fresh one."""
    trigger("actionNewSession")
    trigger("actionNewSession")
    trigger("actionPreviousSession")
    for left, shown in ((["sim-1", "sim-3"], "sim-3"), (["sim-1"], "sim-1"), (["sim-4"], "sim-4")):
        trigger("actionCloseSession")
        assert (labels(window), window.session.label) == (left, shown)
        assert find(QTableView, "sessionListView").currentIndex().data() == shown


def test_a_session_that_is_not_shown_changes_nothing(window: MonitorWindow) -> None:
    """What happens in another session is seen in the list only."""
    first = window.session
    trigger("actionNewSession")
    before, title = seen(), window.windowTitle()
    first.request(WalkTo("done"))
    assert (seen(), window.windowTitle()) == (before, title)
    assert window.sessions.index(0, 1).data() == "done"


def test_the_list_can_be_hidden_and_shown(window: MonitorWindow) -> None:
    """The list of sessions comes and goes by its action, which knows when it was closed."""
    action = find(QAction, "actionSessionList")
    action.trigger()
    settle()
    assert window.session_dock.isVisible()
    window.session_dock.close()
    assert not action.isChecked()


def test_a_scenario_from_the_list_is_played(window: MonitorWindow, qtbot: QtBot) -> None:
    """Choosing a scenario prepares a session that has not begun, or opens one that can play it."""
    for name in ("happy_path", "plugin_fails"):
        window.play_bar.offer(find_scenario(name))
    qtbot.keyClick(window.play_bar.scenarios, Qt.Key.Key_Down)
    assert window.session.source.info.scenario == find_scenario("happy_path")
    window.session.request(Step("validating"))
    qtbot.keyClick(window.play_bar.scenarios, Qt.Key.Key_Down)
    assert window.session.label == "sim-2"
    assert window.session.source.info.scenario == find_scenario("plugin_fails")
