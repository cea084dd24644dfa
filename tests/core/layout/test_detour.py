"""Ways through a finished layout for what its machine does not allow."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.layout import lay_out, route_observed
from exlab_gui.core.machine import CREATION_MACHINE
from tests.helpers import spec
from tests.helpers.drawings import (
    boxes_in_the_way,
    drawn_machines,
    large,
    on_border,
    on_top_of_each_other,
)
from tests.helpers.strategies import machines

ILLEGAL = [(a, b) for a in spec.STATES for b in spec.STATES if (a, b) not in spec.LEGAL]


def check(layout, route, edge):
    """Assert what holds for every route: its ends, its angles, no box in its way."""
    assert route.edge == edge
    assert not route.quiet
    assert on_border(layout.boxes[edge[0]], route.points[0])
    assert on_border(layout.boxes[edge[1]], route.points[-1])
    assert all((a.x == b.x) != (a.y == b.y) for a, b in pairwise(route.points))
    assert boxes_in_the_way(layout, route) == []


@pytest.mark.parametrize("edge", ILLEGAL, ids="→".join)
def test_every_illegal_step_can_be_drawn(edge):
    """Each illegal pair has a way around the boxes, on top of no other route."""
    layout = lay_out(CREATION_MACHINE)
    route = route_observed(layout, edge)
    check(layout, route, edge)
    assert on_top_of_each_other([route, *layout.routes.values()]) == []


@given(drawn_machines() | machines(self_loops=True), st.data())
def test_every_step_can_be_drawn_in_any_machine(machine, data):
    """Whatever the machine and the step, the way runs through no box that it does not join."""
    state = st.sampled_from(machine.states)
    edge = data.draw(st.tuples(state, state))
    layout = lay_out(machine)
    check(layout, route_observed(layout, edge), edge)


def test_a_step_can_be_drawn_in_a_large_machine():
    """Through 60 states and 200 transitions too there is a way."""
    machine = large(exits=True)
    edge = (machine.spine[-1], machine.initial)
    layout = lay_out(machine)
    check(layout, route_observed(layout, edge), edge)


@pytest.mark.parametrize("state", spec.STATES)
def test_a_step_to_itself_goes_around_a_corner(state):
    """A loop leaves at a side and comes back at the top or the bottom, with room for its head."""
    layout = lay_out(CREATION_MACHINE)
    points = route_observed(layout, (state, state)).points
    assert points[0].y == points[1].y
    assert points[-1].x == points[-2].x
    assert abs(points[-1].y - points[-2].y) >= 12


def test_two_observed_steps_keep_clear_of_each_other():
    """A route that is drawn already is no place for the next one."""
    layout = lay_out(CREATION_MACHINE)
    first = route_observed(layout, ("pending", "done"))
    second = route_observed(layout, ("rendering", "sync_queued"), [first])
    assert on_top_of_each_other([first, second]) == []


def test_what_is_no_state_has_no_way():
    """A state that the layout does not have cannot be drawn."""
    with pytest.raises(KeyError, match="nowhere"):
        route_observed(lay_out(CREATION_MACHINE), ("pending", "nowhere"))
