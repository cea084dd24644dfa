"""One observation of a session's state."""

from typing import NamedTuple

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Cancelled, Cause, Reported
from exlab_gui.sources.live.responses import Snapshot


class Observation(NamedTuple):
    """An observed state, with the question asked there or the cause of the end.

    `wire`: the question as it came, if that says more.
    """

    state: str
    question: InputRequiredEnvelope | None = None
    end: Cause | None = None
    wire: bytes | None = None


def observe(machine: StateMachine, snapshot: Snapshot) -> Observation:
    """Return the observation in `snapshot`.

    A question counts only in a state that waits for input, an error or result only in a terminal
    one: snapshots keep an old question, and an aborted one has its error under either name, or
    under both.
    """
    state = snapshot.state
    if machine.awaits_input(state):
        return Observation(state, question=snapshot.pending_input, wire=snapshot.wire)
    if state not in machine.terminal:
        return Observation(state)
    if state in machine.exits:
        if snapshot.discard_files is not None:
            return Observation(state, end=Cancelled(snapshot.discard_files))
        return Observation(state, end=Reported(error=snapshot.error) if snapshot.error else None)
    return Observation(state, end=Reported(result=snapshot.result) if snapshot.result else None)


def needs_snapshot(machine: StateMachine, state: str) -> bool:
    """Return whether a snapshot has more than the list: a question, or the cause of the end."""
    return machine.awaits_input(state) or state in machine.terminal
