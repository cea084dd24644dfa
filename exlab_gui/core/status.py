"""How each state and each transition stands to a session: what every drawing of it shows."""

from enum import StrEnum

from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.walk import Walk


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
    """Return how the transition `edge` stands to the session at `moment` (None: now)."""
    if not walk.machine.allows(*edge):
        return EdgeStatus.VIOLATION if walk.taken(edge, moment) else EdgeStatus.IDLE
    if edge == walk.last_edge(moment):
        return EdgeStatus.LAST
    if edge[0] == walk.state(moment):
        return EdgeStatus.LEGAL
    return EdgeStatus.TAKEN if walk.taken(edge, moment) else EdgeStatus.IDLE


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
