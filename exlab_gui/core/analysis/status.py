"""The status of each state and each transition, which every drawing shows, and the question."""

from collections.abc import Mapping
from enum import StrEnum

from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.meaning import Meaning, state_meaning
from exlab_gui.core.protocol.envelopes import UNKNOWN_QUESTION, InputRequiredEnvelope

Uncertain = Mapping[str | Edge, Certainty]
"""States and transitions that were not observed, and how they are known."""


class StateStatus(StrEnum):
    """The status of a state: the first that holds."""

    CURRENT = "current"
    LEGAL = "legal"
    VISITED = "visited"
    IDLE = "idle"


class EdgeStatus(StrEnum):
    """The status of a transition: the first that holds."""

    VIOLATION = "violation"
    LAST = "last"
    LEGAL = "legal"
    TAKEN = "taken"
    IDLE = "idle"


def session_meaning(visits: StateHistory, position: int | None = None) -> Meaning | None:
    """Return what the state of `position` (None: now) means, or None if it is only a step.

    A plugin that failed does not fail its session, but then success is flawed.
    """
    meaning = state_meaning(visits.machine, visits.state(position))
    explained = visits.explanation(position) if meaning == "success" else None
    return "flawed" if explained is not None and explained.failures else meaning


def state_status(visits: StateHistory, state: str, position: int | None = None) -> StateStatus:
    """Return the status of `state` at `position` (None: now)."""
    current = visits.state(position)
    if state == current:
        return StateStatus.CURRENT
    if visits.machine.allows(current, state):
        return StateStatus.LEGAL
    return StateStatus.VISITED if visits.visited(state, position) else StateStatus.IDLE


def edge_status(visits: StateHistory, edge: Edge, position: int | None = None) -> EdgeStatus:
    """Return the status of `edge` at `position` (None: now).

    A transition that nobody observed is no violation.
    """
    known = visits.known(edge, position)
    allowed = visits.machine.allows(*edge)
    if not allowed and known is not Certainty.UNOBSERVED:
        return EdgeStatus.VIOLATION if known else EdgeStatus.IDLE
    if known and edge == visits.last_edge(position):
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
    """Return the status of all states and transitions for a session in `state` without a past.

    Those that are not in the mappings are idle.
    """
    legal = machine.following(state)
    return (
        {state: StateStatus.CURRENT} | dict.fromkeys(legal, StateStatus.LEGAL),
        dict.fromkeys(((state, following) for following in legal), EdgeStatus.LEGAL),
    )


def pending_question(
    visits: StateHistory, position: int | None = None
) -> InputRequiredEnvelope | None:
    """Return the question to answer at `position` (None: now); an unknown one has no fields."""
    asked = visits.entered(position).envelope
    if isinstance(asked, InputRequiredEnvelope):
        return asked
    return UNKNOWN_QUESTION if visits.machine.awaits_input(visits.state(position)) else None
