"""Events are written in columns that line up, for any machine."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.event_lines import EventLines
from tests.helpers.logs import kind as kind_of
from tests.helpers.strategies import session_histories

AT = datetime(2026, 1, 31, 12, 0, 5, 678_901, UTC)


def test_a_line():
    """A line has the number, the time to the millisecond, the state, kind, phase and detail."""
    event = Event(7, AT, "rendering", Origin.SIMULATED)
    before = Event(6, AT, "validating", Origin.SIMULATED)
    assert EventLines(CREATION_MACHINE).line(event, before).split() == [
        *("7", "12:00:05.678", "rendering", "transition", "rendering_template"),
        *("validating", "→", "rendering"),
    ]


@given(session_histories())
def test_columns_line_up(history):
    """Whatever happened, each column begins where it begins in every other line."""
    lines = EventLines(CREATION_MACHINE)
    widths = [max(map(len, CREATION_MACHINE.states)), len("input_required")]
    for event in history:
        line = lines.line(event, None)
        state = line.index(event.state)
        assert state == len("  1  12:00:05.678  ") or event.seq > 999
        kind = state + widths[0] + 2
        assert line[kind:].startswith(kind_of(event))
        phase = getattr(event.envelope, "phase", None) or CREATION_MACHINE.phase(event.state)
        assert line[kind + widths[1] + 2 :].startswith(phase or "")
        assert describe(event).strip() in line


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Event(7, AT, "rendering", Origin.INFERRED), "(inferred)"),
        (Event(7, AT, "failed", Origin.OBSERVED, mark=Mark.GAP), "were not observed)"),
        (Event(7, AT, "rendering", Origin.OBSERVED, mark=Mark.LATE), "(known before)"),
    ],
)
def test_what_was_not_seen_as_it_happened_is_said(event, said):
    """A line says that its event was inferred, came late, or follows what nobody saw."""
    assert EventLines(CREATION_MACHINE).line(event, None).endswith(said)


def test_names_may_be_as_long_as_they_like():
    """The columns are as wide as the machine's longest names."""
    long = "registering_with_the_laboratory_system"
    machine = StateMachine("on", {"on": frozenset({long}), long: frozenset()}, {long: "p" * 50})
    lines = EventLines(machine)
    first, second = (
        lines.line(Event(seq, AT, state, Origin.SIMULATED), None)
        for seq, state in enumerate(machine.states, 1)
    )
    assert first.index("transition") == second.index("transition")
