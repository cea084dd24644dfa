"""A line of a recording holds an event, or is kept as it is."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exlab_gui.core.protocol.envelopes import PhaseEnvelope
from exlab_gui.core.protocol.events import (
    Abandoned,
    Cancelled,
    Event,
    Mark,
    Origin,
    Reported,
    Resumed,
)
from exlab_gui.core.protocol.wire import read_envelope
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.trace.line import MAX_LENGTH, LineError, decode_event, encode_event
from tests.helpers.odd_fields import SHAPES
from tests.helpers.strategies import envelopes, errors, json_values

AT = datetime(2026, 1, 31, 12, 0, 0, 123456, UTC)
PLAIN = Event(7, AT, "rendering", Origin.OBSERVED, PhaseEnvelope("rendering_template", "now"))

causes = (
    st.none()
    | st.builds(Resumed, st.dictionaries(st.text(), json_values(), max_size=3))
    | st.builds(Cancelled, st.booleans())
    | st.builds(Abandoned, st.floats(0, 1e9))
    | st.builds(
        Reported, st.none() | errors(), st.none() | st.dictionaries(st.text(), json_values())
    )
)
objects = st.dictionaries(st.text(), json_values(), max_size=4)
times = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=st.just(UTC))
messages = (
    st.binary()
    | objects.map(json.dumps).map(str.encode)
    | objects.map(lambda value: json.dumps(value, indent=2).encode())
)


@st.composite
def events(draw):
    """Return events as they come from any source: understood, in part, or not at all."""
    envelope, wire = draw(envelopes() | st.none()), None
    if draw(st.booleans()):
        envelope, wire = read_envelope(draw(messages))
    return Event(
        draw(st.integers(-(2**63), 2**63 - 1)),
        draw(times),
        draw(st.text().map(lambda name: sanitize(name, MAX_NAME))),
        draw(st.sampled_from(Origin)),
        envelope,
        draw(causes),
        wire,
        draw(st.none() | times),
        draw(st.none() | st.sampled_from(Mark)),
    )


@given(events())
def test_any_event_comes_back_as_it_went(event):
    """An event is the same after it was a line, whatever a server sent."""
    line = encode_event(event)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode_event(line) == event
    assert encode_event(decode_event(line)) == line


@pytest.mark.parametrize("envelope", [None, PhaseEnvelope("rendering_template", "now")])
@pytest.mark.parametrize("state", ["\x1b[31m\u202e", "x" * 100_000])
def test_the_name_of_a_state_is_safe_to_show(state, envelope):
    """No state has a name that moves the cursor, turns the writing round or never ends."""
    line = encode_event(Event(7, AT, state, Origin.OBSERVED, envelope))
    for written in (line, line.replace(b"{", b"{ ")):
        assert decode_event(written).state == sanitize(state, MAX_NAME)


def test_a_line_is_plain_json():
    """An event's line has the names and values that ``docs/recordings.md`` gives."""
    assert json.loads(encode_event(PLAIN)) == {
        "seq": 7,
        "at": "2026-01-31T12:00:00.123456Z",
        "state": "rendering",
        "origin": "observed",
        "envelope": {"kind": "phase", "phase": "rendering_template", "at": "now"},
    }


def test_an_unknown_message_stands_in_its_line_as_it_came():
    """A message of an unknown kind is in its line byte for byte."""
    message = b'{"kind": "lims",  "id": 7.50}'
    event = Event(7, AT, "cache_write", Origin.OBSERVED, wire=message)
    assert b'"envelope":' + message + b"}\n" in encode_event(event)


@pytest.mark.parametrize(
    "message",
    [
        b'{"kind": "lims",\n "id": 7}',
        b"not JSON",
        b"{nor this}",
        b"\xff\x00",
        b"[1]",
        b"null",
        b"{} ",
        b"",
    ],
)
def test_a_message_that_is_no_line_of_json_is_kept_too(message):
    """A message that cannot stand in a line is there byte for byte nevertheless."""
    event = Event(7, AT, "cache_write", Origin.OBSERVED, None, None, message)
    assert decode_event(encode_event(event)).wire == message


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"lamp": "on"}, PLAIN),
        ({"cause": {"cause": "paused"}}, PLAIN),
        ({"cause": None, "envelope": None}, Event(7, AT, "rendering", Origin.OBSERVED)),
        ({"at": "2026-01-31T13:00:00.123456+01:00"}, PLAIN),
    ],
)
def test_what_is_not_known_of_a_line_leaves_the_rest(change, expected):
    """An unknown field or cause of a line does not hide the event."""
    line = json.dumps(json.loads(encode_event(PLAIN)) | change).encode()
    assert decode_event(line) == expected


@pytest.mark.parametrize("line", [b"", b"\n", b" \r\n", b'{"kind":"bookmark","text":"here"}\n'])
def test_a_line_of_another_kind_is_no_event(line):
    """An empty line, and an object that has no number, are not events and not wrong."""
    assert decode_event(line) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{}}", "not JSON"),
        (b"[]", "not an event"),
        (b"[" * 5000, "more than 64 objects and lists inside one another"),
        (b'{"seq":1,"at":"\xff"}', "not UTF-8 text, from byte 15 on"),
        (b"[" + b"1," * MAX_LENGTH + b"1]", "at most 524,288"),
        (encode_event(PLAIN).replace(b"7", b"1" + b"0" * 30), "seq"),
        (encode_event(PLAIN).replace(b'"rendering"', b"7"), "state"),
        (encode_event(PLAIN).replace(b"56Z", b"56"), "time zone"),
        (encode_event(PLAIN).replace(b"2026", b"0001"), "the year 1."),
        (encode_event(PLAIN).replace(b"2026", b"9999"), "the year 9999."),
        (encode_event(PLAIN).replace(b'"observed"', b'"dreamt"'), "unknown value"),
    ],
)
def test_a_bad_line_is_refused_with_a_sentence(line, said):
    """What cannot be an event is refused, and the sentence says why."""
    with pytest.raises(LineError, match=r"\.$") as refusal:
        decode_event(line)
    assert said in str(refusal.value)


@given(st.binary())
@example(b'{"seq":1e400}')
def test_no_line_does_harm(line):
    """Whatever a line holds, it is an event, no event, or refused."""
    try:
        event = decode_event(line)
    except LineError:
        return
    assert event is None or encode_event(event)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("indent", [0, 2])
def test_an_odd_question_is_kept_as_it_came(shape, indent):
    """Whatever its fields are, and however it was written, it is read from its line as it was."""
    asked = {"kind": "input_required", "fields": shape.fields, "reason": "?", "plugin": "p"}
    came = msgspec.json.format(msgspec.json.encode(asked), indent=indent)
    question, wire = read_envelope(came)
    event = Event(4, AT, "input_required", Origin.OBSERVED, question, wire=wire)
    assert decode_event(encode_event(event)) == event
