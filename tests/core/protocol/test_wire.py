"""A message is understood as far as its fields are known, and kept where it says more."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.protocol.envelopes import Error, FailedEnvelope, PhaseEnvelope
from exlab_gui.core.protocol.wire import kind_of, phase_of, read_envelope
from tests.helpers.strategies import envelopes

PHASE = b'{"kind":"phase","phase":"rendering_template","at":"2026-01-31T12:00:00Z"}'


@given(envelopes())
def test_a_known_message_is_understood_whole(envelope):
    """Of an envelope of known shape nothing is kept besides what it says."""
    assert read_envelope(msgspec.json.encode(envelope)) == (envelope, None)


@pytest.mark.parametrize(
    "message",
    [
        PHASE.replace(b'":"', b'" : "'),
        b'{"phase":"rendering_template","at":"2026-01-31T12:00:00Z","kind":"phase"}',
    ],
)
def test_how_a_message_is_written_says_nothing(message):
    """White space and the order of keys do not make a message unknown."""
    assert read_envelope(message) == (
        PhaseEnvelope("rendering_template", "2026-01-31T12:00:00Z"),
        None,
    )


@pytest.mark.parametrize(
    ("message", "envelope"),
    [
        (
            PHASE[:-1] + b',"trace_id":7}',
            PhaseEnvelope("rendering_template", "2026-01-31T12:00:00Z"),
        ),
        (
            b'{"kind":"failed","phase":null,"error":{"code":"internal_error","hint":"?"}}',
            FailedEnvelope(None, Error("internal_error")),
        ),
    ],
)
def test_a_field_more_is_kept_with_what_is_known(message, envelope):
    """A field that is not known, at any depth, leaves the rest understood and the message kept."""
    assert read_envelope(message) == (envelope, message)


def test_a_field_more_in_a_list_is_kept():
    """A field that is not known is noticed in the fields of an input form too."""
    message = (
        b'{"kind":"input_required","fields":[{"id":"a","label":"A","unit":"ml"}],'
        b'"reason":"?","plugin":"p"}'
    )
    envelope, kept = read_envelope(message)
    assert envelope.fields[0].id == "a"
    assert kept == message


@pytest.mark.parametrize(
    ("message", "kind", "phase"),
    [
        (b'{"kind":"lims","phase":"registering"}', "lims", "registering"),
        (
            b'{"kind":"progress","phase":"running_plugins","current":"2"}',
            *("progress", "running_plugins"),
        ),
        (b'{"kind":7,"phase":7}', "unknown", None),
        (b"[]", "unknown", None),
        (b"", "unknown", None),
        (b"\xff\xd8", "unknown", None),
        (b"[" * 100_000, "unknown", None),
    ],
)
def test_what_is_not_understood_is_kept(message, kind, phase):
    """A message of an unknown kind or shape is kept, with the kind and phase that it names."""
    assert read_envelope(message) == (None, message)
    assert kind_of(message) == kind
    assert phase_of(message) == phase


@given(st.binary())
def test_no_message_is_refused(message):
    """Whatever comes over the wire, it is understood or kept."""
    envelope, kept = read_envelope(message)
    assert envelope is not None or kept == message
