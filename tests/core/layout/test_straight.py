"""Lines that are nearly straight are made so."""

from hypothesis import given

from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.columns import PITCH, columns
from exlab_gui.core.layout.order import ordered
from exlab_gui.core.layout.ports import Side, by_box, ports, sides, width_for
from exlab_gui.core.layout.straight import straightened
from tests.helpers.drawings import drawn_machines, machine_of


def test_a_chain_beside_the_spine_is_straight():
    """A line between two states that stand below each other has no bend."""
    layout = lay_out(machine_of({"a": "b p", "b": "c", "c": "", "p": "q", "q": "r", "r": "p"}))
    assert len(layout.routes["p", "q"].points) == 2
    assert len(layout.routes["q", "r"].points) == 2


def test_there_and_back_are_two_parallel_lines():
    """Between neighbouring rows, the way back runs beside the way there."""
    layout = lay_out(machine_of({"a": "b", "b": "a c", "c": ""}))
    there, back = layout.routes["a", "b"].points, layout.routes["b", "a"].points
    assert len(there) == len(back) == 2
    assert there[0].x != back[0].x


def test_a_lonely_port_is_in_the_middle():
    """A line that must bend leaves from the middle of its side, if nothing else does."""
    layout = lay_out(machine_of({"a": "b p q", "b": "", "p": "", "q": ""}))
    for state in ("p", "q"):
        assert layout.routes["a", state].points[-1].x == layout.boxes[state].centre.x


@given(drawn_machines())
def test_no_port_is_moved_past_another(machine):
    """What is made straight crosses no line that it did not cross before it left its box."""
    rows = ordered(machine)
    ends = sides(machine, rows)
    inner = [state for state in machine.states if state not in machine.exits]
    widths = {state: max(width_for(ends, state), PITCH) for state in inner}
    x = columns(rows, widths)
    before = ports(rows, ends, x, widths)
    after = straightened(rows, ends, before, x, widths)
    for (_, side), group in by_box(ends).items():
        if side in (Side.TOP, Side.BOTTOM):
            assert sorted(group, key=after.__getitem__) == sorted(group, key=before.__getitem__)
