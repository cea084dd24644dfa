"""A machine with one state more, made as a value, in the window as it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QGraphicsView, QWidget

from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.expected import moves
from tests.helpers.geometry import diagram_faults, window_faults
from tests.helpers.hands import click, place_of, press
from tests.helpers.names import diagram_item, find, seen, the_window
from tests.helpers.other_machines import AFTER, BEFORE, NEW, OTHERS
from tests.helpers.window import NARROW, WIDE, OpenWindow, settle

MACHINE = OTHERS["one state more"]

STATES, FOLLOWING = MACHINE.states, MACHINE.table

WAY = ("validating", "rendering", "plugin_pass", BEFORE, NEW, AFTER, "sync_queued", "done")


@pytest.fixture(params=[WIDE, NARROW])
def window(request: pytest.FixtureRequest, open_window: OpenWindow) -> MonitorWindow:
    """Return a window of either size on the machine with twelve states."""
    return open_window(MACHINE, request.param)


def test_it_has_its_button_and_its_status(window: MonitorWindow) -> None:
    """The new state is pressed in its turn, and the session goes through it to its end."""
    path = ["pending"]
    for state in WAY:
        click(find(QAbstractButton, f"transition_{state}"))
        path.append(state)
        now = seen()
        assert (now.current, now.states[state]) == (state, "current")
        assert now.enabled == FOLLOWING[state]
        assert now.edges[path[-2], state] == "last"
    assert now.states[NEW] == "visited"
    assert now.edges[BEFORE, NEW] == now.edges[NEW, AFTER] == "taken"


def test_its_tool_tip_tells_the_way_there(window: MonitorWindow) -> None:
    """The new state is counted among the steps, and said to be what leads to the next one."""
    tips = seen().tips
    way = " → ".join(WAY[:5])
    assert tips[NEW] == (
        f"Not legal from pending. {NEW} is reached only from {BEFORE}: 5 steps away ({way})."
    )
    assert f"{AFTER} is reached only from {NEW}: 6 steps away" in tips[AFTER]


def test_it_has_its_edges(window: MonitorWindow) -> None:
    """The diagram has the edges of the table: 28, of which none leads around the new state."""
    edges = seen().edges.keys()
    assert edges == {(state, after) for state in STATES for after in FOLLOWING[state]}
    assert len(edges) == 28


def test_it_has_its_place_on_the_spine(window: MonitorWindow) -> None:
    """The spine is one straight line with the new state in its place; nothing overlaps."""
    settle()
    assert diagram_faults(find(QGraphicsView, "diagramView")) == []
    assert window_faults(the_window()) == []
    spine = [diagram_item(f"state_{s}").sceneBoundingRect().center() for s in ("pending", *WAY)]
    assert len({place.x() for place in spine}) == 1
    heights = [place.y() for place in spine]
    assert heights == sorted(heights)


def test_it_is_reached_in_the_diagram_and_by_keys(window: MonitorWindow) -> None:
    """A click at the new state, its shortcut and its way in the menu lead there."""
    find(QAction, f"actionWalkTo_{BEFORE}").trigger()
    view = find(QGraphicsView, "diagramView")
    click(view.viewport(), place_of(view, diagram_item(f"state_{NEW}")))
    assert seen().current == NEW
    find(QAction, "actionReset").trigger()
    find(QAction, f"actionWalkTo_{BEFORE}").trigger()
    press(the_window(), Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert seen().current == NEW


def test_it_has_its_lines_in_the_log(window: MonitorWindow) -> None:
    """Entering the new state is told with the phase that the machine gives it."""
    find(QAction, f"actionWalkTo_{AFTER}").trigger()
    assert moves(seen().rows[-2:]) == [
        (NEW, "phase", "registering_lims", f"{BEFORE} → {NEW}"),
        (AFTER, "phase", "validating_post_creation", f"{NEW} → {AFTER}"),
    ]


def test_it_has_its_bar_in_the_timeline(window: MonitorWindow) -> None:
    """The session's stay in the new state is a bar that leads to its moment."""
    find(QAction, f"actionWalkTo_{AFTER}").trigger()
    settle()
    timeline = find(QWidget, "timelineView")
    timeline.setFocus()
    press(the_window(), Qt.Key.Key_Left)
    assert f"states: {NEW}: " in timeline.accessibleDescription()
    assert seen().current == NEW
    (selected,) = window.panes.log.table.selectionModel().selectedRows()
    assert window.panes.log.model.event_at(selected.row()).state == NEW
