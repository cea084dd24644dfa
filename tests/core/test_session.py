"""Sessions change by their store alone, and by the rules of §4.4.7 alone."""

import uuid
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.emission import DEFAULT_ERROR, DEFAULT_QUESTION, DEFAULT_RESULT
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Event, Origin, Resumed
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.session import ABANDONED_AFTER, SessionStore
from exlab_gui.core.state_machine import SessionState
from tests.helpers import spec

START = datetime(2026, 1, 31, 12, 0, 0, 123456, UTC)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def advance(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(clock):
    return SessionStore(clock=clock)


def session_in(store, state):
    """Return a new session that stands in `state`, by the way that the spec has there."""
    session = store.open("run")
    for step in spec.WAYS[state]:
        store.transition(session.session_id, step)
    return session


def snapshot(session):
    """Return all that can be seen of the session."""
    return deepcopy(
        (
            session.session_id,
            session.kind,
            session.request,
            session.state,
            session.current_phase,
            session.next_action,
            session.created_at,
            session.last_heartbeat,
            session.pending_input,
            session.error,
            session.result,
            session.is_over,
            list(session.history),
        )
    )


def test_a_session_opens_in_pending(store):
    """A new session stands in pending and has no phase, no question, no error and no result."""
    session = store.open("project", {"label": "Run 7"})
    assert session.state is SessionState.PENDING
    assert session.kind == "project"
    assert session.request == {"label": "Run 7"}
    assert session.machine is CREATION_MACHINE
    assert session.current_phase is session.pending_input is session.error is session.result is None
    assert session.next_action == "none"
    assert session.created_at == session.last_heartbeat == START
    assert not session.is_over
    assert list(session.history) == [Event(1, START, "pending", Origin.SIMULATED)]


def test_a_session_is_known_by_a_uuid4(store):
    """The session's id is the text of a UUID4, another one for every session."""
    ids = [store.open("run").session_id for _ in range(3)]
    assert [str(uuid.UUID(each)) for each in ids] == ids
    assert {uuid.UUID(each).version for each in ids} == {4}
    assert len(set(ids)) == 3


def test_the_store_gives_a_session_by_its_id(store):
    """The store returns the session of an id, and raises KeyError for any other."""
    first, second = store.open("run"), store.open("run")
    assert store.get(first.session_id) is first
    assert store.get(second.session_id) is second
    with pytest.raises(KeyError):
        store.get("nobody")


@pytest.mark.parametrize(("current", "new_state"), spec.LEGAL)
def test_every_legal_transition_is_made(store, clock, current, new_state):
    """Each of the 25 transitions sets state, phase and next action together, and emits its due."""
    session = session_in(store, current)
    clock.advance(2)
    event = store.transition(session.session_id, new_state)
    assert session.state is SessionState(new_state)
    assert session.current_phase == spec.PHASES[new_state]
    assert session.next_action == ("awaiting_input" if new_state == "input_required" else "none")
    assert session.is_over == (new_state in ("done", "failed", "aborted"))
    assert session.pending_input == (DEFAULT_QUESTION if new_state == "input_required" else None)
    assert session.result == (DEFAULT_RESULT if new_state == "done" else None)
    assert session.error == (DEFAULT_ERROR if new_state == "failed" else None)
    assert event is session.history[-1]
    assert (event.seq, event.state, event.at) == (len(session.history), new_state, clock.now)
    assert event.kind == (spec.KINDS[new_state] or "transition")
    assert event.cause is None


@pytest.mark.parametrize(("current", "new_state"), spec.ILLEGAL)
def test_no_other_transition_changes_anything(store, clock, current, new_state):
    """Each of the 96 others raises ValueError, and the session is as it was."""
    session = session_in(store, current)
    clock.advance(2)
    before = snapshot(session)
    with pytest.raises(ValueError, match="illegal state transition"):
        store.transition(session.session_id, new_state)
    assert snapshot(session) == before


@pytest.mark.parametrize("new_state", ["frozen", "", "DONE"])
def test_a_transition_to_what_is_no_state(store, new_state):
    """A state that nobody knows is refused like any illegal one."""
    session = store.open("run")
    before = snapshot(session)
    with pytest.raises(ValueError, match="illegal state transition"):
        store.transition(session.session_id, new_state)
    assert snapshot(session) == before


def test_every_method_asks_for_a_known_session(store):
    """Of a session that the store does not know, every method raises KeyError."""
    for ask in (
        lambda: store.transition("nobody", "failed"),
        lambda: store.emit("nobody", WarningEnvelope("done", "")),
        lambda: store.resume("nobody", {}),
        lambda: store.cancel("nobody", discard_files=False),
        lambda: store.fail("nobody", DEFAULT_ERROR),
        lambda: store.heartbeat("nobody"),
        lambda: store.close("nobody", "aborted"),
    ):
        with pytest.raises(KeyError):
            ask()


def test_a_phase_envelope_bears_the_time(store):
    """The phase that is emitted bears the moment of the transition in whole seconds, in UTC."""
    session = store.open("run")
    event = store.transition(session.session_id, "validating")
    assert event.envelope == PhaseEnvelope("validating_inputs", "2026-01-31T12:00:00Z")
    assert event.at == START


@pytest.mark.parametrize("state", [state for state in spec.STATES if spec.FOLLOWING[state]])
def test_a_failure_reports_the_phase_that_it_struck_in(store, state):
    """A failure can strike anywhere, with any error, and reports the phase it struck in."""
    error = Error("disk_space_insufficient", "3 MB are left.", details={"free": 3})
    session = session_in(store, state)
    event = store.fail(session.session_id, error)
    assert session.state is SessionState.FAILED
    assert event.envelope == FailedEnvelope(spec.PHASES[state], error)
    assert session.error == error


@pytest.mark.parametrize("discard_files", [True, False])
@pytest.mark.parametrize("state", [state for state in spec.STATES if spec.FOLLOWING[state]])
def test_a_cancel_takes_any_session_to_aborted(store, state, discard_files):
    """A cancel can strike anywhere; it emits nothing and says whether the folder goes too."""
    session = session_in(store, state)
    event = store.cancel(session.session_id, discard_files=discard_files)
    assert session.state is SessionState.ABORTED
    assert event.envelope is None
    assert event.cause == Cancelled(discard_files)
    assert session.error.code == "cancelled"
    assert session.pending_input is None


@pytest.mark.parametrize("state", ["done", "failed", "aborted"])
def test_nothing_ends_a_session_twice(store, state):
    """A session that is over can not be cancelled, and can not fail."""
    session = session_in(store, state)
    before = snapshot(session)
    with pytest.raises(ValueError, match="illegal state transition"):
        store.cancel(session.session_id, discard_files=True)
    with pytest.raises(ValueError, match="illegal state transition"):
        store.fail(session.session_id, DEFAULT_ERROR)
    assert snapshot(session) == before


def test_a_plugin_may_ask_any_number_of_times(store):
    """A resume carries the answers and leads back to the plugin, which may ask anew."""
    session = session_in(store, "plugin_pass")
    for number in range(3):
        question = InputRequiredEnvelope((Field(f"q{number}", "?"),), "Which?", "sample_sheet")
        store.transition(session.session_id, "input_required", envelope=question)
        assert session.pending_input == question
        assert session.next_action == "awaiting_input"
        event = store.resume(session.session_id, {f"q{number}": "S-0042"})
        assert session.state is SessionState.PLUGIN_PASS
        assert session.pending_input is None
        assert session.next_action == "none"
        assert event.kind == "phase"
        assert event.cause == Resumed({f"q{number}": "S-0042"})
    store.transition(session.session_id, "cache_write")
    assert session.pending_input is None


@pytest.mark.parametrize("state", [state for state in spec.STATES if state != "input_required"])
def test_only_a_session_that_waits_is_resumed(store, state):
    """A resume of a session that waits for nothing raises ValueError and changes nothing."""
    session = session_in(store, state)
    before = snapshot(session)
    with pytest.raises(ValueError, match=f"does not wait for input: it is in {state}"):
        store.resume(session.session_id, {})
    assert snapshot(session) == before


def test_a_resume_leads_back_to_the_state_that_asked():
    """Where several states can ask, a resume takes the session back to the one that did."""
    machine = StateMachine(
        "a",
        {
            "a": frozenset({"asking", "b"}),
            "asking": frozenset({"a", "b"}),
            "b": frozenset({"asking"}),
        },
        {"asking": "input_required"},
    )
    store = SessionStore(machine)
    session = store.open("run")
    for asking in ("a", "b"):
        if session.state != asking:
            store.transition(session.session_id, asking)
        store.transition(session.session_id, "asking")
        store.resume(session.session_id, {})
        assert session.state == asking


def test_a_resume_without_a_way_back_is_refused():
    """Where no legal way leads back from the waiting state, a resume raises ValueError."""
    machine = StateMachine(
        "a", {"a": frozenset({"asking"}), "asking": frozenset()}, {"asking": "input_required"}
    )
    store = SessionStore(machine)
    session = store.open("run")
    store.transition(session.session_id, "asking")
    with pytest.raises(ValueError, match="illegal state transition 'asking' -> 'a'"):
        store.resume(session.session_id, {})


def test_what_is_emitted_can_be_said(store):
    """An envelope that is passed along replaces the one that entering emits by default."""
    session = session_in(store, "sync_queued")
    result = {"path": "a", "sync_status": "gated", "blocked": True}
    store.transition(session.session_id, "done", envelope=DoneEnvelope(result))
    assert session.result == result


@pytest.mark.parametrize(
    ("current", "new_state", "envelope"),
    [
        ("plugin_pass", "input_required", PhaseEnvelope("input_required", "now")),
        ("sync_queued", "done", PhaseEnvelope("done", "now")),
        ("rendering", "aborted", FailedEnvelope("rendering_template", Error("cancelled"))),
        ("rendering", "plugin_pass", PhaseEnvelope("rendering_template", "now")),
        ("rendering", "failed", FailedEnvelope("running_plugins", Error("internal_error"))),
    ],
)
def test_an_envelope_that_is_not_due_is_refused(store, current, new_state, envelope):
    """An envelope that does not belong to the move raises ValueError, and nothing changes."""
    session = session_in(store, current)
    before = snapshot(session)
    with pytest.raises(ValueError, match=r"^entering .* emits|bears the phase"):
        store.transition(session.session_id, new_state, envelope=envelope)
    assert snapshot(session) == before


@pytest.mark.parametrize(
    ("current", "new_state", "cause"),
    [
        ("pending", "validating", Resumed({})),
        ("pending", "validating", Cancelled(True)),
        ("input_required", "plugin_pass", Cancelled(True)),
        ("input_required", "plugin_pass", Abandoned(4000)),
        ("rendering", "failed", Abandoned(4000)),
    ],
)
def test_a_cause_that_does_not_belong_is_refused(store, current, new_state, cause):
    """A reason that can not lead there raises ValueError, and nothing changes."""
    session = session_in(store, current)
    before = snapshot(session)
    with pytest.raises(ValueError, match=r"is resumed, not|given up is aborted"):
        store.transition(session.session_id, new_state, cause=cause)
    assert snapshot(session) == before


def test_progress_and_warnings_change_no_state(store, clock):
    """What is emitted between two transitions stands in the history, and nothing else changes."""
    session = session_in(store, "plugin_pass")
    before = snapshot(session)
    for envelope in (
        ProgressEnvelope("running_plugins", 1, 4),
        WarningEnvelope("running_plugins", "One plugin was skipped."),
        ProgressEnvelope("running_plugins", 1, 4),
    ):
        clock.advance(1)
        event = store.emit(session.session_id, envelope)
        assert event is session.history[-1]
        assert event == Event(
            len(session.history), clock.now, "plugin_pass", Origin.SIMULATED, envelope
        )
    after = snapshot(session)
    assert after[:-1] == before[:-1]
    assert after[-1][:-3] == before[-1]


@pytest.mark.parametrize(
    ("state", "envelope"),
    [
        ("plugin_pass", PhaseEnvelope("running_plugins", "now")),
        ("sync_queued", DoneEnvelope({})),
        ("rendering", ProgressEnvelope("running_plugins", 1, 4)),
        ("pending", WarningEnvelope("validating_inputs", "Early.")),
        ("done", WarningEnvelope("done", "Late.")),
        ("aborted", ProgressEnvelope("running_plugins", 1, 4)),
    ],
)
def test_nothing_else_is_emitted_between_transitions(store, state, envelope):
    """What belongs to a change of state, to another phase or after the end raises ValueError."""
    session = session_in(store, state)
    before = snapshot(session)
    with pytest.raises(ValueError, match=r"not between two|bears the phase|the session is over"):
        store.emit(session.session_id, envelope)
    assert snapshot(session) == before


def test_a_question_stays_while_progress_is_emitted(store):
    """What a plugin asks for is still asked after a warning."""
    session = session_in(store, "input_required")
    store.emit(session.session_id, WarningEnvelope("input_required", "Hurry."))
    assert session.pending_input == DEFAULT_QUESTION


def test_an_abandoned_session_is_aborted(store, clock):
    """A session held for more than an hour without a heartbeat is aborted, and says why."""
    session = session_in(store, "input_required")
    clock.advance(3600)
    assert store.abandoned_older_than() == []
    assert store.close_abandoned() == []
    assert session.state is SessionState.INPUT_REQUIRED
    clock.advance(0.5)
    assert store.abandoned_older_than() == [session]
    assert store.close_abandoned() == [session.history[-1]]
    assert session.state is SessionState.ABORTED
    assert session.error.code == "session_abandoned"
    assert session.history[-1].cause == Abandoned(3600.5)
    assert session.history[-1].envelope is None
    assert store.get(session.session_id) is session
    assert store.close_abandoned() == []


def test_the_limit_is_an_hour():
    """A held session is abandoned after 3,600 s without a heartbeat."""
    assert ABANDONED_AFTER.total_seconds() == 3600


def test_a_heartbeat_keeps_a_session_held(store, clock):
    """With a heartbeat at least every hour, a session is held without limit."""
    session = session_in(store, "input_required")
    for _ in range(48):
        clock.advance(3600)
        assert store.close_abandoned() == []
        store.heartbeat(session.session_id)
        assert session.last_heartbeat == clock.now
    assert session.state is SessionState.INPUT_REQUIRED


@pytest.mark.parametrize("state", [state for state in spec.STATES if state != "input_required"])
def test_only_a_held_session_is_abandoned(store, clock, state):
    """A session that waits for nobody is never abandoned, however long it takes."""
    session = session_in(store, state)
    clock.advance(1_000_000)
    assert store.abandoned_older_than(timedelta(0)) == []
    assert store.close_abandoned() == []
    assert session.state == state


def test_the_age_of_the_abandoned_is_an_argument(store, clock):
    """Those held longer than the age asked for are listed, the oldest session first."""
    first = session_in(store, "input_required")
    clock.advance(60)
    second = session_in(store, "input_required")
    clock.advance(60)
    assert store.abandoned_older_than(timedelta(seconds=30)) == [first, second]
    assert store.abandoned_older_than(timedelta(seconds=60)) == [first]
    assert store.abandoned_older_than(timedelta(seconds=120)) == []


def test_entering_a_state_is_a_heartbeat(store, clock):
    """The hour begins anew with each transition, not with the session."""
    session = session_in(store, "plugin_pass")
    clock.advance(5000)
    store.transition(session.session_id, "input_required")
    assert session.last_heartbeat == clock.now
    assert store.abandoned_older_than() == []


@pytest.mark.parametrize("outcome", ["failed", "aborted"])
def test_closing_brings_a_session_to_its_outcome(store, outcome):
    """A session is closed as what it came to; it can still be asked for, and closed again."""
    session = session_in(store, "rendering")
    assert store.close(session.session_id, outcome) is session
    assert session.state is SessionState(outcome)
    before = snapshot(session)
    assert store.get(session.session_id) is store.close(session.session_id, outcome)
    assert snapshot(session) == before


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("rendering", "plugin_pass"),
        ("rendering", "rendering"),
        ("rendering", "frozen"),
        ("rendering", "done"),
        ("done", "aborted"),
        ("failed", "aborted"),
    ],
)
def test_closing_goes_by_the_rules(store, state, outcome):
    """An outcome that is not terminal, or not legal, raises ValueError and changes nothing."""
    session = session_in(store, state)
    before = snapshot(session)
    with pytest.raises(ValueError, match=r"is not a terminal state|illegal state transition"):
        store.close(session.session_id, outcome)
    assert snapshot(session) == before


def test_time_never_runs_backwards(store, clock):
    """Where the clock is set back, the sessions' time stands still until it has caught up."""
    session = store.open("run")
    clock.advance(-3600)
    store.transition(session.session_id, "validating")
    store.heartbeat(session.session_id)
    assert session.last_heartbeat == START
    other = store.open("run")
    assert other.created_at == START
    clock.advance(3601)
    store.transition(session.session_id, "rendering")
    assert [event.at - START for event in session.history] == [
        timedelta(0),
        timedelta(0),
        timedelta(seconds=1),
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("state", "current_phase", "next_action", "pending_input", "error", "result", "is_over"),
        *("history", "last_heartbeat"),
    ],
)
def test_a_session_is_not_changed_from_outside(store, name):
    """What a session has come to can only be read."""
    session = store.open("run")
    with pytest.raises(AttributeError):
        setattr(session, name, None)


def test_what_was_passed_in_is_the_sessions_own(store):
    """Who changes a request, an answer or an error after it was passed changes no session."""
    request = {"variables": {"a": 1}}
    session = store.open("run", request)
    for state in spec.WAYS["input_required"]:
        store.transition(session.session_id, state)
    answers = {"samples": ["S-1"]}
    store.resume(session.session_id, answers)
    details = {"free": [3]}
    store.fail(session.session_id, Error("disk_space_insufficient", details=details))
    before = snapshot(session)
    request["variables"]["a"] = answers["samples"][0] = details["free"][0] = "changed"
    assert snapshot(session) == before


def test_anything_that_maps_keys_to_values_can_be_passed(store):
    """A request and answers need not be dicts."""
    session = store.open("run", MappingProxyType({"label": "Run 7"}))
    assert session.request == {"label": "Run 7"}
    for state in spec.WAYS["input_required"]:
        store.transition(session.session_id, state)
    event = store.resume(session.session_id, MappingProxyType({"sample_id": "S-1"}))
    assert event.cause == Resumed({"sample_id": "S-1"})


def test_one_result_is_not_another(store):
    """Two sessions that emit the same by default share nothing that can be changed."""
    first, second = session_in(store, "done"), session_in(store, "done")
    first.result["path"] = "elsewhere"
    assert second.result == DEFAULT_RESULT != first.result


def test_sessions_do_not_meddle_with_each_other(store):
    """What happens to one session does not show in another."""
    first, second = store.open("run"), store.open("project")
    before = snapshot(second)
    store.cancel(first.session_id, discard_files=True)
    assert snapshot(second) == before


def test_a_machine_of_plain_strings_runs_too():
    """A store runs any machine, and its sessions' states are the machine's own."""
    table = {"begin": frozenset({"end"}), "end": frozenset()}
    store = SessionStore(StateMachine("".join(["be", "gin"]), table, {"end": "done"}))
    session = store.open("run")
    assert session.state is next(iter(table))
    store.transition(session.session_id, "".join(["e", "nd"]))
    assert session.state is list(table)[1]
    assert session.result == DEFAULT_RESULT


def test_the_time_is_told_in_utc():
    """Without another clock, a session's times are now, in UTC."""
    before = utc_now()
    session = SessionStore().open("run")
    assert before <= session.created_at <= utc_now()
    assert session.created_at.tzinfo is UTC
