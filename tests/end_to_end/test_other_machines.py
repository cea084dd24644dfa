"""Machines of other modules in the window: loaded, shown, stepped by hand, and checked."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QGraphicsView, QLabel, QScrollArea

from exlab_gui import app
from exlab_gui.bundled_scenarios import fitting_scenarios
from exlab_gui.core.analysis.tour import tour
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.machine import StateMachine
from exlab_gui.machines import load_machine
from exlab_gui.settings import Settings
from exlab_gui.testing import assert_conforms
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.drawings import (
    boxes_in_the_way,
    machine_of,
    on_top_of_each_other,
    overlapping_boxes,
)
from tests.helpers.geometry import diagram_faults, scrolls, window_faults
from tests.helpers.hands import click
from tests.helpers.machine_modules import write_module
from tests.helpers.names import diagram_item, find, seen
from tests.helpers.other_machines import OTHERS
from tests.helpers.window import NARROW, WIDE, settle

Open = Callable[..., MonitorWindow]


@pytest.fixture
def open_on(theme: Theme, settings: Settings, tmp_path: Path) -> Iterator[Open]:
    """Yield what opens the program's window on a machine that a file exports."""
    opened: list[MonitorWindow] = []

    def open_it(machine: StateMachine, size: tuple[int, int] = WIDE) -> MonitorWindow:
        loaded = load_machine(str(write_module(tmp_path, machine)))
        assert loaded == machine
        window = app.open_window(settings, theme, None, loaded)
        opened.append(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        settle()
        return window

    yield open_it
    for window in opened:
        asyncio.run(close_window(window))


def press_button(state: str) -> None:
    """Scroll to the button of `state`, where there are too many to be seen at once, and press."""
    button = find(QAbstractButton, f"transition_{state}")
    find(QScrollArea, "sessionPane").ensureWidgetVisible(button)
    click(button)


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_loaded_and_shown(open_on: Open, name: str) -> None:
    """Every state has its button and its box, every transition its line, and no other is there."""
    machine = OTHERS[name]
    open_on(machine)
    now = seen()
    assert now.current == machine.initial
    assert now.states.keys() == set(machine.states)
    assert all(find(QAbstractButton, f"transition_{state}") for state in machine.states)
    assert now.edges.keys() == set(machine.edges)
    assert now.enabled == set(machine.following(machine.initial))


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_drawn_with_nothing_overlapping(name: str) -> None:
    """No box touches another, no line a box that it does not join, none lies on a foreign one."""
    layout = lay_out(OTHERS[name])
    assert overlapping_boxes(layout) == []
    assert [r.edge for r in layout.routes.values() if boxes_in_the_way(layout, r)] == []
    assert on_top_of_each_other(layout.routes.values()) == []


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("name", OTHERS)
def test_it_is_seen_with_nothing_overlapping(
    open_on: Open, name: str, size: tuple[int, int]
) -> None:
    """All of the diagram is in sight, and no label is cut; of 60 states they may be small."""
    open_on(OTHERS[name], size)
    faults = diagram_faults(find(QGraphicsView, "diagramView"))
    if name == "60 states":
        faults = [fault for fault in faults if "too small to be read" not in fault]
    assert faults == []


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_stepped_and_checked(open_on: Open, name: str) -> None:
    """By the buttons sessions go every way there is, or 40 ways of many; none breaks a rule."""
    machine = OTHERS[name]
    window = open_on(machine)
    walks, taken = tour(machine)[-40:], set()
    for walk in walks:
        find(QAction, "actionReset").trigger()
        for before, state in pairwise(walk):
            press_button(state)
            assert window.session.state == state
            taken.add((before, state))
        assert find(QLabel, "problemCountLabel").text() == "0 rule violations"
        assert_conforms(window.session)
    assert taken == {edge for walk in walks for edge in pairwise(walk)}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_legal_cannot_be_pressed(open_on: Open, name: str) -> None:
    """A press on each button of what is not legal now moves nothing."""
    machine = OTHERS[name]
    window = open_on(machine)
    for state in set(machine.states) - set(machine.following(machine.initial)):
        press_button(state)
    assert window.session.count == 1


@pytest.mark.parametrize("name", OTHERS)
def test_only_scenarios_that_fit_are_offered(open_on: Open, name: str) -> None:
    """The window offers those that are legal, and the shortest way where the happy path is not."""
    machine = OTHERS[name]
    window = open_on(machine)
    combo = find(QComboBox, "scenarioCombo")
    offered = [combo.itemText(row) for row in range(combo.count())]
    fitting = [scenario.title for scenario in fitting_scenarios(machine).values()]
    assert offered == [f"The shortest way to {machine.spine[-1]}", *fitting]
    for _ in machine.spine[1:]:
        find(QAction, "actionStep").trigger()
    assert window.session.state == machine.spine[-1]
    assert seen().current == machine.spine[-1]


def test_a_machine_of_one_state(open_on: Open) -> None:
    """Where there is nothing to play, nothing is offered; the session can be looked at."""
    window = open_on(machine_of({"only": ""}))
    assert find(QComboBox, "scenarioCombo").count() == 0
    assert not find(QAction, "actionPlay").isEnabled()
    window.session_actions.open()
    assert seen().current == "only"


def test_what_it_does_not_have_is_not_offered(open_on: Open) -> None:
    """A machine without failed and aborted offers neither failing nor cancelling, and says why."""
    open_on(OTHERS["two loops"])
    for name in ("actionFail", "actionCancel"):
        action = find(QAction, name)
        assert not action.isEnabled()
        assert "Not legal from queued" in action.toolTip()


def test_names_that_look_like_markup_are_plain_text(open_on: Open) -> None:
    """A state's name is shown as the module has it, in labels, buttons, tool tips and the log."""
    window = open_on(OTHERS["two loops"])
    for state in ("running", "<b>asks</b>"):
        press_button(state)
    label = find(QLabel, "currentStateLabel")
    assert (label.text(), label.textFormat()) == ("<b>asks</b>", Qt.TextFormat.PlainText)
    assert find(QAbstractButton, "transition_cools & waits").text() == "cools && waits"
    assert diagram_item("state_<b>asks</b>").property("status") == "current"
    assert seen().rows[-1].state == "<b>asks</b>"
    assert "&lt;b&gt;asks&lt;/b&gt;" in window.panes.transitions._buttons[0].toolTip()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_long_name_decides_no_width(open_on: Open, size: tuple[int, int]) -> None:
    """Neither buttons nor the title nor the log need more room than there is."""
    long = "waiting_for_the_approval_of_the_principal_investigator_of_the_project"
    window = open_on(machine_of({"start": long, long: "done", "done": ""}), size=size)
    button = find(QAbstractButton, f"transition_{long}")
    assert button.toolTip().startswith(long)
    button.click()
    settle()
    assert find(QLabel, "currentStateLabel").text() == long
    assert not scrolls(find(QScrollArea, "sessionPane"))
    cells = ("eventLogView", "sessionListView")
    assert [one for one in window_faults(window) if not one.startswith(cells)] == []
    assert diagram_faults(window.panes.diagram, 8.0) == []
