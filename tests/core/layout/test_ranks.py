"""Which states stand side by side, and which below which."""

from itertools import pairwise

from hypothesis import example, given

from exlab_gui.core.layout.ranks import loops, main_line, ranks
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from tests.helpers.drawings import ODD, drawn_machines
from tests.helpers.strategies import machines


@given(drawn_machines() | machines(self_loops=True))
def test_the_main_line_has_one_state_in_each_of_the_first_ranks(machine):
    """The states of the line stand one below the other, each legally after the one above."""
    rank = ranks(machine)
    line = main_line(machine)
    assert [rank[state] for state in line] == list(range(len(line)))
    assert all(machine.allows(*step) for step in pairwise(line))
    assert len(machine.spine) == 1 or line == machine.spine


@given(drawn_machines() | machines(self_loops=True))
def test_every_rank_down_to_the_last_has_a_state(machine):
    """All states but the exits have a rank, and no row would be empty."""
    rank = ranks(machine)
    assert rank.keys() == set(machine.states) - machine.exits
    assert set(rank.values()) == set(range(max(rank.values()) + 1))


@given(drawn_machines() | machines(self_loops=True))
def test_no_forward_step_from_what_is_reached_skips_a_rank(machine):
    """What the initial state leads to is at most one rank below each state before it."""
    rank = ranks(machine)
    reached = {machine.initial, *machine.reachable(machine.initial)} - machine.exits
    for source, target in machine.edges:
        if source in reached and target in rank:
            assert rank[target] <= rank[source] + 1


def test_a_loop_has_its_hosts_rank():
    """A state from which the only way is back stands beside the state before it."""
    assert loops(CREATION_MACHINE) == {"input_required": "plugin_pass"}
    rank = ranks(CREATION_MACHINE)
    assert rank["input_required"] == rank["plugin_pass"]


def test_a_host_has_one_loop():
    """Of two states that loop with the same one, the second is an ordinary one below it."""
    machine = ODD["two loops"]
    assert loops(machine) == {"x": "b"}
    assert ranks(machine) == {"a": 0, "b": 1, "x": 1, "y": 2, "c": 2}


def test_where_nothing_ends_the_main_line_leads_farthest():
    """A machine that only goes round is drawn along its longest way."""
    assert main_line(ODD["no end"]) == ("a", "b", "c", "d")
    assert main_line(ODD["two states"]) == ("a",)


@given(machines(self_loops=True))
@example(StateMachine("b", {"a": frozenset("c"), "b": frozenset(), "c": frozenset("a")}, {}))
def test_what_cannot_be_reached_stands_below(machine):
    """No row has both states that can be reached and others, nor is one empty."""
    found = ranks(machine)
    assert {*found.values()} == {*range(max(found.values()) + 1)}
    lost = [row for state, row in found.items() if state in machine.unreachable]
    others = [row for state, row in found.items() if state not in machine.unreachable]
    assert not lost or max(others) < min(lost)
