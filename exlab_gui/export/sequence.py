"""A session as a Mermaid sequence diagram, for Markdown."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from exlab_gui.core.analysis.sequence import Message, message
from exlab_gui.core.progress import Progress, tracked
from exlab_gui.core.protocol.actors import ACTOR_NAMES, Actor
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.trace import Recording
from exlab_gui.export.exporter import Exporter, Format

# Characters of Mermaid's language, and the beginnings of words by which Mermaid, before it parses,
# finds something else than a text.
_UNSAFE = re.compile(r"[#;&<>%$]|s(?=tyle)|c(?=lassDef)|w(?=rap:)")
_LONGEST = 200


def mermaid_lines(recording: Recording, progress: Progress) -> Iterator[str]:
    """Yield the lines of a ``sequenceDiagram``; states are notes on the session."""
    yield "sequenceDiagram\n"
    for actor in Actor:
        word = "actor" if actor is Actor.OPERATOR else "participant"
        yield f"    {word} {actor} as {ACTOR_NAMES[actor]}\n"
    before = None
    for event in tracked(recording.events, progress, 0, len(recording.events)):
        yield from _lines(message(event, before))
        before = event


def _lines(said: Message) -> Iterator[str]:
    sender, receiver = said.between
    if not said.is_within:
        yield f"    {sender}->>{receiver}: {_label(said.text)}\n"
    if said.enters:
        yield f"    note over session: {_label(said.state)}\n"
    elif said.is_within:
        yield f"    note right of session: {_label(said.text)}\n"


def _label(text: str) -> str:
    """Return `text` with Mermaid's codes for the characters of its language; never empty."""
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", sanitize(text, _LONGEST).strip()) or "–"


def _write(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    file.writelines(line.encode() for line in mermaid_lines(recording, progress))


EXPORTER = Exporter(
    action="actionExportSequence",
    text="Export se&quence…",
    keys="Shift+F9",
    tip="Save the messages of the session as a Mermaid sequence diagram",
    file_name="{}.mmd".format,
    formats=(Format("Mermaid sequence", (".mmd", ".mermaid"), _write, name="sequence"),),
    take=lambda session, _: session.recording,
)
