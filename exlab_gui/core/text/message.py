"""The message of an event in readable form."""

from contextlib import suppress

import msgspec

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.sanitize import sanitize

_LONGEST = 500_000
_LONGEST_LINE = 5_000
"""Longer texts, in characters, are cut: their layout would freeze the window."""


def message_text(event: Event) -> str | None:
    """Return the message of `event`, indented if it is JSON; without one, its cause, or None."""
    message = event.wire
    if message is None:
        said = event.cause if event.envelope is None else event.envelope
        if said is None:
            return None
        message = msgspec.json.encode(said)
    with suppress(*UNREADABLE):
        message = msgspec.json.format(message, indent=2)
    text = message[: 4 * _LONGEST].decode(errors="replace")
    lines = text[:_LONGEST].split("\n")
    shown = "\n".join(sanitize(line, _LONGEST_LINE) for line in lines)
    return shown if len(text) <= _LONGEST else f"{shown}\n…"
