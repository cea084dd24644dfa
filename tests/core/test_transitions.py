"""Questions to a table, each against an answer that is searched for without any cunning."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.transitions import (
    assert_forward_transition,
    count_shortest_paths,
    reachable,
    shortest_path,
)
from tests.helpers.strategies import machines

TABLE = {
    "draft": frozenset({"review"}),
    "review": frozenset({"draft", "published", "binned"}),
    "published": frozenset(),
    "binned": frozenset(),
}


def all_shortest_paths(start, goal, table):
    """Return every path of the fewest steps, by trying every walk of one more step at a time."""
    walks = [(start,)]
    for _ in table:
        walks = [(*walk, state) for walk in walks for state in table if state in table[walk[-1]]]
        # Of the walks that end in one state only the shortest matter: no later one is shorter.
        found = [walk for walk in walks if walk[-1] == goal]
        if found:
            return found
        walks = [walk for walk in walks if len(set(walk[1:])) == len(walk) - 1]
    return []


@st.composite
def questions(draw):
    """Return a table, and two of its states."""
    machine = draw(machines(self_loops=True))
    states = st.sampled_from(machine.states)
    return machine.table, draw(states), draw(states)


def test_a_legal_move_passes():
    """The guard returns None for a move that the table has."""
    assert assert_forward_transition("draft", "review", TABLE) is None


def test_the_refusal_names_what_is_allowed_sorted():
    """The message of a refusal names both states and the allowed ones, in order of the alphabet."""
    with pytest.raises(
        ValueError,
        match=r"^illegal state transition 'review' -> 'review' "
        r"\(allowed: \['binned', 'draft', 'published'\]\)$",
    ):
        assert_forward_transition("review", "review", TABLE)


def test_the_refusal_of_a_terminal_state_says_so():
    """If nothing is allowed, the message says ``[terminal]``."""
    with pytest.raises(
        ValueError,
        match=r"^illegal state transition 'binned' -> 'draft' \(allowed: \[terminal\]\)$",
    ):
        assert_forward_transition("binned", "draft", TABLE)


def test_a_state_that_the_table_does_not_know_goes_nowhere():
    """From what is no key of the table, every move is refused with ValueError alone."""
    with pytest.raises(ValueError, match=r"^unknown source state 'lost'$") as refusal:
        assert_forward_transition("lost", "draft", TABLE)
    assert refusal.value.__suppress_context__


@given(questions())
def test_the_guard_agrees_with_the_table(question):
    """The guard raises exactly where the table has no such edge."""
    table, current, new_state = question
    if new_state in table[current]:
        assert assert_forward_transition(current, new_state, table) is None
    else:
        with pytest.raises(ValueError, match="illegal state transition"):
            assert_forward_transition(current, new_state, table)


@given(questions())
def test_the_shortest_path_is_the_first_of_the_shortest(question):
    """Of all the shortest paths, the one is given whose states come first in the table."""
    table, start, goal = question
    rank = list(table).index
    expected = min(
        all_shortest_paths(start, goal, table), key=lambda path: [*map(rank, path)], default=None
    )
    assert shortest_path(start, goal, table) == expected


@given(questions())
def test_every_step_of_a_path_is_legal(question):
    """A path leads from its start to its goal by moves that the guard lets pass."""
    table, start, goal = question
    path = shortest_path(start, goal, table)
    if path is not None:
        assert (path[0], path[-1]) == (start, goal)
        assert len(path) > 1
        for current, new_state in pairwise(path):
            assert_forward_transition(current, new_state, table)


@given(questions())
def test_the_shortest_paths_are_counted(question):
    """The count of the shortest paths is that of a search through all of them."""
    table, start, goal = question
    assert count_shortest_paths(start, goal, table) == len(all_shortest_paths(start, goal, table))


@given(questions())
def test_a_state_is_reachable_where_a_path_leads_there(question):
    """Exactly the states are reachable that some path leads to; the start only by a round trip."""
    table, start, _ = question
    assert reachable(start, table) == {
        state for state in table if all_shortest_paths(start, state, table)
    }


@given(machines())
def test_a_state_that_the_table_does_not_know_leads_nowhere(machine):
    """To and from what is no key of the table there is no path, and nothing is reachable."""
    known = machine.initial
    for start, goal in (("lost", known), (known, "lost"), ("lost", "lost")):
        assert shortest_path(start, goal, machine.table) is None
        assert count_shortest_paths(start, goal, machine.table) == 0
    assert reachable("lost", machine.table) == frozenset()
