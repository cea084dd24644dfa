"""On which side of its boxes a transition ends, and where there."""

from itertools import combinations

import pytest
from hypothesis import given

from exlab_gui.core.layout.columns import PITCH, columns
from exlab_gui.core.layout.order import Corridor, ordered
from exlab_gui.core.layout.ports import (
    PORT_MARGIN,
    End,
    Side,
    by_box,
    height_for,
    ports,
    side_ports,
    sides,
    width_for,
)
from exlab_gui.core.machine import CREATION_MACHINE
from tests.helpers.drawings import drawn_machines, machine_of


def test_an_end_is_not_a_corridor():
    """One end of a transition and its corridor in a row are told apart, also as keys."""
    edge = ("a", "b")
    assert len({End(edge, True), Corridor(edge, 1)}) == 2


@pytest.mark.parametrize(
    ("edge", "leaving", "coming"),
    [
        (("rendering", "plugin_pass"), Side.BOTTOM, Side.TOP),
        (("plugin_pass", "input_required"), Side.LEFT, Side.RIGHT),
        (("input_required", "plugin_pass"), Side.RIGHT, Side.LEFT),
        (("rendering", "failed"), Side.RIGHT, None),
        (("input_required", "failed"), Side.BOTTOM, None),
    ],
)
def test_a_line_leaves_on_the_side_of_where_it_goes(edge, leaving, coming):
    """Down the rows, straight to what is next to it, and out to the right unless a box is there."""
    ends = sides(CREATION_MACHINE, ordered(CREATION_MACHINE))
    assert ends[End(edge, True)] is leaving
    assert ends.get(End(edge, False)) is coming


def test_a_way_back_goes_up():
    """A transition to an earlier row leaves at the top and comes from below."""
    machine = machine_of({"a": "b", "b": "c", "c": "a d", "d": ""})
    ends = sides(machine, ordered(machine))
    assert ends[End(("c", "a"), True)] is Side.TOP
    assert ends[End(("c", "a"), False)] is Side.BOTTOM


@given(drawn_machines())
def test_ports_are_on_their_boxes_and_apart(machine):
    """In boxes that are as wide as they must be, the ports of a side keep their distance."""
    rows = ordered(machine)
    ends = sides(machine, rows)
    inner = [state for state in machine.states if state not in machine.exits]
    widths = {state: max(width_for(ends, state), PITCH) for state in inner}
    x = columns(rows, widths)
    found = ports(rows, ends, x, widths)
    for (state, side), group in by_box(ends).items():
        if side in (Side.TOP, Side.BOTTOM):
            for end in group:
                assert abs(found[end] - x[state]) <= widths[state] / 2 - PORT_MARGIN
            for a, b in combinations(group, 2):
                assert abs(found[a] - found[b]) >= PITCH / 2


def test_ports_are_in_the_order_of_where_they_lead_to():
    """Lines from one side of a box do not cross each other for nothing."""
    machine = machine_of({"a": "b c d e", "b": "", "c": "", "d": "", "e": ""})
    rows = ordered(machine)
    ends = sides(machine, rows)
    widths = dict.fromkeys("abcde", 200.0)
    x = columns(rows, widths)
    found = ports(rows, ends, x, widths)
    leaving = sorted("bcde", key=lambda state: found[End(("a", state), True)])
    assert leaving == sorted("bcde", key=lambda state: x[state])


def test_the_ports_at_a_side_are_about_its_middle():
    """Two lines to the exits leave as far above the middle as below, within the box."""
    ends = sides(CREATION_MACHINE, ordered(CREATION_MACHINE))
    found = side_ports(ends)
    first, second = (found[End(("pending", exit_), True)] for exit_ in ("failed", "aborted"))
    assert first == -second < 0
    assert second - first + 2 * PORT_MARGIN <= height_for(ends)
