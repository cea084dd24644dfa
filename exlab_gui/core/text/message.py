"""The message of an event in readable form."""

from contextlib import suppress
from typing import Any, NamedTuple

import msgspec

from exlab_gui.core.limits import SHOWN_CHARACTERS, SHOWN_LINE
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.json_text import to_json
from exlab_gui.core.text.sanitize import sanitize

_WIDEST = 10  # characters that stand for one that is not seen


class Excerpt(NamedTuple):
    """The beginning of a text of `length` characters, or all of it."""

    text: str
    length: int
    is_cut: bool


def message_value(event: Event) -> Any:
    """Return the message of `event` as a value of JSON; None without one, or if it is no JSON."""
    message = _message(event)
    if message is None:
        return None
    with suppress(*UNREADABLE):
        return msgspec.json.decode(message)
    return None


def message_text(event: Event) -> str | None:
    """Return the message of `event`, indented if it is JSON; without one, its cause, or None."""
    text = _text(event)
    if text is None:
        return None
    return "\n".join(sanitize(line, _WIDEST * len(line)) for line in text.split("\n"))


def message_excerpt(event: Event) -> Excerpt | None:
    """Return what of the text of a message can be laid out without keeping the window away."""
    text = _text(event)
    if text is None:
        return None
    lines = [sanitize(line, SHOWN_LINE) for line in text[:SHOWN_CHARACTERS].split("\n")]
    is_cut = any(len(line) == SHOWN_LINE and line.endswith("…") for line in lines)
    if len(text) > SHOWN_CHARACTERS:
        lines.append("…")
        is_cut = True
    return Excerpt("\n".join(lines), len(text), is_cut)


def _text(event: Event) -> str | None:
    message = _message(event)
    if message is None:
        return None
    with suppress(*UNREADABLE):
        message = msgspec.json.format(message, indent=2)
    return message.decode(errors="replace")


def _message(event: Event) -> bytes | None:
    if event.wire is not None:
        return event.wire
    said = event.cause if event.envelope is None else event.envelope
    return None if said is None else to_json(said)
