"""What one answer of a server tells of a session's state, as far as that counts for anything."""

from typing import NamedTuple

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Cancelled, Cause, Reported
from exlab_gui.sources.live.responses import Snapshot


class Observation(NamedTuple):
    """A state that a session was seen in, what it asks for there, and how it ended there."""

    state: str
    question: InputRequiredEnvelope | None = None
    end: Cause | None = None


def sight_of(machine: StateMachine, snapshot: Snapshot) -> Observation:
    """Return what `snapshot` tells.

    A question counts only where the session waits for an answer, an error and a result only where
    it is over: snapshots go on holding a question that is no longer asked, and an aborted one can
    hold its error under either name, or under both.
    """
    state = snapshot.state
    if machine.awaits_input(state):
        return Observation(state, question=snapshot.pending_input)
    if state not in machine.terminal:
        return Observation(state)
    if state in machine.exits:
        if snapshot.discard_files is not None:
            return Observation(state, end=Cancelled(snapshot.discard_files))
        return Observation(state, end=Reported(error=snapshot.error) if snapshot.error else None)
    return Observation(state, end=Reported(result=snapshot.result) if snapshot.result else None)
