"""What a simulated session emits on entering a state, unless it is told something else (§4.6.2)."""

from datetime import UTC, datetime
from typing import Any

from exlab_gui.core.envelopes import (
    DoneEnvelope,
    Envelope,
    Error,
    FailedEnvelope,
    Field,
    InputRequiredEnvelope,
    PhaseEnvelope,
)
from exlab_gui.core.machine import StateMachine

DEFAULT_ERROR = Error("internal_error", "The simulated session was told to fail.")

# One field of each type, so that stepping by hand shows what a form can look like.
DEFAULT_QUESTION = InputRequiredEnvelope(
    fields=(
        Field("sample_id", "Sample ID", required=True, hint="As on the tube, e.g. S-0042"),
        Field(
            "instrument_mode", "Instrument mode", "choice", True, "standard", ("standard", "fast")
        ),
        Field("run_date", "Date of the run", "date"),
        Field("calibrated", "Calibrated today", "boolean", default=False),
        Field("remarks", "Remarks", "text"),
    ),
    reason="The sample sheet does not say which sample this run belongs to.",
    plugin="sample_sheet",
)

DEFAULT_RESULT: dict[str, Any] = {
    "path": "Equipment_01/Project_A/Run_2026-01-31",
    "sync_status": "queued",
    "blocked": False,
}


def entry_envelope(
    machine: StateMachine, current: str, new_state: str, at: datetime
) -> Envelope | None:
    """Return what going from `current` to `new_state` at time `at` emits, or None."""
    match machine.emits(new_state):
        case "phase":
            return PhaseEnvelope(str(machine.phase(new_state)), wire_time(at))
        case "input_required":
            return DEFAULT_QUESTION
        case "done":
            return DoneEnvelope(DEFAULT_RESULT)
        case "failed":
            return FailedEnvelope(machine.phase(current), DEFAULT_ERROR)
    return None


def wire_time(at: datetime) -> str:
    """Return `at` as the envelopes write it: UTC, ISO 8601, whole seconds, ending in Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
