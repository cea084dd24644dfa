"""Tours take every transition, and no tour takes fewer steps."""

from itertools import pairwise

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.tour import length, tour
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from tests.helpers.strategies import machines


def fewest_steps(machine: StateMachine) -> int:
    """Return the length of a shortest tour, as another program finds it.

    What each state lacks, or has too much of, is the demand of a flow of least cost in which a
    restart costs nothing.
    """
    within = machine.reachable(machine.initial) | {machine.initial}
    edges = [edge for edge in machine.edges if edge[0] in within]
    if not edges:
        return 0
    graph = networkx.DiGraph()
    for state in within:
        lacks = sum(a == state for a, _ in edges) - sum(b == state for _, b in edges)
        graph.add_node(state, demand=lacks)
        if state != machine.initial:
            graph.add_edge(state, machine.initial, weight=0)
    for source, target in edges:
        if target != machine.initial:
            graph.add_edge(source, target, weight=1)
    return len(edges) + int(networkx.min_cost_flow_cost(graph))


def random_machine(states: int, edges: int, seed: int) -> StateMachine:
    """Return a machine of that size, the same one for the same `seed`."""
    graph = networkx.gnm_random_graph(states, edges, seed=seed, directed=True)
    table = {f"s{n}": frozenset(f"s{m}" for m in graph.successors(n)) for n in graph}
    return StateMachine("s0", table, dict.fromkeys(table))


def assert_is_a_shortest_tour(machine: StateMachine) -> None:
    walks = tour(machine)
    within = machine.reachable(machine.initial) | {machine.initial}
    taken = {edge for walk in walks for edge in pairwise(walk)}
    assert taken == {edge for edge in machine.edges if edge[0] in within}
    assert all(walk[0] == machine.initial for walk in walks)
    assert length(walks) == fewest_steps(machine)


def test_a_tour_of_the_creation_machine() -> None:
    """All 25 transitions are taken, in sixteen sessions or fewer, by 75 steps."""
    assert_is_a_shortest_tour(CREATION_MACHINE)
    assert length(tour(CREATION_MACHINE)) == 75


@given(machines())
def test_a_tour_of_any_small_machine_is_a_shortest_one(machine: StateMachine) -> None:
    """However odd it is: without an end, with states that nothing leads to, a single state."""
    assert_is_a_shortest_tour(machine)


@pytest.mark.parametrize("seed", range(100))
def test_a_tour_of_a_random_machine_is_a_shortest_one(seed: int) -> None:
    """Its length is the optimum of the Chinese postman problem with restarts."""
    assert_is_a_shortest_tour(random_machine(5 + seed % 40, 10 + 2 * seed, seed))


@given(st.integers(0, 5))
def test_a_tour_is_always_the_same(seed: int) -> None:
    """Who shows it twice shows the same."""
    machine = random_machine(12, 30, seed)
    assert tour(machine) == tour(machine)
