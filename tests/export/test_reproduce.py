"""A recorded session told again: the same states, envelopes and answers, or a reason why not."""

from contextlib import suppress
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.envelopes import DoneEnvelope, Error, PhaseEnvelope
from exlab_gui.core.protocol.events import Cancelled, Origin, Resumed
from exlab_gui.core.scenario.scenario import Answer, Cancel, Emit, Enter, Fail, Wait
from exlab_gui.core.trace import Problem, Recording, new_header
from exlab_gui.core.trace.header import RecordedMachine
from exlab_gui.export.reproduce import MAX_EVENTS, RetellingError, retell
from exlab_gui.scenarios import bundled_scenarios, find_scenario
from tests.core.trace.kept import SHORT, START, recording
from tests.helpers.strategies import session_histories
from tests.testing.recorded import random_recording, recording_of


def changed(of, **fields):
    """Return `of` with other events or another header."""
    return Recording(fields.get("header", of.header), fields.get("events", of.events))


@pytest.mark.parametrize("name", bundled_scenarios())
def test_a_scenario_that_was_played_is_told_as_it_was(name):
    """Step for step, but for the time between."""
    scenario = find_scenario(name)
    told = retell(recording_of(name, scenario)).scenario
    plain = [msgspec.structs.replace(step, after=0.6) for step in scenario.steps]
    assert [type(step) for step in told.steps] == [type(step) for step in plain]
    for step, other in zip(told.steps, plain, strict=True):
        if not isinstance(step, Enter | Wait):
            assert step == other
    assert told.kind == scenario.kind


@pytest.mark.parametrize("seed", range(100, 150))
def test_the_events_are_those_that_were_recorded(seed):
    """However a session went, the simulated one says and does the same."""
    recorded = random_recording(seed)
    for move, event in zip(retell(recorded).moves, recorded.events[1:], strict=True):
        assert move.event.state == event.state
        assert move.event.cause == event.cause
        if not isinstance(event.envelope, PhaseEnvelope):
            assert move.event.envelope == event.envelope


@given(session_histories(legal=True))
def test_any_legal_history_is_told_or_refused(history):
    """Nothing else comes of it, whoever saw the events; what was simulated is always told."""
    told = Recording(new_header(CREATION_MACHINE, "", "x", START), history)
    moves = ()
    with suppress(RetellingError):
        moves = retell(told).moves
        assert [move.event.state for move in moves] == [event.state for event in history[1:]]
    if all(event.origin is Origin.SIMULATED for event in history):
        assert len(moves) == len(history) - 1


def test_what_a_user_can_do_is_done_by_hand():
    """Plain moves, cancelling, and what the dialogs take; a session's own words are not."""
    told = retell(random_of(Enter(state="validating"), Cancel(discard_files=True)))
    assert [move.via_ui for move in told.moves] == [True, True]
    for error, via_ui in (
        (Error("disk_full", "12 MB"), True),
        (Error("disk_full", "", "path"), True),
        (Error("disk_full", "two\nlines"), False),
        (Error(" disk_full", "12 MB"), False),
        (Error("Cancelled", "12 MB"), False),
        (Error("disk_full", details={"left": 12}), False),
    ):
        assert retell(random_of(Fail(error=error))).moves[0].via_ui is via_ui
    done = Enter(state="done", emits=DoneEnvelope({"path": "elsewhere"}))
    assert [move.via_ui for move in retell(walk_to_done(done)).moves] == [True] * 6 + [False]


@pytest.mark.parametrize(
    ("answers", "via_ui"),
    [
        ({"sample_id": "S-1", "instrument_mode": "fast", "run_date": "2026-01-31",
          "calibrated": True, "remarks": "a\nb"}, True),
        ({"sample_id": "S-1"}, False),
        ({"sample_id": 1, "instrument_mode": "fast", "run_date": "2026-01-31",
          "calibrated": True, "remarks": ""}, False),
        ({"sample_id": "S-1", "instrument_mode": "slow", "run_date": "2026-01-31",
          "calibrated": True, "remarks": ""}, False),
        ({"sample_id": "S-1", "instrument_mode": "fast", "run_date": "20260131",
          "calibrated": True, "remarks": ""}, False),
        ({"sample_id": "S-1", "instrument_mode": "fast", "run_date": "2026-01-31",
          "calibrated": True, "remarks": "a\tb"}, False),
    ],
)  # fmt: skip
def test_answers_are_given_in_the_form_where_it_gives_the_same(answers, via_ui):
    """What the form would add, leave out or change is answered by the scenario."""
    asked = ("validating", "rendering", "plugin_pass", "input_required")
    steps = [*(Enter(state=state) for state in asked), Answer(inputs=answers)]
    told = retell(random_of(*steps))
    assert told.moves[-1].via_ui is via_ui
    assert told.moves[-1].event.cause == Resumed(answers)


def test_what_was_only_seen_is_told_with_what_is_due():
    """An observer who missed an envelope does not make the session emit none."""
    events = [
        msgspec.structs.replace(event, origin=Origin.OBSERVED, envelope=None)
        for event in recording("validating", "rendering").events
        if event.kind != "progress"
    ]
    events = [msgspec.structs.replace(e, seq=n) for n, e in enumerate(events, 1)]
    moves = retell(changed(SHORT, events=events)).moves
    assert [move.event.kind for move in moves] == ["phase", "phase"]


def other_machine():
    machine = StateMachine("a", {"a": frozenset("b"), "b": frozenset()}, {})
    return msgspec.structs.replace(SHORT.header, machine=RecordedMachine.of(machine))


EVENTS = list(SHORT.events)


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (changed(SHORT, header=other_machine()), "of another state machine"),
        (changed(SHORT, events=[]), "holds no event"),
        (changed(SHORT, events=EVENTS[:2] * 600), f"at most {MAX_EVENTS:,}"),
        (changed(SHORT, events=[*EVENTS[:3], *EVENTS[5:]]), "event 6 is no example to follow"),
        (
            changed(SHORT, events=[EVENTS[0], msgspec.structs.replace(
                EVENTS[3], seq=2, origin=Origin.OBSERVED)]),
            "passed, unseen, through validating",
        ),
        (
            changed(SHORT, events=[*EVENTS[:2], msgspec.structs.replace(
                EVENTS[2], envelope=None, wire=b'{"kind":"new"}')]),
            "event 3 is a message that no simulation emits",
        ),
        (
            changed(SHORT, events=[*EVENTS[:2], msgspec.structs.replace(
                EVENTS[-1], seq=3, state="aborted", envelope=PhaseEnvelope("x", ""))]),
            "no example to follow",
        ),
        (
            changed(SHORT, events=[EVENTS[0], msgspec.structs.replace(
                EVENTS[1], cause=Cancelled(True))]),
            "does not do the same as event 2",
        ),
        (replace(SHORT, problems=[Problem(3, 70, "It is not JSON.")]), "line 3 cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_again_is_refused_with_the_reason(refused, reason):
    """In one sentence."""
    with pytest.raises(RetellingError, match=reason):
        retell(refused)


@given(st.text())
def test_any_label_is_a_title(label):
    """However a session is called."""
    header = msgspec.structs.replace(SHORT.header, label=label)
    assert retell(changed(SHORT, header=header)).scenario.title


def random_of(*steps):
    """Return what a session leaves that does `steps`."""
    from exlab_gui.core.scenario.scenario import Scenario

    return recording_of("x", Scenario(title="x", steps=steps))


def walk_to_done(done):
    """Return what a session leaves that goes to its end, and does `done` there."""
    way = ("validating", "rendering", "plugin_pass", "cache_write", "post_validate", "sync_queued")
    return random_of(*(Enter(state=state) for state in way), done)


def test_progress_is_emitted_by_the_scenario():
    """No user can do it."""
    told = retell(SHORT)
    assert {type(move.step) for move in told.moves if not move.via_ui} == {Emit}
