"""Presenting mode: what an audience reads, large enough for the back of a room."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton, QWidget

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Fail, WalkTo
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.widgets.panes.places import Place
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.geometry import diagram_faults, scrolls, window_faults
from tests.helpers.hands import click, press
from tests.helpers.names import find, seen
from tests.helpers.window import OpenWindow, settle

SCREENS = ((1024, 768), (1600, 1200), (1366, 768), (1920, 1080), (3840, 2160))
"""4:3 and 16:9, from the smallest projector to the largest."""

PRESENTED = {"diagramView", "detailsPanel", "timelineView", "lastEvents", "transport"}


def trigger(name: str) -> None:
    find(QAction, name).trigger()


def shown_panes(window: MonitorWindow) -> set[str]:
    panes = (*PRESENTED, "transitionPanel", "eventLogView", "playBar", "sessionDock")
    return {name for name in panes if window.findChild(QWidget, name).isVisible()}


def on_screen(window: MonitorWindow, size: tuple[int, int]) -> None:
    """Present on a screen of that size; the platform of the tests has one of 800 × 800 only."""
    trigger("actionPresentation")
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
    window.resize(*size)
    settle()
    assert window.size() == QSize(*size)


def test_a_second_session_disturbs_no_audience(window: MonitorWindow) -> None:
    """The list that it brings is shown when the presentation is over."""
    trigger("actionPresentation")
    window.session_actions.open()
    settle()
    assert shown_panes(window) == PRESENTED
    press(window, Qt.Key.Key_Escape)
    settle()
    assert "sessionDock" in shown_panes(window)


def test_presenting_shows_what_matters_in_the_back_row(open_window: OpenWindow) -> None:
    """What is read fills the screen; Escape gives back all that was there before."""
    window = open_window(size=(790, 700))  # smaller than the screen of the offscreen platform
    settle()
    window.panes.splitter.setSizes([380, 400])
    before, sizes = shown_panes(window), window.panes.splitter.sizes()
    label = find(QLabel, "currentStateLabel")
    size = label.font().pointSizeF()
    press(window, Qt.Key.Key_F11)
    settle()
    assert window.isFullScreen()
    assert shown_panes(window) == PRESENTED
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert seen().current == "validating"
    press(window, Qt.Key.Key_Escape)
    settle()
    assert not window.isFullScreen()
    assert shown_panes(window) == before
    assert label.font().pointSizeF() == size
    assert window.panes.splitter.sizes() == sizes


@pytest.mark.parametrize("size", SCREENS)
def test_everything_is_large_and_nothing_is_cut(
    window: MonitorWindow, size: tuple[int, int]
) -> None:
    """Letters, buttons and diagram grow with the screen; what asks and what failed fits, too."""
    window.session_actions.open(find_scenario("asks_once"))
    on_screen(window, size)
    while window.session.pending_input is None:
        trigger("actionStep")
    for _ in range(2):
        settle()
        assert window_faults(window) == []
        assert diagram_faults(window.panes.diagram) == []
        assert not scrolls(find(QWidget, "pendingInputForm").findChild(QScrollArea))
        letter = min(size[1] // 40, size[0] // 56)
        for name in ("currentStateLabel", "timeInStateLabel", "outcomeLabel"):
            assert find(QLabel, name).font().pixelSize() >= letter
        assert find(QToolButton, "transport_actionGoBack").iconSize().width() >= 2 * letter
        shown = window.panes.presentation.events.findChildren(QLabel)
        assert all(label.font().pixelSize() == letter for label in shown)
        window.session.request(Fail(Error("internal_error", "The disk is full. " * 4)))
    settle()
    assert find(QLabel, "outcomeLabel").toolTip() == ""  # all of it is seen
    assert window_faults(window) == []


@pytest.mark.parametrize("size", SCREENS)
def test_the_place_above_the_diagram_is_large_enough(
    window: MonitorWindow, size: tuple[int, int]
) -> None:
    """An audience reads which session it is, and that it looks at the past; later all is small."""
    title, past = find(QLabel, "sessionTitle"), find(QLabel, "pastLabel")
    small = title.height()
    window.session.request(WalkTo("done"))
    on_screen(window, size)
    letter = min(size[1] // 40, size[0] // 56)
    for label in (title, past):
        assert label.isVisible()
        assert label.font().pixelSize() == letter
        assert label.height() >= label.fontMetrics().height()
        assert window_faults(window) == []
        window.session.go_to(2)
        settle()
    window.session.go_to(None)
    trigger("actionPresentation")
    settle()
    assert title.height() == small


def test_an_audience_sees_no_first_steps(window: MonitorWindow) -> None:
    """They would lie above the presentation; the menu brings them again."""
    trigger("actionFirstSteps")
    assert find(QWidget, "welcomeCard").isVisible()
    on_screen(window, (1024, 768))
    cards = window.findChildren(QWidget, "welcomeCard")
    assert not any(card.isVisible() for card in cards)


def test_a_blank_screen_stays_blank(window: MonitorWindow) -> None:
    """A message that comes meanwhile is seen afterwards only."""
    on_screen(window, (800, 600))
    trigger("actionBlank")
    window.panes.messages.show_error("No response from the server.")
    settle()
    blank, messages = find(QWidget, "blankScreen"), find(QWidget, "messageBar")
    middle = messages.mapTo(window, messages.rect().center())
    assert window.childAt(middle) is blank
    trigger("actionBlank")
    assert window.childAt(middle) is not blank
    assert messages.isVisible()


def test_the_keys_of_a_remote_step_a_simulated_session(window: MonitorWindow) -> None:
    """Page Down runs the scenario and leads out of the past; Page Up goes back."""
    window.session_actions.open(find_scenario("happy_path"))
    press(window, Qt.Key.Key_PageDown)
    assert window.session.count == 1  # it is not presented
    trigger("actionPresentation")
    for _ in range(3):
        press(window, Qt.Key.Key_PageDown)
    assert window.session.count == 4
    press(window, Qt.Key.Key_PageUp)
    press(window, Qt.Key.Key_PageUp)
    assert window.session.shown_count == 2
    press(window, Qt.Key.Key_PageDown)
    assert window.session.shown_count == 3
    for _ in range(2):
        press(window, Qt.Key.Key_PageDown)
    assert (window.session.position, window.session.count) == (None, 5)


def test_the_keys_of_a_remote_show_a_recording(window: MonitorWindow) -> None:
    """They go through the events of what cannot be stepped, and stop at its end."""
    window.session.request(WalkTo("done"))
    recording = window.session.source.recording()
    window.session_actions.add(SessionModel(ReplaySource("kept", recording)))
    trigger("actionPresentation")
    while window.session.shown_count > 1:
        press(window, Qt.Key.Key_PageUp)
    assert window.session.state == "pending"
    press(window, Qt.Key.Key_PageDown)
    assert window.session.state == "validating"
    for _ in range(20):
        press(window, Qt.Key.Key_PageDown)
    assert window.session.state == "done"


def test_the_screen_can_be_blank(window: MonitorWindow) -> None:
    """B covers everything until it, a step, a click or Escape shows it again."""
    trigger("actionPresentation")
    blank = window.findChild(QWidget, "blankScreen")
    for ends in (Qt.Key.Key_B, Qt.Key.Key_Period, Qt.Key.Key_PageDown, Qt.Key.Key_Escape):
        press(window, Qt.Key.Key_B)
        assert blank.isVisible()
        assert blank.rect() == window.rect()
        press(window, ends)
        assert not blank.isVisible()
    assert window.presenting.presenting
    press(window, Qt.Key.Key_B)
    click(blank)
    assert not blank.isVisible()


def test_the_last_events_follow_the_position(window: MonitorWindow) -> None:
    """The newest one is at the bottom, that of the position while one looks at the past."""
    window.session.request(WalkTo("plugin_pass"))
    trigger("actionPresentation")
    settle()
    events = window.panes.presentation.events
    for state in ("plugin_pass", "rendering"):
        labels = [label.text() for label in events.findChildren(QLabel) if label.isVisible()]
        assert labels[-2] == state
        press(window, Qt.Key.Key_PageUp)


def test_moved_panes_are_presented_and_moved_back(window: MonitorWindow) -> None:
    """Wherever panes stand, the presentation shows them, and they return."""
    window.places.move("timeline", Place.BOTTOM)
    window.places.move("log", Place.RIGHT)
    window.places.open("state", False)
    trigger("actionPresentation")
    settle()
    assert shown_panes(window) == PRESENTED
    trigger("actionPresentation")
    settle()
    assert window.places.place("timeline") is Place.BOTTOM
    assert window.places.place("log") is Place.RIGHT
    assert {"timelineView", "eventLogView"} <= shown_panes(window)
    assert "detailsPanel" not in shown_panes(window)


def test_presenting_puts_the_list_of_sessions_away(window: MonitorWindow) -> None:
    """The list is no matter to the back row, and is there again afterwards."""
    trigger("actionNewSession")
    for _ in range(2):
        assert "sessionDock" in shown_panes(window)
        trigger("actionPresentation")
        assert "sessionDock" not in shown_panes(window)
        trigger("actionPresentation")
    assert find(QAction, "actionSessionList").isChecked()


def test_what_was_hidden_before_presenting_stays_hidden(window: MonitorWindow) -> None:
    """Presenting brings up nothing that the user has put away."""
    trigger("actionPresentation")
    trigger("actionPresentation")
    settle()
    assert "sessionDock" not in shown_panes(window)


def test_a_maximized_window_is_maximized_afterwards(window: MonitorWindow) -> None:
    """After presenting the window is as large as it was."""
    window.showMaximized()
    trigger("actionPresentation")
    trigger("actionPresentation")
    assert window.isMaximized()


def test_the_form_is_there_while_presenting(window: MonitorWindow) -> None:
    """A plugin that asks is answered in presenting mode, too."""
    window.session.request(WalkTo("input_required"))
    trigger("actionPresentation")
    assert seen().form
    trigger("actionPresentation")
    assert seen().form
