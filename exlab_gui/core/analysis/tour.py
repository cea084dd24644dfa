"""Tours: sessions that together take every legal transition, in the fewest steps."""

from exlab_gui.core.machine import StateMachine

Walk = tuple[str, ...]
"""The states of one session, from the initial one on."""


def tour(machine: StateMachine) -> list[Walk]:
    """Return walks from the initial state that take every reachable transition in the fewest steps.

    This is the directed Chinese postman problem, in which the restart of a session costs nothing:
    a flow of least cost says which steps to repeat and where to restart, so that each state is left
    as often as it is entered; a closed trail (Euler) is then cut at the restarts.
    """
    import networkx as nx  # not earlier: the import takes a quarter of a second

    initial = machine.initial
    reached = machine.reachable(initial) | {initial}
    within = [state for state in machine.states if state in reached]
    steps = [(state, target) for state in within for target in machine.following(state)]
    if not steps:
        return []
    needs = nx.DiGraph()
    for state in within:
        entered = sum(target == state for _, target in steps)
        needs.add_node(state, demand=len(machine.following(state)) - entered)
        if state != initial:
            needs.add_edge(state, initial, weight=0)
    needs.add_edges_from((step for step in steps if step[1] != initial), weight=1)
    flow = nx.min_cost_flow(needs)

    trail = nx.MultiDiGraph()
    for state, target in steps:
        repeats = flow[state].get(target, 0) if target != initial else 0
        trail.add_edges_from([(state, target, {"restart": False})] * (1 + repeats))
    for state in within:
        trail.add_edges_from([(state, initial, {"restart": True})] * flow[state].get(initial, 0))
    walks = [[initial]]
    for state, target, key in nx.eulerian_circuit(trail, initial, keys=True):
        if trail.edges[state, target, key]["restart"]:
            walks.append([initial])
        else:
            walks[-1].append(target)
    return [tuple(walk) for walk in walks if len(walk) > 1]
