"""Creation sessions and the store that holds them (§4.4.7).

A session changes state by one method only, `SessionStore.transition`, which asks the guard first.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from exlab_gui.core.emission import entry_envelope
from exlab_gui.core.envelopes import Envelope, Error, FailedEnvelope, InputRequiredEnvelope
from exlab_gui.core.events import Abandoned, Cancelled, Cause, Event, Origin, Resumed
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.state_machine import SessionState

SessionKind = Literal["project", "run"]
NextAction = Literal["awaiting_input", "none"]
Clock = Callable[[], datetime]

ABANDONED_AFTER = timedelta(seconds=3600)
"""How long a held session may go without a heartbeat (§4.4.7)."""


def utc_now() -> datetime:
    """Return the time now, in UTC with microseconds."""
    return datetime.now(UTC)


class Session:
    """One creation of a project or a run (§4.4.7). Only a `SessionStore` changes it."""

    def __init__(
        self,
        session_id: str,
        kind: SessionKind,
        request: Mapping[str, Any],
        machine: StateMachine,
        at: datetime,
    ) -> None:
        self.session_id = session_id
        self.kind = kind
        self.request = dict(request)
        self.machine = machine
        self.created_at = at
        self.last_heartbeat = at
        self.history = [Event(1, at, machine.initial, Origin.SIMULATED)]
        self._entered = self.history[0]

    @property
    def state(self) -> str:
        """Where the session stands."""
        return self._entered.state

    @property
    def current_phase(self) -> str | None:
        """The phase that the state reports, or None."""
        return self.machine.phase(self.state)

    @property
    def next_action(self) -> NextAction:
        """``awaiting_input`` exactly where the session is held for input, else ``none``."""
        return "awaiting_input" if self.machine.awaits_input(self.state) else "none"

    @property
    def pending_input(self) -> InputRequiredEnvelope | None:
        """What the plugin asks for; gone after the resume."""
        asked = self._entered.envelope
        return asked if isinstance(asked, InputRequiredEnvelope) else None

    @property
    def error(self) -> Error | None:
        """Why the session failed or was aborted, or None."""
        return self._entered.error

    @property
    def result(self) -> dict[str, Any] | None:
        """What the session made, once it is done, or None."""
        return self._entered.result

    @property
    def is_over(self) -> bool:
        """Whether the session stands in a terminal state."""
        return self.state in self.machine.terminal

    def _append(self, at: datetime, state: str, envelope: Envelope | None) -> None:
        self.history.append(Event(len(self.history) + 1, at, state, Origin.SIMULATED, envelope))

    def _enter(
        self, at: datetime, state: str, envelope: Envelope | None, cause: Cause | None
    ) -> None:
        seq = len(self.history) + 1
        self._entered = Event(seq, at, state, Origin.SIMULATED, envelope, cause)
        self.history.append(self._entered)
        self.last_heartbeat = at


class SessionStore:
    """The sessions of one machine, and the only place that changes them (§4.4.7)."""

    def __init__(self, machine: StateMachine = CREATION_MACHINE, clock: Clock = utc_now) -> None:
        self.machine = machine
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def open(self, kind: SessionKind, request: Mapping[str, Any] | None = None) -> Session:
        """Open a session in the machine's initial state; `request` is kept with it."""
        session = Session(str(uuid.uuid4()), kind, request or {}, self.machine, self._clock())
        self._sessions[session.session_id] = session
        return session

    def get(self, session_id: str) -> Session:
        """Return the session; raises KeyError where there is none of that id."""
        return self._sessions[session_id]

    def transition(
        self,
        session_id: str,
        new_state: str,
        *,
        envelope: Envelope | None = None,
        cause: Cause | None = None,
    ) -> Event:
        """Take the session to `new_state` and return what was emitted on entering it.

        `envelope` replaces the one that entering `new_state` emits by default; `cause` is what is
        known of why. Raises ValueError where the move is not legal or the envelope is not of the
        kind that `new_state` emits; nothing has changed then. Raises KeyError for an unknown id.
        """
        session = self.get(session_id)
        self.machine.assert_transition(session.state, new_state)
        at = self._clock()
        due = envelope or entry_envelope(self.machine, session.state, new_state, at)
        emitted = self.machine.emits(new_state)
        if due is not None and due.kind != emitted:
            raise ValueError(
                f"entering {new_state} emits {emitted or 'no envelope'}, not {due.kind}"
            )
        session._enter(at, new_state, due, cause)
        return session.history[-1]

    def emit(self, session_id: str, envelope: Envelope) -> Event:
        """Emit `envelope` between two transitions: progress or a warning (§4.6.2).

        Raises ValueError for an envelope that belongs to a change of state, and for a session that
        is over: its channel is closed.
        """
        session = self.get(session_id)
        if envelope.kind not in ("progress", "warning"):
            raise ValueError(f"{envelope.kind} is emitted by a change of state, not between two")
        if session.is_over:
            raise ValueError(f"the session is over: {session.state} emits nothing more")
        session._append(self._clock(), session.state, envelope)
        return session.history[-1]

    def resume(self, session_id: str, answers: Mapping[str, Any]) -> Event:
        """Take a held session on with the operator's `answers`; a plugin may ask again.

        Raises ValueError where the session does not wait for input.
        """
        session = self.get(session_id)
        if session.next_action != "awaiting_input":
            raise ValueError(f"the session does not wait for input: it is in {session.state}")
        onward = self.machine.forward(session.state)[0]
        return self.transition(session_id, onward, cause=Resumed(dict(answers)))

    def cancel(self, session_id: str, *, discard_files: bool) -> Event:
        """Abort the session; `discard_files`: the partly made folder goes too."""
        return self.transition(session_id, SessionState.ABORTED, cause=Cancelled(discard_files))

    def fail(self, session_id: str, error: Error) -> Event:
        """Let the session fail, with `error`, in the state it stands in."""
        phase = self.get(session_id).current_phase
        return self.transition(
            session_id, SessionState.FAILED, envelope=FailedEnvelope(phase, error)
        )

    def heartbeat(self, session_id: str) -> None:
        """Note that somebody still attends to the session."""
        self.get(session_id).last_heartbeat = self._clock()

    def abandoned_older_than(self, age: timedelta = ABANDONED_AFTER) -> list[Session]:
        """Return the sessions held for input with no heartbeat for more than `age`."""
        now = self._clock()
        return [
            session
            for session in self._sessions.values()
            if session.next_action == "awaiting_input" and now - session.last_heartbeat > age
        ]

    def close_abandoned(self) -> list[Event]:
        """Abort every session held for more than an hour without a heartbeat."""
        return [
            self.transition(
                session.session_id, SessionState.ABORTED, cause=Abandoned(self._idle_s(session))
            )
            for session in self.abandoned_older_than()
        ]

    def close(self, session_id: str, outcome: str) -> Session:
        """Bring the session to `outcome`, a terminal state, and forget it; return it.

        A session that stands there already is only forgotten. Raises ValueError where `outcome`
        is not terminal, or not legal from where the session stands.
        """
        session = self.get(session_id)
        if outcome not in self.machine.terminal:
            raise ValueError(f"{outcome} is not a terminal state")
        if session.state != outcome:
            self.transition(session_id, outcome)
        del self._sessions[session_id]
        return session

    def _idle_s(self, session: Session) -> float:
        return (self._clock() - session.last_heartbeat).total_seconds()
