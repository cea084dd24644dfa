"""Late messages are put where they belong."""

from datetime import UTC, datetime

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import PhaseEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.export.message_order import MisplacedError, in_order

START = datetime(2026, 1, 31, 12, tzinfo=UTC)


def history(*parts):
    """Return events: a state was entered, or an envelope came late while the last one was shown."""
    events = []
    for seq, part in enumerate(parts, 1):
        late = not isinstance(part, str)
        state = events[-1].state if late else part
        envelope, mark = (part, Mark.LATE) if late else (None, None)
        events.append(Event(seq, START, state, Origin.OBSERVED, envelope, mark=mark))
    return events


def phase(name):
    return PhaseEnvelope(name, "2026-01-31T12:00:00Z")


def told(events):
    return [(event.state, event.kind) for event in in_order(CREATION_MACHINE, events)]


def test_a_message_belongs_to_the_entry_that_it_reports():
    """Each in its turn, also if the same state was entered again."""
    events = history(
        "pending",
        "validating",
        "rendering",
        phase("validating_inputs"),
        ProgressEnvelope("validating_inputs", 1, 2),
        phase("rendering_template"),
    )
    assert told(events) == [
        ("pending", "transition"),
        ("validating", "phase"),
        ("validating", "progress"),
        ("rendering", "phase"),
    ]


def test_a_state_that_only_a_message_reports_is_entered():
    """The session passed through it between two snapshots."""
    events = history("pending", "failed", phase("validating_inputs"), phase("rendering_template"))
    states = [state for state, _ in told(events)]
    assert states == ["pending", "validating", "rendering", "failed"]


@pytest.mark.parametrize("name", ["writing_cache", "no_such_phase"])
def test_a_message_that_fits_nowhere_is_told(name):
    """The session cannot have been in that state."""
    with pytest.raises(MisplacedError, match="event 3 reports a state that fits nowhere"):
        told(history("pending", "failed", phase(name)))
