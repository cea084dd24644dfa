"""A message is shown as it came, in lines that can be read."""

import json

import msgspec
import pytest
from hypothesis import given

from exlab_gui.core.limits import SHOWN_CHARACTERS, SHOWN_LINE
from exlab_gui.core.protocol.envelopes import WarningEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.message import message_excerpt, message_text
from exlab_gui.core.text.sanitize import sanitize
from tests.helpers.strategies import START, envelopes


def event(envelope=None, wire=None):
    return Event(2, START, "rendering", Origin.OBSERVED, envelope, wire=wire)


@given(envelopes())
def test_the_text_is_the_same_json(envelope):
    """The indented text of an envelope holds just what it holds; nothing in it is unseen."""
    text, sent = message_text(event(envelope)), msgspec.json.encode(envelope)
    assert all(sanitize(line, len(line) + 1) == line for line in text.split("\n"))
    if sent.decode().isprintable():
        assert json.loads(text) == json.loads(sent)


def test_the_text_is_indented():
    """A key stands on its own line, two columns in."""
    assert message_text(event(WarningEnvelope("p", "é"))) == (
        '{\n  "kind": "warning",\n  "phase": "p",\n  "message": "é"\n}'
    )


@pytest.mark.parametrize(
    ("wire", "text"),
    [
        (b'{"kind":"note","more":[1]}', '{\n  "kind": "note",\n  "more": [\n    1\n  ]\n}'),
        (b"caf\xe9\x1b[31m\nline", "caf\ufffd\\x1b[31m\nline"),
        (b"", ""),
    ],
)
def test_what_was_not_understood_is_shown_as_it_came(wire, text):
    """A message of an unknown kind is there whole; one that is no JSON, as text."""
    assert message_text(event(wire=wire)) == text


def test_what_is_not_known_is_shown_too():
    """Fields that this program does not know are shown with those that it does."""
    wire = b'{"kind":"warning","phase":"p","message":"m","more":1}'
    assert '"more": 1' in message_text(event(WarningEnvelope("p", "m"), wire))


def test_without_a_message_there_is_no_text():
    """A change of state that emitted nothing has no message."""
    assert message_text(event()) is None
    assert message_excerpt(event()) is None


@pytest.mark.parametrize("wire", [b"x" * 10_000_000, b"x\n" * 5_000_000])
def test_an_endless_message_is_cut(wire):
    """Neither a line nor all of them are longer than can be laid out at once; an ellipsis tells."""
    shown = message_excerpt(event(wire=wire))
    assert len(shown.text) <= SHOWN_CHARACTERS + 2
    assert max(map(len, shown.text.splitlines())) <= SHOWN_LINE
    assert shown.text.endswith("…")
    assert (shown.length, shown.is_cut) == (10_000_000, True)


def test_a_long_word_is_cut():
    """All else is there."""
    wire = b'{"kind":"note","a":"%s","b":1}' % (b"x" * 2 * SHOWN_LINE)
    shown = message_excerpt(event(wire=wire))
    assert shown.is_cut
    assert shown.text.endswith('…\n  "b": 1\n}')
    assert shown.length == len(message_text(event(wire=wire)))


@given(envelopes())
def test_what_is_short_enough_is_not_cut(envelope):
    """The excerpt is the whole text."""
    text = message_text(event(envelope))
    assert message_excerpt(event(envelope)).text == text
