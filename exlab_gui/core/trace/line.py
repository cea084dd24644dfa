"""One line of a recording: an event, or a line that this program does not know.

Most lines are the JSON of an `Event`, as msgspec writes it. A message that was understood only in
part stands in its line as it came. One that no line of JSON can hold is added in base64, as
``wire``, to what was understood of it.
"""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from msgspec import UNSET, Raw, UnsetType, structs

from exlab_gui.core.clock import can_be_shown
from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.depth import MAX_DEPTH, MAX_MESSAGE_DEPTH, is_too_deep
from exlab_gui.core.protocol.events import Cause, Event, Instant, Mark, Number, Origin
from exlab_gui.core.protocol.wire import UNREADABLE, is_odd, read_envelope
from exlab_gui.core.text.json_text import to_json
from exlab_gui.core.text.sanitize import MAX_NAME, PlainError, sanitize
from exlab_gui.core.text.translation import phrase

T = TypeVar("T")

MAX_LENGTH = 2**19
"""The length of the longest line that is read, in bytes: decoding it does not delay the window."""


class LineError(PlainError):
    """A line cannot be read; the message says why, in one sentence."""


class _Line(msgspec.Struct, omit_defaults=True):
    """An event whose message and cause may have any shape."""

    seq: Number
    at: Instant
    state: str
    origin: Origin
    envelope: Raw | UnsetType = UNSET
    cause: Raw | UnsetType = UNSET
    wire: bytes | None = None
    earliest: Instant | None = None
    mark: Raw | UnsetType = UNSET


_decode_event = msgspec.json.Decoder(Event).decode
_decode_line = msgspec.json.Decoder(_Line).decode
_decode_cause: Callable[[bytes], Cause] = msgspec.json.Decoder(Cause).decode
_decode_mark: Callable[[bytes], Mark] = msgspec.json.Decoder(Mark).decode
_decode_anything = msgspec.json.Decoder().decode


def encode_event(event: Event) -> bytes:
    """Return the line that holds `event`, with its line break."""
    if event.wire is None or not _is_json_line(event.wire) or _would_be_read(event):
        return to_json(event) + b"\n"
    cause = Raw(to_json(event.cause)) if event.cause is not None else UNSET
    mark = Raw(to_json(event.mark)) if event.mark is not None else UNSET
    known = event.seq, event.at, event.state, event.origin
    line = _Line(*known, Raw(event.wire), cause, earliest=event.earliest, mark=mark)
    return to_json(line) + b"\n"


def decode_event(line: bytes) -> Event | None:
    """Return the event that `line` holds, or None for an empty line and one of another kind.

    The name of its state is made safe to show. Raises LineError if the line is damaged.
    """
    if not line.strip():
        return None
    if len(line) > MAX_LENGTH:
        raise LineError(
            phrase(
                "It has {line:,} bytes; a line has at most {max_length:,}.",
                line=len(line),
                max_length=MAX_LENGTH,
            )
        )
    if is_too_deep(line):
        raise LineError(
            phrase(
                "It has more than {max_depth} objects and lists inside one another.",
                max_depth=MAX_DEPTH,
            )
        )
    try:
        event = _decode_event(line)
        good = can_be_shown(event.at) and not event.earliest and not is_odd(event.envelope)
        if good and encode_event(event) == line:
            state = sanitize(event.state, MAX_NAME)
            return event if state == event.state else structs.replace(event, state=state)
    except UNREADABLE:
        pass
    return _decode_leniently(line)


def _decode_leniently(line: bytes) -> Event | None:
    try:
        line.decode()
        read = _decode_line(line)
    except UnicodeDecodeError as error:
        raise LineError(
            phrase("It is not UTF-8 text, from byte {start} on.", start=error.start)
        ) from None
    except UNREADABLE as error:
        if _is_of_other_kind(line):
            return None
        raise LineError(
            phrase("It is not an event: {decode_fault}.", decode_fault=decode_fault(error))
        ) from None
    for at in filter(None, (read.at, read.earliest)):
        if not can_be_shown(at):
            raise LineError(phrase("Its time is of the year {year}.", year=at.year))
    envelope, wire = None, None
    if read.envelope is not UNSET and (message := bytes(read.envelope)) != b"null":
        envelope, wire = read_envelope(message)
        if read.wire is not None:  # what was understood of it may be less than it says
            envelope = read_envelope(read.wire)[0] or envelope
    return Event(
        read.seq,
        read.at,
        sanitize(read.state, MAX_NAME),
        read.origin,
        envelope,
        _known(_decode_cause, read.cause),
        wire if read.wire is None else read.wire,
        read.earliest,
        _known(_decode_mark, read.mark),
    )


def _known(decode: Callable[[bytes], T], text: Raw | UnsetType) -> T | None:
    """Return the value of `text`, or None if this program does not know it."""
    if text is UNSET:
        return None
    try:
        return decode(bytes(text))
    except UNREADABLE:
        return None


def _is_of_other_kind(line: bytes) -> bool:
    """Return whether `line` is an object without a number; raises LineError if it is no JSON."""
    try:
        value = _decode_anything(line)
    except UNREADABLE as error:
        raise LineError(
            phrase("It is not an event: {decode_fault}.", decode_fault=decode_fault(error))
        ) from None
    return isinstance(value, dict) and "seq" not in value


def _would_be_read(event: Event) -> bool:
    """Return whether its message has the shape of an envelope, and yet was not taken for one."""
    return (
        event.wire is not None
        and event.envelope is None
        and read_envelope(event.wire)[0] is not None
    )


def _is_json_line(message: bytes) -> bool:
    """Return whether `message` is a JSON object without a line break."""
    if b"\n" in message or not (message.startswith(b"{") and message.endswith(b"}")):
        return False
    if is_too_deep(message, MAX_MESSAGE_DEPTH):
        return False
    try:
        message.decode()
        _decode_anything(message)
    except UNREADABLE:
        return False
    return True
