"""In which order the states of each row stand, and what transitions pass them by."""

from collections import Counter

from hypothesis import given

from exlab_gui.core.layout.order import Corridor, ordered
from exlab_gui.core.layout.ranks import ranks
from exlab_gui.core.machine import CREATION_MACHINE
from tests.helpers.drawings import drawn_machines, machine_of
from tests.helpers.strategies import machines


@given(drawn_machines() | machines(self_loops=True))
def test_a_chain_goes_from_row_to_row(machine):
    """A transition has a corridor in every row between those of its states, and only there."""
    rows = ordered(machine)
    rank = ranks(machine)
    for (source, target), chain in rows.chains.items():
        assert (chain[0], chain[-1]) == (source, target)
        low, high = sorted((rank[source], rank[target]))
        assert [item.rank for item in chain[1:-1]] in (
            list(range(low + 1, high)),
            list(range(high - 1, low, -1)),
        )


@given(drawn_machines() | machines(self_loops=True))
def test_every_item_has_one_place(machine):
    """Each state but the exits stands in the row of its rank, each corridor in that of its own."""
    rows = ordered(machine)
    wanted = Counter((state, rank) for state, rank in ranks(machine).items())
    wanted.update(
        (item, item.rank)
        for chain in rows.chains.values()
        for item in chain
        if isinstance(item, Corridor)
    )
    assert wanted == Counter((item, rank) for rank, row in enumerate(rows.rows) for item in row)


def test_a_loop_stands_left_of_its_host():
    """What loops is next to its host, on the side away from the exits."""
    row = ordered(CREATION_MACHINE).rows[3]
    assert row == ["input_required", "plugin_pass"]


def test_lines_that_need_not_cross_do_not():
    """Two pairs that a table names crosswise are put in the order in which they do not cross."""
    machine = machine_of({"a": "b c d", "b": "z", "c": "y", "d": "x", "x": "", "y": "", "z": ""})
    above, below = ordered(machine).rows[1:]
    assert [machine.following(state)[0] for state in above] == below


def test_what_stands_beside_the_spine_is_on_both_sides():
    """Two states that are equally near to the spine are left and right of it."""
    rows = ordered(machine_of({"a": "b c d", "b": "e", "c": "e", "d": "e", "e": ""}))
    assert rows.rows[1] == ["c", "b", "d"]
