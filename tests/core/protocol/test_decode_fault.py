"""What msgspec cannot decode is told in words that people know."""

import msgspec
import pytest

from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.events import Event

EVENT = {"seq": 1, "at": "2026-01-31T12:00:00Z", "state": "pending", "origin": "observed"}


def changed(**fields):
    """Return the JSON of an event with other fields; one that is ``...`` is missing."""
    event = {key: value for key, value in {**EVENT, **fields}.items() if value is not ...}
    return msgspec.json.encode(event)


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (changed(seq="okafor"), '"seq" must be a whole number, not text'),
        (changed(seq=1.5), '"seq" must be a whole number'),
        (changed(seq=2**64 - 1), '"seq" must be <= 9223372036854775807'),
        (changed(at=...), '"at" is missing'),
        (changed(at="noon"), '"at" is not a time such as 2026-01-31T12:00:00Z'),
        (changed(at="2026-01-31T12:00:00"), '"at" has no time zone'),
        (changed(origin="okafor"), '"origin" has an unknown value'),
        (changed(wire="?"), '"wire" is not in base64'),
        (changed(envelope={"kind": "phase"}), '"phase" is missing in "envelope"'),
        (
            changed(envelope={"kind": "input_required", "fields": [{"id": []}]}),
            '"envelope.fields[0].id" must be text, not a list',
        ),
        (b'{"seq":1e999}', '"seq" is a number that is too large'),
        (b"[]", "it must be an object, not a list"),
        (b"{,}", "it is not JSON, from byte 1 on"),
        (b'{"a":1', "it is cut off"),
    ],
)
def test_a_fault_is_told_in_plain_words(message, fault):
    """The sentence names the place and what is due there, and quotes nothing that was read."""
    with pytest.raises(msgspec.MsgspecError) as raised:
        msgspec.json.decode(message, type=Event)
    assert decode_fault(raised.value) == fault


def test_an_unknown_fault_is_told_without_its_words():
    """What a later msgspec may say is not passed on, but for where it is."""
    assert decode_fault(ValueError("Ex `x` - at `$.a[1]`")) == '"a[1]" cannot be understood'
    assert decode_fault(ValueError("okafor")) == "it cannot be understood"
