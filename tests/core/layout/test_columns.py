"""The x of what stands in a row."""

from itertools import pairwise

from hypothesis import given

from exlab_gui.core.layout.columns import BOX_GAP, CORRIDOR_LINE, PITCH, columns
from exlab_gui.core.layout.geometry import GRID
from exlab_gui.core.layout.order import Corridor, ordered
from tests.helpers.drawings import drawn_machines, machine_of
from tests.helpers.strategies import machines

WIDTH = 8 * GRID


def placed(machine):
    """Return the rows of `machine` and the x of their items, with boxes of the same width."""
    rows = ordered(machine)
    return rows, columns(rows, dict.fromkeys(machine.states, WIDTH))


@given(drawn_machines() | machines(self_loops=True))
def test_the_order_is_kept_and_so_is_the_space(machine):
    """Neighbours stand in their row's order, boxes with a gap, lines clear of boxes."""
    rows, x = placed(machine)
    for row in rows.rows:
        for a, b in pairwise(row):
            boxes = isinstance(a, str) + isinstance(b, str)
            least = {2: WIDTH + BOX_GAP, 1: WIDTH / 2 + 2 * GRID, 0: PITCH}[boxes]
            assert x[b] - x[a] >= least


@given(drawn_machines() | machines(self_loops=True))
def test_everything_is_on_its_lines(machine):
    """Boxes stand on the grid, corridors on lines that nothing else has, the spine at zero."""
    rows, x = placed(machine)
    for item, at in x.items():
        if isinstance(item, Corridor):
            assert at % PITCH == CORRIDOR_LINE
        else:
            assert at % GRID == 0
    assert all(x[state] == 0 for state in rows.spine)


@given(drawn_machines() | machines(self_loops=True))
def test_no_corridor_continues_another_transitions(machine):
    """In neighbouring rows, only corridors of the same transition have the same x."""
    rows, x = placed(machine)
    for above, below in pairwise(rows.rows):
        for a in above:
            for b in below:
                if isinstance(a, Corridor) and isinstance(b, Corridor) and x[a] == x[b]:
                    assert a.edge == b.edge


def test_a_chain_beside_the_spine_goes_straight_down():
    """States that are joined only to the ones above and below stand below each other."""
    table = {"a": "b p", "b": "c", "c": "d", "d": "", "p": "q", "q": "r", "r": ""}
    rows, x = placed(machine_of(table))
    assert rows.spine == ("a", "b", "c", "d")
    assert x["p"] == x["q"] == x["r"] != 0


def test_a_long_way_back_is_straight_where_nothing_is_in_its_way():
    """The corridors of one transition have the same x in all rows."""
    _, x = placed(machine_of({"a": "b", "b": "c", "c": "d", "d": "e a", "e": ""}))
    assert len({at for item, at in x.items() if isinstance(item, Corridor)}) == 1


@given(drawn_machines() | machines(self_loops=True))
def test_what_loops_stands_next_to_its_host(machine):
    """Wherever the host stands, its loop is at its left with nothing but a gap in between."""
    rows, x = placed(machine)
    for state, host in rows.beside.items():
        assert x[host] - x[state] == WIDTH + BOX_GAP
