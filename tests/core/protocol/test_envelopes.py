"""The envelopes have exactly the shape that the spec gives them on the wire (§4.6.2)."""

import json

import msgspec
import pytest
from hypothesis import given

from exlab_gui.core.protocol.envelopes import (
    KINDS,
    DoneEnvelope,
    Envelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.form import Field
from tests.helpers.strategies import envelopes

ON_THE_WIRE = [
    (
        PhaseEnvelope("rendering_template", "2026-01-31T12:00:00Z"),
        '{"kind":"phase","phase":"rendering_template","at":"2026-01-31T12:00:00Z"}',
    ),
    (
        ProgressEnvelope("running_plugins", 2, 4),
        '{"kind":"progress","phase":"running_plugins","current":2,"total":4}',
    ),
    (
        InputRequiredEnvelope(
            fields=(
                Field("sample_id", "Sample ID"),
                Field("mode", "Mode", "choice", True, "fast", ("fast", "slow"), "As on the tube"),
            ),
            reason="Which sample?",
            plugin="sample_sheet",
        ),
        '{"kind":"input_required","fields":['
        '{"id":"sample_id","label":"Sample ID","type":"string","required":false},'
        '{"id":"mode","label":"Mode","type":"choice","required":true,"default":"fast",'
        '"options":["fast","slow"],"hint":"As on the tube"}],'
        '"reason":"Which sample?","plugin":"sample_sheet"}',
    ),
    (
        WarningEnvelope("queueing_nas_sync", "gated"),
        '{"kind":"warning","phase":"queueing_nas_sync","message":"gated"}',
    ),
    (
        DoneEnvelope({"path": "a/b", "sync_status": "queued", "blocked": False, "more": [1]}),
        '{"kind":"done","result":{"path":"a/b","sync_status":"queued","blocked":false,"more":[1]}}',
    ),
    (
        FailedEnvelope("running_plugins", Error("internal_error", "It broke.")),
        '{"kind":"failed","phase":"running_plugins",'
        '"error":{"code":"internal_error","message":"It broke."}}',
    ),
    (
        FailedEnvelope(None, Error("field_too_long", "Too long.", "label", {"max": 64})),
        '{"kind":"failed","phase":null,"error":{"code":"field_too_long","message":"Too long.",'
        '"field":"label","details":{"max":64}}}',
    ),
]


@pytest.mark.parametrize(("envelope", "text"), ON_THE_WIRE, ids=lambda value: type(value).__name__)
def test_the_shape_on_the_wire(envelope, text):
    """An envelope is written as the spec shows it, its kind first, and read back from that."""
    assert msgspec.json.encode(envelope).decode() == text
    assert msgspec.json.decode(text, type=Envelope) == envelope


@given(envelopes())
def test_an_envelope_comes_back_as_it_went(envelope):
    """Any envelope is read back as the same kind with the same content."""
    data = msgspec.json.encode(envelope)
    assert msgspec.json.decode(data, type=Envelope) == envelope
    assert next(iter(json.loads(data).items())) == ("kind", envelope.kind)


def test_every_kind_is_listed_once():
    """The kinds are the six of the spec, and each is that of one envelope."""
    kinds = ("phase", "progress", "input_required", "warning", "done", "failed")
    assert kinds == KINDS
    assert {envelope.kind for envelope, _ in ON_THE_WIRE} == set(kinds)


def test_what_a_field_is_unless_it_says_otherwise():
    """A field that gives only id and label is a line of text that may stay empty."""
    field = msgspec.json.decode('{"id": "a", "label": "A"}', type=Field)
    assert field == Field("a", "A", "string", False, None, (), None)


def test_what_an_error_is_unless_it_says_otherwise():
    """An error may have no more than its code, and is written with no more (§4.4.7)."""
    error = msgspec.json.decode('{"code": "session_abandoned"}', type=Error)
    assert error == Error("session_abandoned", "", None, None)
    assert msgspec.json.encode(error) == b'{"code":"session_abandoned"}'


@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"progress","phase":"running_plugins","current":1,"total":2,"eta":3}',
        '{"eta":3,"phase":"running_plugins","current":1,"total":2,"kind":"progress"}',
    ],
)
def test_what_is_not_known_is_passed_over(text):
    """Keys that nobody knows, and another order of the keys, do not matter."""
    expected = ProgressEnvelope("running_plugins", 1, 2)
    assert msgspec.json.decode(text, type=Envelope) == expected


@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"holiday"}',
        '{"phase":"running_plugins"}',
        '{"kind":"phase","phase":"running_plugins"}',
        '{"kind":"progress","phase":"running_plugins","current":"1","total":2}',
        '{"kind":"input_required","fields":[{"id":"a","label":"A","type":"colour"}],'
        '"reason":"","plugin":""}',
        "[]",
    ],
)
def test_what_is_no_envelope_is_refused(text):
    """An unknown kind, no kind, a missing key or a wrong type raises ValidationError."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=Envelope)


@pytest.mark.parametrize(
    "value", [*(envelope for envelope, _ in ON_THE_WIRE), Field("a", "A"), Error("internal_error")]
)
def test_an_envelope_can_not_be_changed(value):
    """An envelope, and each part of it, keeps what it was made with."""
    for name in value.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(value, name, None)
