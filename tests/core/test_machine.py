"""The machine as a value: everything that is asked of it follows from its table."""

import copy
import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exlab_gui.core import machine as machine_module
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.state_machine import VALID_TRANSITIONS, SessionState
from exlab_gui.core.transitions import origins, shortest_path
from tests.helpers import spec
from tests.helpers.strategies import machines


def machine_of(initial, **following):
    """Return a machine without phases; `following` gives the next states, parted by spaces."""
    table = {state: frozenset(after.split()) for state, after in following.items()}
    return StateMachine(initial, table, {})


def test_the_creation_machine_is_the_table():
    """The creation machine starts in pending and runs on `VALID_TRANSITIONS` itself."""
    assert CREATION_MACHINE.initial is SessionState.PENDING
    assert CREATION_MACHINE.table is VALID_TRANSITIONS
    assert CREATION_MACHINE.phases == spec.PHASES
    assert CREATION_MACHINE.states == spec.STATES


def test_the_creation_machines_parts():
    """Of the creation machine, done ends the spine; failed and aborted can strike anywhere."""
    assert CREATION_MACHINE.terminal == {"done", "failed", "aborted"}
    assert CREATION_MACHINE.exits == {"failed", "aborted"}
    assert CREATION_MACHINE.spine == ("pending", *spec.WAYS["done"])
    assert sorted(CREATION_MACHINE.edges) == sorted(spec.LEGAL)
    assert CREATION_MACHINE.forward("plugin_pass") == ("input_required", "cache_write")
    assert CREATION_MACHINE.preceding("plugin_pass") == ("rendering", "input_required")


@pytest.mark.parametrize("state", spec.STATES)
def test_what_entering_each_state_emits(state):
    """Entering a state emits the kind of envelope that the spec says, or none (§4.6.2)."""
    assert CREATION_MACHINE.emits(state) == spec.KINDS[state]
    assert CREATION_MACHINE.awaits_input(state) == (state == "input_required")
    assert CREATION_MACHINE.phase(state) == spec.PHASES[state]


@pytest.mark.parametrize(("current", "new_state"), spec.PAIRS)
def test_the_guard_of_the_creation_machine(current, new_state):
    """The machine's guard and `allows` agree with the spec, for all 121 pairs."""
    legal = new_state in spec.FOLLOWING[current]
    assert CREATION_MACHINE.allows(current, new_state) == legal
    if legal:
        assert CREATION_MACHINE.assert_transition(current, new_state) is None
    else:
        with pytest.raises(
            ValueError, match=f"illegal state transition {current!r} -> {new_state!r}"
        ):
            CREATION_MACHINE.assert_transition(current, new_state)


@pytest.mark.parametrize("state", spec.STATES)
def test_a_state_given_as_text_is_known_as_its_member(state):
    """Plain text that names a state stands for the table's own member."""
    assert CREATION_MACHINE.member(state) is SessionState(state)


def test_a_member_of_no_state():
    """There is no member for what is no state."""
    with pytest.raises(KeyError):
        CREATION_MACHINE.member("frozen")


@given(machines(self_loops=True))
def test_neighbours_are_those_of_the_table_in_its_order(machine):
    """Next states, states before, and edges are the table's, listed in the table's order."""
    pairs = [(a, b) for a in machine.states for b in machine.states if b in machine.table[a]]
    assert machine.edges == tuple(pairs)
    for state in machine.states:
        assert machine.following(state) == tuple(b for a, b in pairs if a == state)
        assert machine.preceding(state) == tuple(a for a, b in pairs if b == state)
        assert machine.forward(state) == tuple(
            b for a, b in pairs if a == state and b not in machine.exits
        )
    assert machine.terminal == {state for state in machine.states if not machine.following(state)}


@given(machines(self_loops=True))
def test_exits_can_strike_anywhere_and_are_never_all(machine):
    """The exits are the ends that follow every other state, unless no session ends otherwise."""
    going = set(machine.states) - machine.terminal
    struck = {end for end in machine.terminal if all(end in machine.table[s] for s in going)}
    ends = {end for end in machine.terminal if machine.path(machine.initial, end)}
    assert machine.exits == (struck if ends - struck else set())


@given(machines(self_loops=True))
def test_the_spine_is_the_way_to_the_farthest_regular_end(machine):
    """The spine is a shortest path from the initial state to the farthest end that is no exit."""
    ends = [end for end in machine.states if end in machine.terminal - machine.exits]
    ways = [way for end in ends if (way := shortest_path(machine.initial, end, machine.table))]
    assert machine.spine[0] == machine.initial
    if ways:
        assert machine.spine in ways
        assert len(machine.spine) == max(map(len, ways))
    else:
        assert machine.spine == (machine.initial,)


@pytest.mark.parametrize(
    ("machine", "exits", "spine"),
    [
        (machine_of("a", a=""), "", "a"),
        (machine_of("a", a="b", b="a"), "", "a"),
        (machine_of("a", a="b", b=""), "", "ab"),
        (machine_of("a", a="b c d", b="", c="", d=""), "", "ab"),
        (machine_of("a", a="b x", b="c x", c="", x=""), "x", "abc"),
        (machine_of("a", a="b x", b="a x", x=""), "", "ax"),
        (machine_of("a", a="b x", b="", x="", y=""), "", "ab"),
        (machine_of("a", a="", b="a"), "", "a"),
        (machine_of("a", b="c", a="b", c="d a", d=""), "", "abcd"),
    ],
    ids=[
        "one state",
        "no end",
        "one step",
        "all but one are ends",
        "one exit",
        "a cycle with one end",
        "an end that nothing leads to",
        "over at once",
        "a cycle on the way",
    ],
)
def test_the_parts_of_odd_machines(machine, exits, spine):
    """Exits and spine are what a reader would say, however odd the machine."""
    assert (machine.exits, machine.spine) == (set(exits), tuple(spine))


@given(machines(self_loops=True))
def test_paths_are_the_shortest(machine):
    """The machine's paths and reachable states are the table's."""
    for start in machine.states:
        reached = set()
        for goal in machine.states:
            assert machine.path(start, goal) == shortest_path(start, goal, machine.table)
            if machine.path(start, goal):
                reached.add(goal)
        assert machine.reachable(start) == reached


def test_a_path_is_searched_for_once(monkeypatch):
    """The paths from a state are looked for only the first time that one is asked for."""
    searches = []

    def search(*question):
        searches.append(question)
        return origins(*question)

    monkeypatch.setattr(machine_module, "origins", search)
    machine = machine_of("a", a="b", b="")
    for _ in range(3):
        assert machine.path("a", "b") == ("a", "b")
        assert machine.path("b", "a") is None
    assert len(searches) == 2


@given(machines(), st.text())
def test_what_is_no_state_leads_nowhere(machine, state):
    """An unknown state has no neighbours, no path, no phase, and emits nothing."""
    known = machine.initial
    assume(state not in (*machine.states, "failed"))
    assert machine.following(state) == machine.forward(state) == machine.preceding(state) == ()
    assert not machine.allows(known, state)
    assert not machine.allows(state, known)
    assert machine.path(known, state) is machine.path(state, known) is None
    assert machine.reachable(state) == set()
    assert machine.phase(state) is machine.emits(state) is None
    assert not machine.awaits_input(state)


@pytest.mark.parametrize(
    ("initial", "table", "unknown"),
    [
        ("x", {"a": frozenset()}, "x"),
        ("a", {"a": frozenset("yzxwv")}, "v, w, x, y, z"),
        ("a", {}, "a"),
    ],
)
def test_a_table_has_a_key_for_every_state(initial, table, unknown):
    """A machine whose table lacks a state that it names is refused, and the state is named."""
    with pytest.raises(ValueError, match=f"^not in the table of states: {unknown}$"):
        StateMachine(initial, table, {})


@given(machines())
def test_equal_machines_are_interchangeable(machine):
    """Machines of the same states, order, table and phases are equal, with the same hash."""
    for same in (
        copy.copy(machine),
        pickle.loads(pickle.dumps(machine)),
        StateMachine(machine.initial, dict(machine.table), {**machine.phases, "elsewhere": None}),
    ):
        assert same == machine
        assert hash(same) == hash(machine)


@given(machines())
def test_another_machine_is_not_equal(machine):
    """Another initial state, order, table or phase makes another machine."""
    first = machine.states[0]
    others = [
        StateMachine(machine.initial, {**machine.table, "z": frozenset()}, machine.phases),
        StateMachine(machine.initial, machine.table, {**machine.phases, first: "another"}),
        *(StateMachine(s, machine.table, machine.phases) for s in machine.states),
    ]
    if len(machine.states) > 1:
        backwards = dict(reversed(machine.table.items()))
        others.append(StateMachine(machine.initial, backwards, machine.phases))
    assert [other for other in others if other == machine] == [machine]
    assert machine != machine.table


def test_a_machine_can_not_be_changed():
    """A machine's parts can not be replaced."""
    with pytest.raises(AttributeError):
        CREATION_MACHINE.initial = "done"
