"""Lines that are nearly straight are made so."""

from exlab_gui.core.layout import lay_out
from tests.drawings import machine_of


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
