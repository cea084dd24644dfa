"""JSON written by hand: every value is found again in the text, and every fault is placed."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.scenario.json_positions import (
    MAX_DEPTH,
    JSONText,
    JSONTextError,
    line_and_column,
)
from tests.helpers.strategies import json_values


def fault(data):
    """Return what is wrong with `data`, and at which byte."""
    with pytest.raises(JSONTextError) as refused:
        JSONText(data)
    return str(refused.value), refused.value.offset


def paths(value, path=()):
    """Yield the path to `value` and to everything in it."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*path, key))


@given(json_values(), st.sampled_from([None, 1]), st.booleans())
def test_every_value_is_found_again(value, indent, ascii_only):
    """At the offset of each key stands that key, at that of each entry, the entry."""
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    text = JSONText(data)
    assert text.value == value
    decoder = json.JSONDecoder()
    for path in paths(value):
        found, _ = decoder.raw_decode(data[text.offset(path) :].decode())
        assert found == (path[-1] if path and isinstance(path[-1], str) else text.at(path))


def test_what_is_not_there_is_placed_where_it_would_be():
    """A path that leads nowhere is placed at the innermost object or list on the way."""
    text = JSONText(b'{"steps": [\n{"do": "wait"}]}')
    assert text.offset(("steps", 0, "seconds", 3)) == text.offset(("steps", 0)) == 12
    assert text.offset(("title",)) == 0


@pytest.mark.parametrize(
    ("data", "message", "offset"),
    [
        (b'{"a": 1,}', "this is not valid JSON: trailing comma in object", 8),
        (b'{"a" 1}', "this is not valid JSON: expected ':'", 5),
        (b"{'a': 1}", "this is not valid JSON: object keys must be strings", 1),
        (b"[1 2]", "this is not valid JSON: expected ',' or ']'", 3),
        (b"[NaN]", "this is not valid JSON: invalid character", 1),
        (b"[] []", "this is not valid JSON: trailing characters", 4),
        (b'["\xff"]', "the text is not encoded as UTF-8", 2),
        (b'[1, "1e999", -1e999]', "a number is too large", 13),
        (b"[1e999x]", "a number is too large", 1),
        (b"[" + b"9" * 5_000 + b"]", "a number is too large", 1),
        (b'{"a": {"b": 1, "\\u0062": 2}}', '"b" stands twice in the same object', 15),
    ],
)
def test_a_fault_is_placed(data, message, offset):
    """Text that cannot be used is refused with what is wrong and the byte where it is."""
    assert fault(data) == (message, offset)


@pytest.mark.parametrize("data", [b'{"a": 1', b'["a', b"[1, 2", b"tru", b""])
def test_a_text_that_ends_too_early_is_wrong_at_its_end(data):
    """A text that is cut off is refused at its end."""
    message, offset = fault(data)
    assert "the text ends before every bracket and quotation mark is closed" in message
    assert offset == len(data)


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_deep_nesting_is_refused(depth):
    """Lists may stand inside one another so deep and no deeper, whatever Python could take."""
    JSONText(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    message, _ = fault(b"[" * depth + b"]" * depth)
    assert message == f"more than {MAX_DEPTH} objects and lists stand inside one another"


@given(st.binary() | st.text(alphabet='{}[]":,\\ 0e-a\n').map(str.encode))
def test_any_bytes_are_a_value_or_refused(data):
    """Whatever the bytes, nothing else is raised than what says that they cannot be used."""
    with suppress(JSONTextError):
        assert JSONText(data).offset(()) < len(data)


def test_lines_and_columns_count_characters_from_one():
    """A place is told as editors tell it: lines and characters, both from 1."""
    data = "a\n°C,x".encode()
    assert line_and_column(data, 0) == (1, 1)
    assert line_and_column(data, data.index(b"x")) == (2, 4)
    assert line_and_column(data, len(data)) == (2, 5)
