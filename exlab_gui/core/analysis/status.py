"""How each state and each transition stands to a session: what every drawing of it shows."""

from collections.abc import Mapping
from enum import StrEnum

from exlab_gui.core.analysis.visits import Known, Walk
from exlab_gui.core.machine import Edge, StateMachine

Doubts = Mapping[str | Edge, Known]
"""States and transitions that are not known from observation, and how they are known."""


class StateStatus(StrEnum):
    """How a state stands to the session, the first that holds."""

    CURRENT = "current"
    LEGAL = "legal"
    VISITED = "visited"
    IDLE = "idle"


class EdgeStatus(StrEnum):
    """How a transition stands to the session, the first that holds."""

    VIOLATION = "violation"
    LAST = "last"
    LEGAL = "legal"
    TAKEN = "taken"
    IDLE = "idle"


def state_status(walk: Walk, state: str, moment: int | None = None) -> StateStatus:
    """Return how `state` stands to the session at `moment` (None: now)."""
    current = walk.state(moment)
    if state == current:
        return StateStatus.CURRENT
    if walk.machine.allows(current, state):
        return StateStatus.LEGAL
    return StateStatus.VISITED if walk.visited(state, moment) else StateStatus.IDLE


def edge_status(walk: Walk, edge: Edge, moment: int | None = None) -> EdgeStatus:
    """Return how the transition `edge` stands to the session at `moment` (None: now).

    Where nobody saw how the session came from one state to another, it broke no rule.
    """
    known = walk.known(edge, moment)
    allowed = walk.machine.allows(*edge)
    if not allowed and known is not Known.UNOBSERVED:
        return EdgeStatus.VIOLATION if known else EdgeStatus.IDLE
    if edge == walk.last_edge(moment):
        return EdgeStatus.LAST
    if allowed and edge[0] == walk.state(moment):
        return EdgeStatus.LEGAL
    return EdgeStatus.TAKEN if known else EdgeStatus.IDLE


def doubts(walk: Walk, moment: int | None = None) -> Doubts:
    """Return which states and transitions of `moment` were not observed (None: now)."""
    drawn: list[str | Edge] = [*walk.machine.states, *walk.machine.edges]
    drawn += walk.off_table(moment)
    known = {what: walk.known(what, moment) for what in drawn}
    return {what: how for what, how in known.items() if how and how is not Known.OBSERVED}


def statuses_in(
    machine: StateMachine, state: str
) -> tuple[dict[str, StateStatus], dict[Edge, EdgeStatus]]:
    """Return how all states and transitions stand to a session in `state` without a past.

    What is not in the mappings is idle.
    """
    legal = machine.following(state)
    return (
        {state: StateStatus.CURRENT} | dict.fromkeys(legal, StateStatus.LEGAL),
        dict.fromkeys(((state, following) for following in legal), EdgeStatus.LEGAL),
    )
