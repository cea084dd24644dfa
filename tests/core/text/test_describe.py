"""Every event is told in one line of plain text."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.sanitize import MAX_LENGTH
from tests.helpers import spec
from tests.helpers.strategies import envelopes, json_values

AT = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
QUESTION = InputRequiredEnvelope(
    (Field("sample_id", "Sample ID"), Field("rack", "")), "No tube.", "sample_sheet"
)
CAUSES = (
    st.none()
    | st.builds(Resumed, st.dictionaries(st.text(), json_values(), max_size=3))
    | st.builds(Cancelled, st.booleans())
    | st.builds(Abandoned, st.floats(0, 1e9))
)
STATES = st.sampled_from(spec.STATES)


def event(envelope=None, cause=None, *, seq=5, state="rendering"):
    return Event(seq, AT, state, Origin.SIMULATED, envelope, cause)


@pytest.mark.parametrize(
    ("envelope", "told"),
    [
        (ProgressEnvelope("running_plugins", 2, 4), "2 of 4"),
        (WarningEnvelope("running_plugins", "It is late."), "It is late."),
        (QUESTION, "sample_sheet: No tube. (Sample ID, rack)"),
        (
            DoneEnvelope({"path": "A/B", "sync_status": "queued", "blocked": False}),
            "A/B · sync queued",
        ),
        (
            DoneEnvelope({"path": "A", "sync_status": "held", "blocked": True}),
            "A · sync held · blocked",
        ),
        (DoneEnvelope({"path": None, "sync_status": 7, "blocked": "no"}), "sync 7"),
        (DoneEnvelope({}), ""),
        (FailedEnvelope(None, Error("unsafe", "No.", "label")), "unsafe: No. (label)"),
        (FailedEnvelope(None, Error("internal_error")), "internal_error"),
    ],
)
def test_what_was_emitted(envelope, told):
    """An envelope tells what it bears, whatever the state before it."""
    assert describe(event(envelope)) == describe(event(envelope), "validating") == told


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (Resumed({"id": "S-1", "fresh": True, "n": 3}), "resumed: id = S-1, fresh = true, n = 3"),
        (Resumed({}), "resumed: no answers"),
        (Cancelled(discard_files=True), "cancelled: the partly made folder is discarded"),
        (Cancelled(discard_files=False), "cancelled: the partly made folder is kept"),
        (Abandoned(3_700.4), "session_abandoned: no heartbeat for 3,700 s"),
    ],
)
def test_why_the_state_changed(cause, told):
    """Where the cause of a change is known, it is told rather than where the session came from."""
    assert describe(event(cause=cause), "input_required") == told
    assert describe(event(PhaseEnvelope("running_plugins", ""), cause)) == told


def test_a_message_that_is_not_understood_is_shown_as_it_came():
    """Of a message of unknown kind everything is shown; a field more of a known one is not."""
    unknown = Event(5, AT, "rendering", Origin.OBSERVED, wire=b'{"kind":"lims","id":"P-17"}\xff')
    assert describe(unknown) == '{"kind":"lims","id":"P-17"}\ufffd'
    more = b'{"kind":"warning","phase":"","message":"?","by":"Ada"}'
    envelope = WarningEnvelope("", "?")
    assert describe(Event(5, AT, "rendering", Origin.OBSERVED, envelope, wire=more)) == "?"


def test_where_the_session_came_from():
    """A change of state with nothing else to tell says from where it went, if that is known."""
    for entered in (event(), event(PhaseEnvelope("rendering_template", "2026-01-31T12:00:00Z"))):
        assert describe(entered, "validating") == "validating → rendering"
        assert describe(entered) == ""


def test_the_first_event_opens():
    """The first event of a history says that the session was opened."""
    assert describe(event(seq=1, state="pending")) == "opened"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x1b[31mred\x00", r"\x1b[31mred\x00"),
        ("sdc.\u202etxt\u2028", r"sdc.\u202etxt\u2028"),
        ("\ud800", r"\ud800"),
        ("20\u00a0µm, 37 °C, 日本", "20\u00a0µm, 37 °C, 日本"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text, line):
    """Control and format characters stand as escapes; letters, signs and spaces stay."""
    assert describe(event(WarningEnvelope("p", text))) == line


@given(st.none() | envelopes(), CAUSES, STATES, st.none() | STATES, st.integers(1, 10**6))
def test_any_event_takes_one_bounded_line(envelope, cause, state, before, seq):
    """Whatever an event holds, it is told in one line of text that any terminal can show."""
    line = describe(event(envelope, cause, seq=seq, state=state), before)
    assert len(line) <= MAX_LENGTH
    assert len(line.splitlines()) <= 1
    assert all(character.isprintable() or character.isspace() for character in line)
    line.encode()
