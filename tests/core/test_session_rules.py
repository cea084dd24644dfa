"""Whatever is asked of a store, in whatever order, its sessions keep the rules of the spec."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from exlab_gui.core.protocol.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.core.session import SessionStore
from exlab_gui.core.state_machine import SessionState
from tests.helpers import spec
from tests.helpers.strategies import between_envelopes, envelopes, errors

PHASES = [phase for phase in spec.PHASES.values() if phase is not None]
ANSWERS = st.dictionaries(st.text(), st.text() | st.booleans(), max_size=2)


class SessionRules(RuleBasedStateMachine):
    """A store whose methods are called at random; `expected` holds where each session must stand.

    `seen` holds the history of each as it was after the last call, to tell that nothing was taken
    back and that a refused call, or one for another session, added nothing.
    """

    sessions = Bundle("sessions")

    def __init__(self):
        super().__init__()
        self.time = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
        self.latest = self.time
        self.store = SessionStore(clock=lambda: self.time)
        self.store.abandoned_older_than()  # looks at the clock
        self.all = []
        self.seen = {}
        self.expected = {}
        self.attended = {}

    def added(self, session, state):
        """Note that `session` must have gained one event and stand in `state`."""
        if state != self.expected.get(session):
            self.attended[session] = self.latest
        self.expected[session] = state
        assert list(session.history[:-1]) == self.seen.get(session, [])
        self.seen[session] = list(session.history)

    def attempt(self, session, new_state, call, *, allowed=True):
        """Make a call that goes to `new_state`, and hold it to the table of the spec."""
        if allowed and new_state in spec.FOLLOWING[session.state]:
            event = call()
            self.added(session, new_state)
            assert event is session.history[-1]
            assert event.at == self.latest
        else:
            with pytest.raises(ValueError, match=r".+"):
                call()

    @rule(target=sessions, kind=st.sampled_from(["project", "run"]))
    def open(self, kind):
        session = self.store.open(kind)
        self.all.append(session)
        self.added(session, "pending")
        return session

    @rule(session=sessions, new_state=st.sampled_from(spec.STATES))
    def transition(self, session, new_state):
        self.attempt(
            session, new_state, lambda: self.store.transition(session.session_id, new_state)
        )

    @rule(session=sessions, data=st.data())
    def go_on(self, session, data):
        """Go a step that leads to no failure and no abort, so that long ways are walked often."""
        forward = sorted(spec.FOLLOWING[session.state] - {"failed", "aborted"})
        if forward:
            self.transition(session, data.draw(st.sampled_from(forward)))

    @rule(session=sessions, new_state=st.sampled_from(spec.STATES), envelope=envelopes())
    def transition_with_an_envelope(self, session, new_state, envelope):
        due = session.state if envelope.kind == "failed" else new_state
        fits = envelope.phase == spec.PHASES[due] or envelope.kind in ("input_required", "done")
        self.attempt(
            session,
            new_state,
            lambda: self.store.transition(session.session_id, new_state, envelope=envelope),
            allowed=fits and envelope.kind == spec.KINDS[new_state],
        )

    @rule(session=sessions, envelope=st.sampled_from(PHASES).flatmap(between_envelopes))
    def emit(self, session, envelope):
        if spec.FOLLOWING[session.state] and envelope.phase == spec.PHASES[session.state]:
            self.store.emit(session.session_id, envelope)
            self.added(session, session.state)
        else:
            with pytest.raises(ValueError, match=r"bears the phase|the session is over"):
                self.store.emit(session.session_id, envelope)

    @rule(session=sessions, answers=ANSWERS)
    def resume(self, session, answers):
        self.attempt(
            session,
            "plugin_pass",
            lambda: self.store.resume(session.session_id, answers),
            allowed=session.state == "input_required",
        )

    @rule(session=sessions, discard_files=st.booleans())
    def cancel(self, session, discard_files):
        self.attempt(
            session,
            "aborted",
            lambda: self.store.cancel(session.session_id, discard_files=discard_files),
        )

    @rule(session=sessions, error=errors())
    def fail(self, session, error):
        self.attempt(session, "failed", lambda: self.store.fail(session.session_id, error))

    @rule(session=sessions)
    def heartbeat(self, session):
        self.store.heartbeat(session.session_id)
        self.attended[session] = self.latest

    @rule(seconds=st.sampled_from([-7200, -1, 0, 1, 1800, 3600, 3601]))
    def let_time_pass(self, seconds):
        self.time += timedelta(seconds=seconds)
        self.latest = max(self.latest, self.time)
        self.store.abandoned_older_than()  # looks at the clock

    @rule()
    def close_abandoned(self):
        hour = timedelta(seconds=3600)
        due = [
            session
            for session in self.all
            if session.state == "input_required" and self.latest - self.attended[session] > hour
        ]
        assert self.store.abandoned_older_than() == due
        events = self.store.close_abandoned()
        for session in due:
            self.added(session, "aborted")
            assert session.error.code == "session_abandoned"
        assert events == [session.history[-1] for session in due]

    @rule(session=sessions, outcome=st.sampled_from(spec.STATES))
    def close(self, session, outcome):
        if spec.FOLLOWING[outcome]:
            with pytest.raises(ValueError, match="is not a terminal state"):
                self.store.close(session.session_id, outcome)
        elif outcome == session.state:
            assert self.store.close(session.session_id, outcome) is session
        else:
            self.attempt(
                session,
                outcome,
                lambda: self.store.close(session.session_id, outcome).history[-1],
            )

    @invariant()
    def every_session_stands_where_it_must(self):
        """Hold state, phase and next action together; question, error and result come when due."""
        for session in self.all:
            state = self.expected[session]
            assert self.store.get(session.session_id) is session
            assert session.state is SessionState(state)
            assert session.current_phase == spec.PHASES[state]
            assert (session.next_action == "awaiting_input") == (state == "input_required")
            assert (session.pending_input is not None) == (state == "input_required")
            assert (session.result is not None) == (state == "done")
            assert session.error is None or state in ("failed", "aborted")
            assert session.error is not None or state != "failed"
            assert session.is_over == (not spec.FOLLOWING[state])
            assert session.last_heartbeat == self.attended[session]

    @invariant()
    def no_history_is_rewritten(self):
        """Hold each history to what it held, and what a call that succeeded has added."""
        for session in self.all:
            assert list(session.history) == self.seen[session]

    @invariant()
    def every_history_obeys_the_machine(self):
        """Hold each history to the spec: its moves, numbers, times and envelopes."""
        for session in self.all:
            history = session.history
            assert [event.seq for event in history] == list(range(1, len(history) + 1))
            assert history[0].state == "pending"
            assert history[0].kind == "transition"
            for before, event in pairwise(history):
                assert before.at <= event.at
                if isinstance(event.envelope, ProgressEnvelope | WarningEnvelope):
                    assert event.state == before.state
                    assert event.envelope.phase == spec.PHASES[event.state]
                else:
                    assert event.state in spec.FOLLOWING[before.state]
                    assert event.kind == (spec.KINDS[event.state] or "transition")


TestSessionRules = SessionRules.TestCase
TestSessionRules.settings = settings(settings.default, stateful_step_count=40)
