"""Messages of a server, decoded as far as this program knows them (§4.6.2).

A server may add fields and kinds without notice. A message that says more than this program knows
is kept as it came.
"""

from typing import Any

import msgspec

from exlab_gui.core.limits import MESSAGE_VALUES
from exlab_gui.core.protocol.depth import MAX_MESSAGE_DEPTH, has_too_much, is_too_deep
from exlab_gui.core.protocol.envelopes import ENVELOPES, Envelope, InputRequiredEnvelope
from exlab_gui.core.protocol.form import faults
from exlab_gui.core.protocol.lenient_form import read_question

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""The errors of msgspec for bytes that it cannot decode."""

UNKNOWN = "unknown"
"""The kind of a message that does not name one."""

_FLAT = {
    one: len(one.__struct_fields__) + 1
    for one in ENVELOPES.values()
    if not one.__struct_config__.gc and not one.__struct_defaults__
}
"""The envelopes of texts and numbers alone, none of which can be missing: their keys, counted."""

_decode_envelope = msgspec.json.Decoder(Envelope).decode
_decode_anything = msgspec.json.Decoder().decode


class _Kind(msgspec.Struct, gc=False):
    kind: str


class _Phase(msgspec.Struct, gc=False):
    phase: str


_decode_kind = msgspec.json.Decoder(_Kind).decode
_decode_phase = msgspec.json.Decoder(_Phase).decode


def read_envelope(message: bytes) -> tuple[Envelope | None, bytes | None]:
    """Return the envelope in `message`, and `message` itself if that says more.

    The envelope is None if the message is of no known kind, or not of its shape; a plugin's
    question may be of any shape.
    """
    if has_too_much(message, MESSAGE_VALUES) or is_too_deep(message, MAX_MESSAGE_DEPTH):
        return None, message
    try:
        envelope = _decode_envelope(message)
        everything = _decode_anything(message)
    except UNREADABLE:
        return _read_odd_question(message), message
    if (keys := _FLAT.get(type(envelope))) is not None:
        return envelope, None if len(everything) == keys else message
    if is_odd(envelope):
        return _read_odd_question(message), message
    return envelope, None if _says_all(envelope, everything) else message


def is_odd(envelope: Envelope | None) -> bool:
    """Return whether `envelope`, decoded strictly, is a question that must be read leniently."""
    return type(envelope) is InputRequiredEnvelope and (
        bool(envelope.odd) or next(faults(envelope.fields), None) is not None
    )


def _read_odd_question(message: bytes) -> InputRequiredEnvelope | None:
    try:
        everything = _decode_anything(message)
        if isinstance(everything, dict) and everything.get("kind") == "input_required":
            return read_question(everything)
    except (*UNREADABLE, OverflowError):
        pass
    return None


def kind_of(message: bytes) -> str:
    """Return the kind that `message` names, or ``unknown``."""
    try:
        return _decode_kind(message).kind
    except UNREADABLE:
        return UNKNOWN


def phase_of(message: bytes) -> str | None:
    try:
        return _decode_phase(message).phase
    except UNREADABLE:
        return None


def _says_all(value: object, everything: Any) -> bool:
    """Return whether `value` holds all of `everything`, which was decoded from the same JSON."""
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__.tag_field
        return all(
            key == tag or (key in value.__struct_fields__ and _says_all(getattr(value, key), part))
            for key, part in everything.items()
        )
    if isinstance(value, tuple):
        return all(map(_says_all, value, everything))
    return True
