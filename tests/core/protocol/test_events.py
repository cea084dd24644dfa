"""One line of a history: its kind, and what it says of the session's end."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Event, Mark, Origin, Resumed
from tests.helpers.strategies import envelopes, json_values

AT = datetime(2026, 1, 31, 12, 0, 0, 123456, UTC)


def event(state, envelope=None, cause=None):
    """Return an event as a simulated session has it."""
    return Event(7, AT, state, Origin.SIMULATED, envelope, cause)


@given(envelopes())
def test_the_kind_is_the_envelopes(envelope):
    """The kind of an event is that of what was emitted."""
    assert event("rendering", envelope).kind == envelope.kind


def test_a_change_of_state_without_an_envelope_is_a_transition():
    """A change of state that emits nothing shows as ``transition``."""
    assert event("pending").kind == "transition"


@pytest.mark.parametrize(("wire", "kind"), [(b'{"kind":"lims"}', "lims"), (b"?", "unknown")])
def test_a_message_that_is_not_understood_has_its_own_kind(wire, kind):
    """The kind of an event whose message is not known is the one that the message names."""
    assert Event(7, AT, "rendering", Origin.OBSERVED, wire=wire).kind == kind


def test_a_failure_gives_its_error():
    """The error of a failure is the one that was emitted."""
    error = Error("disk_space_insufficient", "3 MB are left.")
    assert event("failed", FailedEnvelope("writing_cache", error)).error is error


@pytest.mark.parametrize(
    ("cause", "error"),
    [
        (Cancelled(True), Error("cancelled", "Cancelled; the partly made folder is discarded.")),
        (Cancelled(False), Error("cancelled", "Cancelled; the partly made folder is kept.")),
        (Abandoned(5400.4), Error("session_abandoned", "No heartbeat for 5,400 s.")),
    ],
)
def test_an_abort_gives_why(cause, error):
    """The error of a cancelled or an abandoned session is told from its cause (§4.4.7)."""
    assert event("aborted", cause=cause).error == error


@pytest.mark.parametrize(
    "other",
    [
        event("aborted"),
        event("plugin_pass", PhaseEnvelope("running_plugins", "now"), Resumed({"a": 1})),
        event("done", DoneEnvelope({})),
    ],
)
def test_everything_else_has_no_error(other):
    """An event that ends no session badly has no error."""
    assert other.error is None


def test_the_result_is_what_was_made():
    """The result is there exactly where the session is done."""
    assert event("done", DoneEnvelope({"path": "a"})).result == {"path": "a"}
    assert event("failed", FailedEnvelope(None, Error("internal_error"))).result is None
    assert event("aborted").result is None


causes = (
    st.none()
    | st.builds(Resumed, st.dictionaries(st.text(), json_values(), max_size=3))
    | st.builds(Cancelled, st.booleans())
    | st.builds(Abandoned, st.floats(0, 1e9))
)


@given(
    st.builds(
        Event,
        st.integers(1, 2**40),
        st.datetimes(timezones=st.just(UTC)),
        st.text(),
        st.sampled_from(Origin),
        st.none() | envelopes(),
        causes,
    )
)
def test_an_event_comes_back_as_it_went(event):
    """Any event is read back from JSON as it was, to the microsecond."""
    assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event


@pytest.mark.parametrize(
    "value", [event("pending"), Resumed({}), Cancelled(True), Abandoned(4000)], ids=repr
)
def test_an_event_can_not_be_changed(value):
    """An event and its cause keep what they were made with."""
    for name in value.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(value, name, None)


def test_an_event_says_only_what_there_is_to_say():
    """An event without envelope and cause is written without them."""
    assert msgspec.json.encode(event("pending")) == (
        b'{"seq":7,"at":"2026-01-31T12:00:00.123456Z","state":"pending","origin":"simulated"}'
    )


LATE = {"mark": Mark.LATE}


@pytest.mark.parametrize(
    ("before", "state", "message", "enters"),
    [
        (None, "done", {}, True),
        (None, "done", LATE, True),
        ("pending", "validating", {}, True),
        ("pending", "validating", LATE, False),
        ("pending", "validating", {"envelope": ProgressEnvelope("p", 1, 2)}, True),
        ("pending", "validating", {"wire": b"?"}, True),
        ("pending", "pending", {}, True),
        ("pending", "pending", LATE, False),
        ("pending", "pending", {"wire": b'{"kind":"phase"}'}, False),
        ("validating", "validating", {"envelope": PhaseEnvelope("p", "now")}, True),
        ("validating", "validating", {"envelope": PhaseEnvelope("p", "now")} | LATE, False),
        ("validating", "validating", {"envelope": ProgressEnvelope("p", 1, 2)}, False),
        ("validating", "validating", {"envelope": WarningEnvelope("p", "?")}, False),
    ],
)
def test_which_events_enter_a_state(before, state, message, enters):
    """What shows another state enters it, and so does what belongs to a change of state.

    A late message does not; nor does one that is not understood, while the state stays the same.
    """
    assert Event(7, AT, state, Origin.OBSERVED, **message).enters(before) is enters
