"""A recording is reproduced: the same states, envelopes and answers, or a reason why not."""

from contextlib import suppress
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.machine_data import MachineData
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    PhaseEnvelope,
)
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Event, Origin, Reported
from exlab_gui.core.scenario.scenario import Answer, Cancel, Emit, Enter, Fail, Scenario, Step, Wait
from exlab_gui.core.trace import Problem, Recording, new_header
from exlab_gui.export.reproduce import MAX_EVENTS, ReproduceError, reproduce
from tests.core.trace.kept import SHORT, START, recording
from tests.helpers.strategies import session_histories
from tests.testing.recorded import (
    as_listened,
    as_polled,
    forked,
    random_recording,
    recording_of,
)

EVENTS = list(SHORT.events)
TO_DONE = [Enter(state=state) for state in CREATION_MACHINE.path("pending", "sync_queued")[1:]]
ASKED = [*TO_DONE[:3], Enter(state="input_required")]


def done(*steps: Step) -> Recording:
    """Return what a session leaves that does `steps`."""
    return recording_of("x", Scenario(title="x", steps=steps))


def of(*events: Event, **header) -> Recording:
    """Return a recording of these events, numbered anew."""
    numbered = [msgspec.structs.replace(event, seq=n) for n, event in enumerate(events, 1)]
    return Recording(msgspec.structs.replace(SHORT.header, **header), numbered)


def changed(event: Event, **fields) -> Event:
    return msgspec.structs.replace(event, **fields)


@pytest.mark.parametrize("name", bundled_scenarios())
def test_a_scenario_that_was_played_is_reproduced(name):
    """Step for step, but for the time between."""
    scenario = find_scenario(name)
    again, _ = reproduce(recording_of(name, scenario))
    assert again.kind == scenario.kind
    assert [type(step) for step in again.steps] == [type(step) for step in scenario.steps]
    for step, other in zip(again.steps, scenario.steps, strict=True):
        if not isinstance(step, Enter | Wait):
            assert step == msgspec.structs.replace(other, after=0.6)


@pytest.mark.parametrize("name", bundled_scenarios())
def test_a_live_session_is_reproduced_as_far_as_it_was_polled(name):
    """Its states, its questions, and the result or error at its end."""
    polled = as_polled(recording_of(name, find_scenario(name)))
    _, steps = reproduce(polled)
    assert [step.event.state for step in steps] == [event.state for event in polled.events[1:]]
    last, event = steps[-1].event, polled.events[-1]
    assert last.result == event.result
    assert (last.error and last.error.code) == (event.error and event.error.code)


@pytest.mark.parametrize("seed", range(100, 150))
def test_the_events_are_those_that_were_recorded(seed):
    """However a session went, the simulated one says and does the same."""
    recorded = random_recording(seed)
    _, steps = reproduce(recorded)
    for step, event in zip(steps, recorded.events[1:], strict=True):
        assert (step.event.state, step.event.cause) == (event.state, event.cause)
        assert isinstance(event.envelope, PhaseEnvelope) or step.event.envelope == event.envelope


@pytest.mark.parametrize("seed", range(40))
def test_a_session_that_was_listened_to_is_reproduced(seed):
    """Each late message is emitted with the entry that it reports."""
    recorded = random_recording(seed)
    for late in range(len(recorded.events)):
        _, steps = reproduce(as_listened(recorded, late))
        assert [step.event.state for step in steps] == [e.state for e in recorded.events[1:]]
        assert [step.event.kind for step in steps] == [e.kind for e in recorded.events[1:]]


@pytest.mark.parametrize("seed", range(20))
def test_a_fork_is_reproduced(seed):
    """Of a simulated session and of a live one, from anywhere."""
    recorded = random_recording(seed)
    for past in (recorded, as_polled(recorded), as_listened(recorded, 2)):
        for position in range(1, len(past.events) + 1):
            fork = forked(past, position)
            _, steps = reproduce(fork)
            assert steps == [] or steps[-1].event.state == fork.events[-1].state


@given(session_histories(legal=True))
def test_any_legal_history_is_reproduced_or_refused(history):
    """Whoever saw the events; what was simulated is always reproduced."""
    steps = []
    with suppress(ReproduceError):
        _, steps = reproduce(Recording(new_header(CREATION_MACHINE, "", "x", START), history))
        assert [step.event.state for step in steps] == [event.state for event in history[1:]]
    if all(event.origin is Origin.SIMULATED for event in history):
        assert len(steps) == len(history) - 1


@pytest.mark.parametrize(
    ("way", "reported"),
    [
        (TO_DONE, Event(9, START, "done", Origin.OBSERVED, DoneEnvelope({"sizes": [1]}))),
        (TO_DONE, Event(9, START, "failed", Origin.OBSERVED, FailedEnvelope(None, Error("x")))),
        (TO_DONE, Event(9, START, "aborted", Origin.OBSERVED, cause=Cancelled(False))),
        (TO_DONE, Event(9, START, "aborted", Origin.OBSERVED, cause=Cancelled(True))),
        (ASKED, Event(9, START, "aborted", Origin.OBSERVED, cause=Abandoned(3601.6))),
    ],
)  # fmt: skip
def test_an_end_that_a_server_reported_is_reproduced(way, reported):
    """With the same result or error, although no envelope told of it."""
    cause = Reported(reported.error, reported.result)
    end = changed(reported, at=START + timedelta(hours=1), envelope=None, cause=cause)
    _, steps = reproduce(of(*done(*way).events, end))
    event = steps[-1].event
    assert (event.state, event.error, event.result) == (end.state, end.error, end.result)


def test_an_abort_for_an_unknown_reason_is_only_entered():
    """No operator can be made to bring it about."""
    for error in (None, Error("session_abandoned"), Error("power_cut")):
        *events, end = done(*TO_DONE, Cancel()).events
        _, steps = reproduce(of(*events, changed(end, cause=Reported(error))))
        assert steps[-1].step == Enter(state="aborted")


@pytest.mark.parametrize(
    ("step", "via_ui"),
    [
        (Enter(state="failed"), True),
        (Cancel(discard_files=True), True),
        (Fail(error=Error("disk_full", "12 MB")), True),
        (Fail(error=Error("disk_full", "", "path")), True),
        (Fail(error=Error("disk_full", "two\nlines")), False),
        (Fail(error=Error(" disk_full", "12 MB")), False),
        (Fail(error=Error("Cancelled", "12 MB")), False),
        (Fail(error=Error("disk_full", details={"left": 12})), False),
    ],
)
def test_what_a_user_can_do_is_done_in_the_window(step, via_ui):
    """Plain steps, cancelling, and what the dialogs take; a session's own words are not."""
    _, steps = reproduce(done(step))
    assert steps[0].via_ui is via_ui


ANSWERS = {
    "sample_id": "S-1",
    "instrument_mode": "fast",
    "run_date": "2026-01-31",
    "calibrated": True,
    "remarks": "a\nb",
}


@pytest.mark.parametrize(
    ("other", "via_ui"),
    [
        ({}, True),
        ({"remarks": ""}, True),
        ({"sample_id": 1}, False),
        ({"sample_id": "two\nlines"}, False),
        ({"instrument_mode": "slow"}, False),
        ({"run_date": "20260131"}, False),
        ({"run_date": ""}, False),
        ({"calibrated": "yes"}, False),
        ({"remarks": "a\tb"}, False),
        ({"remarks": None}, False),
    ],
)
def test_answers_are_given_in_the_form_if_it_gives_the_same(other, via_ui):
    """What the form would add, leave out or change is answered by the scenario."""
    _, steps = reproduce(done(*ASKED, Answer(inputs=ANSWERS | other)))
    assert steps[-1].via_ui is via_ui
    assert steps[-1].event.cause.answers == ANSWERS | other


def test_what_was_only_seen_is_reproduced_with_what_is_due():
    """An observer who missed an envelope does not make the session emit none."""
    seen = recording("validating", "rendering").events
    plain = [event for event in seen if event.kind != "progress"]
    events = [changed(event, origin=Origin.OBSERVED, envelope=None) for event in plain]
    assert [step.event.kind for step in reproduce(of(*events))[1]] == ["phase", "phase"]


OTHER = MachineData.of(StateMachine("a", {"a": frozenset("b"), "b": frozenset()}, {}))


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (of(*EVENTS, machine=OTHER), "of another state machine"),
        (of(), "It has 0 events"),
        (of(*EVENTS[:2] * 600), f"1 to {MAX_EVENTS:,}"),
        (Recording(SHORT.header, [*EVENTS[:3], *EVENTS[5:]]), "event 6 breaks a rule"),
        (of(EVENTS[0], changed(EVENTS[3], origin=Origin.OBSERVED)), "passed, unobserved, through"),
        (of(*EVENTS[:2], changed(EVENTS[2], envelope=None, wire=b'{"kind":"new"}')),
         "event 3 is a message that no simulation emits"),
        (of(EVENTS[0], changed(EVENTS[1], cause=Cancelled(True))), "enters other states"),
        (replace(SHORT, problems=[Problem(3, 70, "It is not JSON.")]), "line 3 cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_reproduced_is_refused_with_the_reason(refused, reason):
    """In one sentence."""
    with pytest.raises(ReproduceError, match=reason):
        reproduce(refused)


def test_what_this_program_does_not_know_of_a_message_is_left_out():
    """A server may say more in a message than a simulation does."""
    events = [*EVENTS[:2], changed(EVENTS[2], wire=b'{"kind":"progress","eta_s":3}')]
    assert [step.event.kind for step in reproduce(of(*events))[1]] == ["phase", "progress"]


@given(st.text())
def test_any_label_is_a_title(label):
    """However a session is called."""
    assert reproduce(of(*EVENTS, label=label))[0].title


def test_progress_is_emitted_by_the_scenario():
    """No user can do it; nor end with a result of its own."""
    own = done(*TO_DONE, Enter(state="done", emits=DoneEnvelope({"path": "elsewhere"})))
    assert [step.via_ui for step in reproduce(own)[1]] == [*[True] * 6, False]
    assert {type(step.step) for step in reproduce(SHORT)[1] if not step.via_ui} == {Emit}
