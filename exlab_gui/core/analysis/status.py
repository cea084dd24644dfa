"""How each state and each transition stands to a session: what every drawing of it shows."""

from collections.abc import Mapping
from enum import StrEnum

from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.machine import Edge, StateMachine

Uncertain = Mapping[str | Edge, Certainty]
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


def state_status(visits: StateHistory, state: str, position: int | None = None) -> StateStatus:
    """Return how `state` stands to the session at `position` (None: now)."""
    current = visits.state(position)
    if state == current:
        return StateStatus.CURRENT
    if visits.machine.allows(current, state):
        return StateStatus.LEGAL
    return StateStatus.VISITED if visits.visited(state, position) else StateStatus.IDLE


def edge_status(visits: StateHistory, edge: Edge, position: int | None = None) -> EdgeStatus:
    """Return how the transition `edge` stands to the session at `position` (None: now).

    Where nobody saw how the session came from one state to another, it broke no rule.
    """
    known = visits.known(edge, position)
    allowed = visits.machine.allows(*edge)
    if not allowed and known is not Certainty.UNOBSERVED:
        return EdgeStatus.VIOLATION if known else EdgeStatus.IDLE
    if edge == visits.last_edge(position):
        return EdgeStatus.LAST
    if allowed and edge[0] == visits.state(position):
        return EdgeStatus.LEGAL
    return EdgeStatus.TAKEN if known else EdgeStatus.IDLE


def uncertain(visits: StateHistory, position: int | None = None) -> Uncertain:
    """Return which states and transitions of `position` were not observed (None: now)."""
    drawn: list[str | Edge] = [*visits.machine.states, *visits.machine.edges]
    drawn += visits.off_table(position)
    known = {what: visits.known(what, position) for what in drawn}
    return {what: how for what, how in known.items() if how and how is not Certainty.OBSERVED}


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
