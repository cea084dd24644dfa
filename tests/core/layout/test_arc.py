"""Arcs through a finished layout for what its machine does not allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.status import EdgeStatus
from exlab_gui.core.diagram_looks import edge_shapes
from exlab_gui.core.layout.arc import arc_route
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import area
from exlab_gui.core.layout.shapes import middle
from exlab_gui.core.machine import CREATION_MACHINE
from tests.helpers import spec
from tests.helpers.drawings import drawn_machines, machine_of, on_border
from tests.helpers.strategies import machines

ILLEGAL = [(a, b) for a in spec.STATES for b in spec.STATES if (a, b) not in spec.LEGAL]


@given(drawn_machines() | machines(self_loops=True), st.data())
def test_an_arc_goes_from_border_to_border(machine, data):
    """Whatever the machine and the step, the arc begins and ends where its states' boxes do."""
    state = st.sampled_from(machine.states)
    edge = data.draw(st.tuples(state, state))
    layout = lay_out(machine)
    route = arc_route(layout, edge)
    assert route.edge == edge
    assert not route.quiet
    assert on_border(layout.boxes[edge[0]], route.points[0])
    assert on_border(layout.boxes[edge[1]], route.points[-1])


@pytest.mark.parametrize("edge", ILLEGAL, ids="→".join)
def test_every_illegal_step_is_crossed_out_in_sight(edge):
    """The cross is on the arc, dotted otherwise, beside every box and within the picture."""
    layout = lay_out(CREATION_MACHINE)
    route = arc_route(layout, edge)
    at = middle(route.points[1:3])
    shapes = edge_shapes(route, EdgeStatus.VIOLATION)
    assert at in (to for shape in shapes[:2] for *_, to in shape.path)
    assert shapes[1].dashes
    assert not any(box.contains(at) for box in layout.boxes.values())
    seen = area(layout, [route])
    assert (seen.width, seen.height) == (layout.width, layout.height)


def test_no_two_steps_are_crossed_out_at_one_place():
    """A step there and one back, or two between other states, can be told apart."""
    layout = lay_out(CREATION_MACHINE)
    crosses = {middle(arc_route(layout, edge).points[1:3]) for edge in ILLEGAL}
    assert len(crosses) == len(ILLEGAL)


def test_the_picture_has_room_for_an_arc_beside_all_boxes():
    """Where an arc leaves the layout, the area of the picture has all of it."""
    layout = lay_out(machine_of({"a": "b", "b": "c", "c": ""}))
    route = arc_route(layout, ("c", "a"))
    assert all(area(layout, [route]).contains(point) for point in route.points)


def test_what_is_no_state_has_no_arc():
    """A state that the layout does not have cannot be drawn."""
    with pytest.raises(KeyError, match="nowhere"):
        arc_route(lay_out(CREATION_MACHINE), ("pending", "nowhere"))
