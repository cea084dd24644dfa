"""Creation sessions and the store that holds them (§4.4.7).

A session changes state by one method only, `SessionStore.transition`, which asks the guard first.
"""

import uuid
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, assert_never

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.clock import Clock, utc_now
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.emission import (
    assert_entry_envelope,
    assert_envelope_between,
    entry_envelope,
)
from exlab_gui.core.protocol.envelopes import Envelope, Error, FailedEnvelope, InputRequiredEnvelope
from exlab_gui.core.protocol.events import (
    Abandoned,
    Cancelled,
    Cause,
    Event,
    Origin,
    Reported,
    Resumed,
)
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.state_machine import SessionState

SessionKind = Literal["project", "run"]
NextAction = Literal["awaiting_input", "none"]

ABANDONED_AFTER = timedelta(seconds=3600)
"""The longest time that a held session lasts without a heartbeat (§4.4.7)."""


class Session:
    """One creation of a project or a run (§4.4.7). Only a `SessionStore` changes it."""

    def __init__(
        self,
        session_id: str,
        kind: SessionKind,
        request: Mapping[str, Any],
        machine: StateMachine,
        history: Sequence[Event],
    ) -> None:
        self.session_id: Final = session_id
        self.kind: Final = kind
        self.request: Final[Mapping[str, Any]] = deepcopy(dict(request))
        self.machine: Final = machine
        self.created_at: Final = history[0].at
        self._last_heartbeat = history[-1].at
        self._history = list(history)
        visits = StateHistory(machine, self._history)
        self._entry = visits.entry_index(visits.visit_count() - 1)

    @property
    def history(self) -> Sequence[Event]:
        """The events, oldest first: always the same sequence, growing at its end."""
        return self._history

    @property
    def _entered(self) -> Event:
        return self._history[self._entry]

    @property
    def last_heartbeat(self) -> datetime:
        """The time of the last heartbeat or entry of a state, in UTC."""
        return self._last_heartbeat

    @property
    def state(self) -> str:
        return self._entered.state

    @property
    def current_phase(self) -> str | None:
        return self.machine.phase(self.state)

    @property
    def came_from(self) -> str:
        """The state before this one, to which an answer leads back; for the first, itself."""
        # An event bears the state after it: the one before the entry, the state before that.
        return self.history[max(self._entry - 1, 0)].state

    @property
    def next_action(self) -> NextAction:
        return "awaiting_input" if self.machine.awaits_input(self.state) else "none"

    @property
    def pending_input(self) -> InputRequiredEnvelope | None:
        """The plugin's question until it is answered."""
        asked = self._entered.envelope
        return asked if isinstance(asked, InputRequiredEnvelope) else None

    @property
    def error(self) -> Error | None:
        return self._entered.error

    @property
    def result(self) -> Mapping[str, Any] | None:
        return self._entered.result

    @property
    def is_over(self) -> bool:
        return self.state in self.machine.terminal

    def _append(
        self, at: datetime, state: str, envelope: Envelope | None, cause: Cause | None = None
    ) -> Event:
        seq = self._history[-1].seq + 1
        event = Event(seq, at, state, Origin.SIMULATED, envelope, cause)
        if event.enters(self.state):
            self._entry, self._last_heartbeat = len(self._history), at
        self._history.append(event)
        return event


class SessionStore:
    """The sessions of one machine, and the only place that changes them (§4.4.7).

    `clock` gives the time in UTC. If it goes backwards, the sessions' time stands still until it
    has caught up. Arguments are copied: to change one afterwards changes no session.
    """

    def __init__(self, machine: StateMachine = CREATION_MACHINE, clock: Clock = utc_now) -> None:
        self.machine: Final = machine
        self._clock = clock
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._sessions: dict[str, Session] = {}

    def open(self, kind: SessionKind, request: Mapping[str, Any] | None = None) -> Session:
        """Open a session in the initial state."""
        initial = self.machine.member(self.machine.initial)
        return self._add(kind, request or {}, [Event(1, self._now(), initial, Origin.SIMULATED)])

    def adopt(
        self,
        history: Sequence[Event],
        kind: SessionKind = "run",
        request: Mapping[str, Any] | None = None,
    ) -> Session:
        """Open a session that continues `history`, which has at least one event.

        The past is taken as it is, legal or not; what follows passes the guard.
        """
        self._latest = max(self._latest, history[-1].at)
        return self._add(kind, request or {}, history)

    def get(self, session_id: str) -> Session:
        """Return the session; raises KeyError if there is none of that id."""
        return self._sessions[session_id]

    def transition(
        self,
        session_id: str,
        new_state: str,
        *,
        envelope: Envelope | None = None,
        cause: Cause | None = None,
    ) -> Event:
        """Take the session to `new_state` and return the event.

        `envelope` replaces the one that is emitted by default. Raises ValueError, with nothing
        changed, if the transition is illegal or the envelope or the cause does not belong to it.
        Raises KeyError for an unknown id.
        """
        session = self.get(session_id)
        self.machine.assert_transition(session.state, new_state)
        self._assert_cause(session.state, new_state, cause)
        at = self._now()
        if envelope is None:
            envelope = entry_envelope(self.machine, session.state, new_state, at)
        else:
            assert_entry_envelope(self.machine, session.state, new_state, envelope)
            envelope = deepcopy(envelope)
        return session._append(at, self.machine.member(new_state), envelope, deepcopy(cause))

    def emit(self, session_id: str, envelope: Envelope) -> Event:
        """Emit `envelope` between two transitions: progress or a warning (§4.6.2).

        Raises ValueError for an envelope that belongs to a transition or bears the phase of another
        state, and if the session is over.
        """
        session = self.get(session_id)
        assert_envelope_between(self.machine, session.state, envelope)
        return session._append(self._now(), session.state, envelope)

    def resume(self, session_id: str, answers: Mapping[str, Any]) -> Event:
        """Take a held session back to the state that asked, with the operator's `answers`.

        Raises ValueError if the session does not wait for input, or may not return there.
        """
        session = self.get(session_id)
        if session.next_action != "awaiting_input":
            raise ValueError(f"the session does not wait for input: it is in {session.state}")
        return self.transition(session_id, session.came_from, cause=Resumed(dict(answers)))

    def cancel(self, session_id: str, *, discard_files: bool) -> Event:
        """Abort the session; `discard_files`: the partly made folder is discarded."""
        return self.transition(session_id, SessionState.ABORTED, cause=Cancelled(discard_files))

    def fail(self, session_id: str, error: Error) -> Event:
        """Let the session fail in its present state."""
        phase = self.get(session_id).current_phase
        return self.transition(
            session_id, SessionState.FAILED, envelope=FailedEnvelope(phase, error)
        )

    def heartbeat(self, session_id: str) -> None:
        self.get(session_id)._last_heartbeat = self._now()

    def abandoned_older_than(self, age: timedelta = ABANDONED_AFTER) -> list[Session]:
        """Return the sessions held for input with no heartbeat for more than `age`."""
        now = self._now()
        return [
            session
            for session in self._sessions.values()
            if session.next_action == "awaiting_input" and now - session.last_heartbeat > age
        ]

    def close_abandoned(self) -> list[Event]:
        """Abort every session held for more than an hour without a heartbeat."""
        closed = []
        for session in self.abandoned_older_than():
            idle = self._now() - session.last_heartbeat
            cause = Abandoned(idle.total_seconds())
            closed.append(self.transition(session.session_id, SessionState.ABORTED, cause=cause))
        return closed

    def close(self, session_id: str, outcome: str) -> Session:
        """Bring the session to the terminal state `outcome`, unless it is there, and return it.

        Raises ValueError if `outcome` is not terminal, or not legal from the present state.
        """
        session = self.get(session_id)
        if outcome not in self.machine.terminal:
            raise ValueError(f"{outcome} is not a terminal state")
        if session.state != outcome:
            self.transition(session_id, outcome)
        return session

    def _add(
        self, kind: SessionKind, request: Mapping[str, Any], history: Sequence[Event]
    ) -> Session:
        session = Session(str(uuid.uuid4()), kind, request, self.machine, history)
        self._sessions[session.session_id] = session
        return session

    def _assert_cause(self, current: str, new_state: str, cause: Cause | None) -> None:
        match cause:
            case Resumed() if not self.machine.awaits_input(current):
                raise ValueError(f"only a session that waits for input is resumed, not {current}")
            case Cancelled() | Abandoned() if new_state != SessionState.ABORTED:
                raise ValueError(f"a session given up is aborted: it does not go to {new_state}")
            case Resumed() | Cancelled() | Abandoned() | Reported() | Explained() | None:
                pass
            case _:
                assert_never(cause)

    def _now(self) -> datetime:
        self._latest = max(self._latest, self._clock())
        return self._latest
