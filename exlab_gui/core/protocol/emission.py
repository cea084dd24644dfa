"""The envelopes that a session emits by default, and those that it may emit (§4.6.2)."""

from datetime import UTC, datetime
from typing import Any, assert_never

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Envelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
)
from exlab_gui.core.protocol.form import EXAMPLES

DEFAULT_ERROR = Error("internal_error", "The simulated session was told to fail.")

DEFAULT_QUESTION = InputRequiredEnvelope(
    fields=EXAMPLES,
    reason="The sample sheet does not say which sample this run belongs to.",
    plugin="sample_sheet",
)

DEFAULT_RESULT: dict[str, Any] = {
    "path": "/data/Equipment_01/Project_A/Run_2026-01-31",
    "sync_status": "pending",
    "blocked": False,
}


def entry_envelope(
    machine: StateMachine, current: str, new_state: str, at: datetime
) -> Envelope | None:
    """Return what the transition from `current` to `new_state` emits at time `at`, or None."""
    kind = machine.emits(new_state)
    match kind:
        case "phase":
            return PhaseEnvelope(str(machine.phase(new_state)), wire_time(at))
        case "input_required":
            return DEFAULT_QUESTION
        case "done":
            return DoneEnvelope(dict(DEFAULT_RESULT))
        case "failed":
            return FailedEnvelope(machine.phase(current), DEFAULT_ERROR)
        case None:
            return None
    assert_never(kind)


def assert_entry_envelope(
    machine: StateMachine, current: str, new_state: str, envelope: Envelope
) -> None:
    """Raise ValueError if the transition may not emit `envelope`: its kind, or its phase."""
    kind = machine.emits(new_state)
    if envelope.kind != kind:
        raise ValueError(f"entering {new_state} emits {kind or 'no envelope'}, not {envelope.kind}")
    _assert_phase(machine, current, new_state, envelope)


def assert_envelope_between(machine: StateMachine, state: str, envelope: Envelope) -> None:
    """Raise ValueError if a session may not emit `envelope` during a visit to `state`.

    It may not belong to a transition nor bear the phase of another state; a terminal state emits
    nothing.
    """
    if envelope.enters:
        raise ValueError(f"{envelope.kind} is emitted by a transition, not between two")
    if state in machine.terminal:
        raise ValueError(f"the session is over: {state} emits nothing more")
    _assert_phase(machine, state, state, envelope)


def _assert_phase(machine: StateMachine, before: str, after: str, envelope: Envelope) -> None:
    state = before if envelope.phase_from == "before" else after
    phase = machine.phase(state)
    if envelope.phase_from is not None and envelope.phase != phase:
        raise ValueError(
            f"{envelope.kind} bears the phase {envelope.phase}, "
            f"but that of {state} is {phase or 'none'}"
        )


def wire_time(at: datetime) -> str:
    """Return `at` as the envelopes write it: UTC, ISO 8601, whole seconds, ending in Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def state_told_by(machine: StateMachine, envelope: Envelope) -> str | None:
    """Return the state that `envelope` tells of, or None if no state has its phase."""
    bears = envelope.phase if envelope.phase_from == "after" else None
    return machine.told_by(envelope.kind if bears is None else bears)
