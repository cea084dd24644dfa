"""What a session emits on entering a state and between two, and what it may not (§4.6.2)."""

from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import (
    DEFAULT_ERROR,
    DEFAULT_QUESTION,
    DEFAULT_RESULT,
    assert_entry_envelope,
    assert_envelope_between,
    entry_envelope,
    wire_time,
)
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.form import FieldType
from tests.helpers import spec
from tests.helpers.strategies import envelopes

AT = datetime(2026, 1, 31, 12, 0, 0, 987654, UTC)
ZONES = st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
STATES = st.sampled_from(spec.STATES)


def expected(current, new_state):
    """Return what the spec's table has entering `new_state` emit by default."""
    return {
        None: None,
        "phase": PhaseEnvelope(spec.PHASES[new_state], "2026-01-31T12:00:00Z"),
        "input_required": DEFAULT_QUESTION,
        "done": DoneEnvelope(DEFAULT_RESULT),
        "failed": FailedEnvelope(spec.PHASES[current], DEFAULT_ERROR),
    }[spec.KINDS[new_state]]


@pytest.mark.parametrize(("current", "new_state"), spec.LEGAL)
def test_what_each_transition_emits(current, new_state):
    """Each of the 25 transitions emits what the spec says, or nothing."""
    envelope = entry_envelope(CREATION_MACHINE, current, new_state, AT)
    assert envelope == expected(current, new_state)
    if envelope is not None:
        assert_entry_envelope(CREATION_MACHINE, current, new_state, envelope)


def test_a_failure_before_the_first_phase_has_none():
    """A session that fails in pending reports that it failed in no phase."""
    envelope = entry_envelope(CREATION_MACHINE, "pending", "failed", AT)
    assert envelope == FailedEnvelope(None, DEFAULT_ERROR)


def test_the_default_result_is_not_shared():
    """A result that was emitted can be changed, and the next one is as before."""
    first = entry_envelope(CREATION_MACHINE, "sync_queued", "done", AT)
    first.result["path"] = "elsewhere"
    assert DEFAULT_RESULT["path"] != "elsewhere"


def test_the_default_result_has_what_every_result_has():
    """A result says where the folder is, how its sync stands, and that nothing blocks it."""
    assert DEFAULT_RESULT.keys() == {"path", "sync_status", "blocked"}
    assert DEFAULT_RESULT["blocked"] is False


def test_the_default_question_shows_every_type_of_field():
    """Stepping by hand shows a form with one field of each type, and a choice has its options."""
    fields = DEFAULT_QUESTION.fields
    assert sorted(field.type for field in fields) == sorted(get_args(FieldType))
    assert all(bool(field.options) == (field.type == "choice") for field in fields)
    assert len({field.id for field in fields}) == len(fields)


@given(STATES, STATES, envelopes())
def test_only_the_kind_that_is_due_may_be_emitted(current, new_state, envelope):
    """Entering a state takes an envelope of its kind alone, with the phase that is due."""
    due = current if isinstance(envelope, FailedEnvelope) else new_state
    fits = envelope.phase == spec.PHASES[due] or envelope.kind in ("input_required", "done")
    if envelope.kind == spec.KINDS[new_state] and fits:
        assert_entry_envelope(CREATION_MACHINE, current, new_state, envelope)
    else:
        with pytest.raises(ValueError, match=r"^entering .* emits|bears the phase"):
            assert_entry_envelope(CREATION_MACHINE, current, new_state, envelope)


@pytest.mark.parametrize(
    ("current", "new_state", "envelope", "message"),
    [
        (
            "plugin_pass",
            "input_required",
            PhaseEnvelope("input_required", "now"),
            "entering input_required emits input_required, not phase",
        ),
        (
            "plugin_pass",
            "aborted",
            FailedEnvelope("running_plugins", Error("cancelled")),
            "entering aborted emits no envelope, not failed",
        ),
        (
            "validating",
            "rendering",
            PhaseEnvelope("validating_inputs", "now"),
            "phase bears the phase validating_inputs, but that of rendering is rendering_template",
        ),
        (
            "pending",
            "failed",
            FailedEnvelope("done", Error("internal_error")),
            "failed bears the phase done, but that of pending is none",
        ),
    ],
)
def test_the_words_of_a_refused_entry(current, new_state, envelope, message):
    """The refusal says what would have been due."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        assert_entry_envelope(CREATION_MACHINE, current, new_state, envelope)


def test_a_failure_may_bear_the_phase_that_it_failed_in():
    """Another error than the default one may be emitted, with the phase it struck in."""
    failure = FailedEnvelope("writing_cache", Error("disk_space_insufficient"))
    assert_entry_envelope(CREATION_MACHINE, "cache_write", "failed", failure)


@pytest.mark.parametrize("state", spec.STATES)
def test_progress_and_warnings_come_while_a_phase_lasts(state):
    """Between transitions progress and warnings may come, with the phase of the state (§4.6.2)."""
    for phase in {*spec.PHASES.values()} - {None}:
        for envelope in (ProgressEnvelope(phase, 1, 2), WarningEnvelope(phase, "gated")):
            if phase == spec.PHASES[state] and spec.FOLLOWING[state]:
                assert_envelope_between(CREATION_MACHINE, state, envelope)
            else:
                with pytest.raises(ValueError, match=r"bears the phase|the session is over"):
                    assert_envelope_between(CREATION_MACHINE, state, envelope)


@pytest.mark.parametrize("state", spec.STATES)
@pytest.mark.parametrize(
    "envelope",
    [
        PhaseEnvelope("running_plugins", "now"),
        InputRequiredEnvelope((), "", ""),
        DoneEnvelope({}),
        FailedEnvelope("running_plugins", Error("internal_error")),
    ],
    ids=lambda envelope: envelope.kind,
)
def test_no_other_kind_comes_between_transitions(state, envelope):
    """An envelope that belongs to a change of state is refused without one."""
    with pytest.raises(ValueError, match="is emitted by a transition, not between two"):
        assert_envelope_between(CREATION_MACHINE, state, envelope)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES))
def test_the_time_on_the_wire_is_utc_in_whole_seconds(at):
    """A time is written in UTC, ISO 8601, in whole seconds, ending in Z."""
    text = wire_time(at)
    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == at.astimezone(UTC).replace(microsecond=0)


def test_a_time_from_elsewhere_is_turned_into_utc():
    """A time of another zone is written as the same moment in UTC."""
    at = datetime(2026, 2, 1, 0, 30, 0, 999999, timezone(timedelta(hours=2)))
    assert wire_time(at) == "2026-01-31T22:30:00Z"
