"""The rules that a layout keeps for any machine, and what the creation machine looks like."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given

from exlab_gui.core.layout.build import BOX_HEIGHT, lay_out
from exlab_gui.core.layout.geometry import LABEL_SIZE, MARGIN
from exlab_gui.core.layout.labels import LABEL_START, shown_name
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from tests.helpers.drawings import (
    MACHINES,
    boxes_in_the_way,
    drawn_machines,
    machine_of,
    on_border,
    on_top_of_each_other,
    overlapping_boxes,
    shared_length,
    with_a_twelfth_state,
)
from tests.helpers.strategies import machines


def for_any_machine(test: Callable[[StateMachine], None]) -> Callable[[], None]:
    """Run `test` with all machines that have a name, and with random ones."""
    for machine in MACHINES.values():
        test = example(machine)(test)
    return given(drawn_machines() | machines(self_loops=True))(test)


@for_any_machine
def test_no_box_overlaps_another(machine):
    """Every state has a box, in the order of the states, and no box touches another."""
    layout = lay_out(machine)
    assert tuple(layout.boxes) == machine.states
    assert overlapping_boxes(layout) == []


@for_any_machine
def test_every_transition_runs_from_its_source_to_its_target(machine):
    """There is one route for every transition; it begins and ends on the borders of its boxes."""
    layout = lay_out(machine)
    assert tuple(layout.routes) == machine.edges
    for edge, route in layout.routes.items():
        assert route.edge == edge
        assert on_border(layout.boxes[route.source], route.points[0])
        assert on_border(layout.boxes[route.target], route.points[-1])


@for_any_machine
def test_routes_turn_only_at_right_angles(machine):
    """A route goes up, down or along, and turns at each of its inner points."""
    for route in lay_out(machine).routes.values():
        upright = [a.x == b.x for a, b in pairwise(route.points)]
        assert upright == [a.y != b.y for a, b in pairwise(route.points)]
        assert all(a != b for a, b in pairwise(upright))


@for_any_machine
def test_no_route_runs_through_a_box(machine):
    """A route keeps clear of every box that it does not join, and out of those it does."""
    layout = lay_out(machine)
    for route in layout.routes.values():
        assert boxes_in_the_way(layout, route) == []


@for_any_machine
def test_no_two_routes_without_a_common_state_run_on_top_of_each_other(machine):
    """Routes that share no state may cross, and no more."""
    assert on_top_of_each_other(lay_out(machine).routes.values()) == []


@for_any_machine
def test_the_ways_to_two_exits_stay_apart(machine):
    """The ways to the exits are quiet; those to one exit may merge, but not with another's."""
    quiet = [route for route in lay_out(machine).routes.values() if route.quiet]
    assert {route.edge for route in quiet} == {
        edge for edge in machine.edges if edge[1] in machine.exits
    }
    for a, b in combinations(quiet, 2):
        assert a.target == b.target or shared_length(a, b) == 0


@for_any_machine
def test_the_spine_is_one_straight_line(machine):
    """The states of the spine stand below each other, joined by straight lines."""
    layout = lay_out(machine)
    spine = [layout.boxes[state] for state in machine.spine]
    assert len({box.centre.x for box in spine}) == 1
    for above, below in pairwise(spine):
        assert above.bottom < below.y
        assert layout.routes[above.state, below.state].points == (
            (above.centre.x, above.bottom),
            (below.centre.x, below.y),
        )


@for_any_machine
def test_all_is_within_the_layouts_size(machine):
    """Nothing is nearer to the edge of the picture than the margin."""
    layout = lay_out(machine)
    corners = [point for route in layout.routes.values() for point in route.points]
    corners += [(box.x, box.y) for box in layout.boxes.values()]
    corners += [(box.right, box.bottom) for box in layout.boxes.values()]
    for x, y in corners:
        assert MARGIN <= x <= layout.width - MARGIN
        assert MARGIN <= y <= layout.height - MARGIN


@pytest.mark.parametrize("machine", [CREATION_MACHINE, with_a_twelfth_state()])
@pytest.mark.parametrize("pane", [(359, 627), (359, 527)])
def test_the_diagram_fits_its_pane_with_legible_names(machine, pane):
    """Shown whole in the window's pane, large or small, names are at least 11 pixels high."""
    layout = lay_out(machine)
    scale = min(pane[0] / layout.width, pane[1] / layout.height)
    assert scale * LABEL_SIZE >= (11 if machine is CREATION_MACHINE else 10.5)


def test_the_loop_stands_beside_its_host():
    """A state that only loops stands level with its host, joined by two parallel lines."""
    layout = lay_out(CREATION_MACHINE)
    host, loop = layout.boxes["plugin_pass"], layout.boxes["input_required"]
    assert loop.right < host.x
    assert loop.y == host.y
    out = layout.routes["plugin_pass", "input_required"].points
    back = layout.routes["input_required", "plugin_pass"].points
    assert len(out) == len(back) == 2
    assert {point.y for point in out} != {point.y for point in back}


def test_the_exits_stand_apart():
    """The exits are to the right of all other states, the loop to the left of the spine."""
    layout = lay_out(CREATION_MACHINE)
    exits = [layout.boxes[state] for state in CREATION_MACHINE.exits]
    others = [box for box in layout.boxes.values() if box not in exits]
    assert max(box.right for box in others) < min(box.x for box in exits)


def test_all_ways_to_an_exit_end_in_one_line():
    """The ways to an exit join an upright line of its own, and come to the exit as one."""
    layout = lay_out(CREATION_MACHINE)
    for exit_ in CREATION_MACHINE.exits:
        ends = {route.points[-2:] for route in layout.routes.values() if route.target == exit_}
        assert len(ends) == 1
        buses = {route.points[-3].x for route in layout.routes.values() if route.target == exit_}
        assert buses == {ends.pop()[0].x}


def test_a_state_more_on_the_spine_only_makes_it_longer():
    """With a twelfth state, what is above stays where it is, and what is below moves down."""
    eleven, twelve = lay_out(CREATION_MACHINE), lay_out(with_a_twelfth_state())
    new = twelve.boxes["lims_register"]
    assert twelve.width == eleven.width
    moves = set()
    for state, box in eleven.boxes.items():
        moved = twelve.boxes[state]
        assert (moved.x, moved.width, moved.height) == (box.x, box.width, box.height)
        moves.add((moved.y > new.y, moved.y - box.y))
    assert moves == {(False, 0.0), (True, twelve.height - eleven.height)}


def test_boxes_grow_with_the_longest_name():
    """A box has room for its name, unless that is so long that its middle is left out."""
    short, long, longest = (
        lay_out(machine_of({"a": "b" * length, "b" * length: ""})) for length in (1, 24, 80)
    )
    assert long.boxes["a"].width - short.boxes["a"].width > 23 * LABEL_SIZE / 2
    assert longest.boxes["a"].width < 24 * LABEL_SIZE


def test_boxes_grow_with_what_they_join():
    """Where many ways come to a state, they do not come to one place."""
    states = {f"s{number}": "goal" for number in range(20)}
    layout = lay_out(machine_of({"start": " ".join(states), **states, "goal": ""}))
    ends = [route.points[-1] for route in layout.routes.values() if route.target == "goal"]
    assert len(set(ends)) == 20
    assert layout.boxes["goal"].height == BOX_HEIGHT


def test_a_machine_is_laid_out_once():
    """Who asks again gets the same layout, not only an equal one."""
    assert lay_out(with_a_twelfth_state()) is lay_out(with_a_twelfth_state())


def test_a_layout_does_not_depend_on_the_process():
    """Two processes, in which sets have another order each, draw the same."""
    code = (
        "from exlab_gui.core.layout.build import lay_out; "
        "from tests.helpers.drawings import MACHINES;"
        "print([lay_out(machine) for machine in MACHINES.values()])"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[3],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(drawn) == 1


@pytest.mark.parametrize("letter", ["x", "M", "状"])
def test_a_name_stays_in_its_box(letter):
    """A box has room for what is shown of 80 letters, also if they are broad."""
    widths = {"x": 0.6, "M": 0.87, "状": 1.0}
    name = letter * 80
    box = lay_out(machine_of({"a": name, name: ""})).boxes[name]
    shown = shown_name(name).count(letter)
    assert shown >= 15
    assert box.width > shown * widths[letter] * LABEL_SIZE + LABEL_START
