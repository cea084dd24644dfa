"""JSON that is nested too deep is noticed, whatever its texts hold."""

import json

import pytest
from hypothesis import given

from exlab_gui.core.protocol.depth import MAX_DEPTH, MAX_MESSAGE_DEPTH, has_too_much, is_too_deep
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.protocol.wire import read_envelope
from exlab_gui.core.trace.line import decode_event, encode_event
from tests.core.trace.kept import START
from tests.helpers.strategies import json_values


def nested(depth, innermost=0):
    """Return the JSON of `innermost` within `depth` objects and lists."""
    pairs = [(b'{"a":', b"}"), (b"[", b"]")]
    used = [pairs[n % 2] for n in range(depth)]
    before, after = b"".join(a for a, _ in used), b"".join(b for _, b in reversed(used))
    return before + str(innermost).encode() + after


def depth_of(value):
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return 1 + max(map(depth_of, inner), default=0)
    return 0


def values_in(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(values_in, inner))


@given(json_values())
def test_what_has_too_many_values_is_noticed(value):
    """The estimate is never too low."""
    count = values_in(value)
    assert count <= 1 or has_too_much(json.dumps(value).encode(), count - 2)


def test_a_message_with_too_many_values_is_not_understood():
    """It is kept as it came, and takes no time."""
    message = b'{"kind": "done", "result": {"path": [%s7]}}' % (b"[]," * 40_000)
    assert read_envelope(message) == (None, message)


@given(json_values())
def test_the_depth_is_counted(value):
    """Brackets in texts do not count, and neither does what stands beside one another."""
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        depth = depth_of(value)
        assert not is_too_deep(text.encode("utf-8", "surrogatepass"), depth)
        assert not depth or is_too_deep(text.encode("utf-8", "surrogatepass"), depth - 1)


@pytest.mark.parametrize("text", ["[" * 100, '"' * 99, '\\"[{' * 99, "[" * 99 + "\\"])
def test_brackets_in_texts_do_not_count(text):
    """Also if there are many, and escaped quotation marks among them."""
    assert not is_too_deep(json.dumps([[text]]).encode(), 2)


def test_damaged_json_ends():
    """A text without an end, or a bracket too many, raises nothing."""
    for damaged in (b'["' + b"[" * 99, b"]" * 99 + b"[" * 9, b"{" * 99 + b'"\\', b"\\" * 99):
        is_too_deep(damaged, 9)


@pytest.mark.parametrize("depth", [MAX_MESSAGE_DEPTH, MAX_MESSAGE_DEPTH + 1, 5_000, 50_000])
def test_whatever_a_server_sends_can_be_recorded(depth):
    """A message that is too deep for a line is not understood, and is kept as it came."""
    message = b'{"kind":"done","result":{"a":' + nested(depth - 2) + b"}}"
    envelope, wire = read_envelope(message)
    assert (envelope is None) == (depth > MAX_MESSAGE_DEPTH)
    event = Event(1, START, "done", Origin.OBSERVED, envelope, wire=wire)
    assert decode_event(encode_event(event)) == event


def test_the_limits_fit():
    """A line has room for a message of the most depth."""
    assert MAX_MESSAGE_DEPTH < MAX_DEPTH
