"""Tours: sessions that together take every legal transition, in as few steps as can be."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from exlab_gui.core.machine import Edge, StateMachine

_FAR = 1_000_000

StateHistory = tuple[str, ...]
"""The states of one session, from the initial one on."""


class _Leg(NamedTuple):
    """A further pass at the price of one, or against its direction one called back."""

    source: str
    target: str
    price: int


def tour(machine: StateMachine) -> list[StateHistory]:
    """Return walks, each a session from the initial state, that take every transition in reach.

    No tour takes fewer steps. It is the directed Chinese postman problem where a new session costs
    nothing. In any set of walks from the initial state, every other state is entered at least as
    often as it is left; a session ends there as often as it is entered more. The fewest passes
    that take each transition once and keep to this are a flow of least cost, which `_passes` finds
    exactly; and any such passes can be put together to sessions again (Euler), so that the flow's
    cost is the length of a shortest tour.
    """
    within = machine.reachable(machine.initial) | {machine.initial}
    passes = _passes(machine.initial, [edge for edge in machine.edges if edge[0] in within])
    ends = _surplus(passes)
    going: dict[str, list[tuple[str, bool]]] = {state: [] for state in machine.states}
    for (source, target), times in sorted(passes.items(), reverse=True):
        going[source] += [(target, True)] * times
    for state in machine.states:
        if state != machine.initial:
            # Last on the list is first taken: a session goes on as long as it can.
            going[state][:0] = [(machine.initial, False)] * ends[state]
    return _sessions(machine.initial, going)


def length(walks: list[StateHistory]) -> int:
    """Return how many steps the sessions of `walks` take together."""
    return sum(len(walk) - 1 for walk in walks)


def _surplus(passes: Mapping[Edge, int]) -> Counter[str]:
    """Return how much more often each state is entered than left."""
    surplus: Counter[str] = Counter()
    for (source, target), times in passes.items():
        surplus[target] += times
        surplus[source] -= times
    return surplus


def _passes(initial: str, edges: list[Edge]) -> dict[Edge, int]:
    """Return how often each transition is taken in a tour of the fewest steps.

    Each is taken once, and what is left more often than entered has to be entered again: from the
    initial state, where any number of sessions begin, or from a state in which a session would
    otherwise end. The cheapest way is taken each time, also by calling back passes that were
    added before (successive shortest paths), which makes the sum the least.
    """
    passes = dict.fromkeys(edges, 1)
    surplus = _surplus(passes)
    while any(count < 0 for state, count in surplus.items() if state != initial):
        starts = {initial} | {state for state, count in surplus.items() if count > 0}
        short = {state for state, count in surplus.items() if count < 0 and state != initial}
        way = _cheapest(starts, short, passes)
        surplus[way[0].source] -= 1
        for source, target, price in way:
            if price > 0:
                passes[source, target] += 1
            else:
                passes[target, source] -= 1
        surplus[way[-1].target] += 1
    return passes


def _cheapest(starts: set[str], goals: set[str], passes: Mapping[Edge, int]) -> list[_Leg]:
    """Return the cheapest way from one of `starts` to one of `goals` (Bellman and Ford).

    A further pass costs one. A pass beyond the first may be called back, against its direction,
    which saves one.
    """
    legs = [_Leg(source, target, 1) for source, target in passes]
    legs += [_Leg(b, a, -1) for (a, b), times in passes.items() if times > 1]
    cost = dict.fromkeys(starts, 0)
    came: dict[str, _Leg] = {}
    changed = True
    while changed:
        changed = False
        for leg in legs:
            if leg.source in cost and cost[leg.source] + leg.price < cost.get(leg.target, _FAR):
                cost[leg.target] = cost[leg.source] + leg.price
                came[leg.target] = leg
                changed = True
    at = min(goals, key=lambda goal: (cost.get(goal, _FAR), goal))
    way = []
    while at in came:
        way.append(came[at])
        at = came[at].source
    return way[::-1]


def _sessions(initial: str, going: dict[str, list[tuple[str, bool]]]) -> list[StateHistory]:
    """Return the closed trail through all that is `going`, cut where a session begins anew.

    `going` has the ways on from each state; False marks a restart (Hierholzer's way).
    """
    trail: list[tuple[str, bool]] = []
    stack = [(initial, False)]
    while stack:
        onward = going[stack[-1][0]]
        if onward:
            stack.append(onward.pop())
        else:
            trail.append(stack.pop())
    sessions: list[list[str]] = []
    for state, by_step in reversed(trail):
        if by_step:
            sessions[-1].append(state)
        else:
            sessions.append([state])
    return [tuple(states) for states in sessions if len(states) > 1]
