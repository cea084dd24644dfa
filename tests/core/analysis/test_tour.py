"""Tours take every transition, and no tour takes fewer steps."""

from itertools import count, pairwise

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.tour import Walk, tour
from exlab_gui.core.machine import CREATION_MACHINE, Edge, StateMachine
from tests.helpers.strategies import machines


def within_reach(machine: StateMachine) -> frozenset[Edge]:
    """Return the transitions that a session can take."""
    reached = machine.reachable(machine.initial) | {machine.initial}
    return frozenset(edge for edge in machine.edges if edge[0] in reached)


def fewest_steps(machine: StateMachine) -> int:
    """Return the length of a shortest tour, from trying all that can be done.

    Only where a session stands and what was taken counts; to begin anew is no step.
    """
    wanted = within_reach(machine)
    here = seen = {(machine.initial, frozenset[Edge]())}
    for steps in count():
        if any(taken == wanted for _, taken in here):
            return steps
        here = {
            (target, taken | {(state, target)})
            for at, taken in here
            for state in {at, machine.initial}
            for target in machine.following(state)
        } - seen
        seen = seen | here
    raise AssertionError


def least_flow(machine: StateMachine) -> int:
    """Return the length of a shortest tour, by another algorithm than that of the product.

    What each state lacks, or has too much of, is the demand of a flow of least cost in which a
    restart costs nothing.
    """
    edges = within_reach(machine)
    graph = networkx.MultiDiGraph()
    for source, target in edges:
        graph.add_edge(source, target, weight=1)
        graph.add_edge(target, machine.initial, weight=0)
    for state in graph:
        lacks = sum(a == state for a, _ in edges) - sum(b == state for _, b in edges)
        graph.nodes[state]["demand"] = lacks
    return len(edges) + int(networkx.capacity_scaling(graph)[0])


def random_machine(states: int, edges: int, seed: int) -> StateMachine:
    """Return a machine of that size, the same one for the same `seed`."""
    graph = networkx.gnm_random_graph(states, edges, seed=seed, directed=True)
    table = {f"s{n}": frozenset(f"s{m}" for m in graph.successors(n)) for n in graph}
    return StateMachine("s0", table, dict.fromkeys(table))


def length(walks: list[Walk]) -> int:
    """Return how many steps the sessions of `walks` take together."""
    return sum(len(walk) - 1 for walk in walks)


def assert_is_a_tour(machine: StateMachine, steps: int) -> None:
    walks = tour(machine)
    assert {edge for walk in walks for edge in pairwise(walk)} == within_reach(machine)
    assert all(walk[0] == machine.initial for walk in walks)
    assert length(walks) == steps


def test_a_tour_of_the_creation_machine() -> None:
    """All 25 transitions are taken, in 17 sessions, by 75 steps."""
    assert_is_a_tour(CREATION_MACHINE, 75)
    assert len(tour(CREATION_MACHINE)) == 17


@given(machines(self_loops=True))
def test_a_tour_of_any_small_machine_is_a_shortest_one(machine: StateMachine) -> None:
    """However odd it is: without an end, with states that nothing leads to, a single state."""
    assert_is_a_tour(machine, least_flow(machine))


@pytest.mark.parametrize("seed", range(100))
def test_no_other_sessions_take_every_transition_in_fewer_steps(seed: int) -> None:
    """Of a machine with few transitions every other way to take them can be tried."""
    machine = random_machine(2 + seed % 5, seed % 11, seed)
    assert_is_a_tour(machine, fewest_steps(machine))


@pytest.mark.parametrize("seed", range(100))
def test_a_tour_of_a_random_machine_is_a_shortest_one(seed: int) -> None:
    """Its length is the optimum of the Chinese postman problem with restarts."""
    machine = random_machine(5 + seed % 40, 10 + 2 * seed, seed)
    assert_is_a_tour(machine, least_flow(machine))


@given(st.integers(0, 5))
def test_a_tour_is_always_the_same(seed: int) -> None:
    """Who shows it twice shows the same."""
    machine = random_machine(12, 30, seed)
    assert tour(machine) == tour(machine)
