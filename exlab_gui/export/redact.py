"""A recording without the words that are nobody else's business.

Operators, paths, labels and answers are replaced by placeholders, such as ``[operator 1]``: the
same one for the same words wherever they stand, in free text too. Times, states, kinds, phases and
codes stay, so that a redacted recording is checked and compared like any other.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import msgspec

from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.protocol.envelopes import PhaseEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.trace import Recording

REMOVED = "[removed]"
"""What stands for a message that is no text."""

# What is said under these keys is private as a whole, and of this sort.
_PRIVATE = {
    "operator": "operator",
    "path": "path",
    "template_path": "path",
    "label": "label",
    "run_label": "label",
    "project_name": "label",
    "answers": "answer",
    "default": "answer",
    "extra_inputs": "answer",
    "variables": "answer",
    "readme_extra": "answer",
}

# What known envelopes say under these belongs to the machine.
_STRUCTURE = frozenset(("at", "code", "phase", "type"))

# Envelopes that have nothing else: most of a million.
_IMPERSONAL = (PhaseEnvelope, ProgressEnvelope)

# A path from a root on, of Linux and macOS or of Windows, that stands by itself in a text.
_PATH = re.compile(r"""(?<![\w:/.\\])(?:~?/|[A-Za-z]:[\\/]|\\\\)[^\s"'<>|*?]*[^\s"'<>|*?.,;:)]""")

_LONG = 4
"""Words of fewer characters are found where they stand alone, longer ones within others too."""

_DEPTH = 50
"""What stands deeper than this in objects and lists is left out."""

Change = Callable[[str | None, Any], Any]
"""Given a value, and of which sort it is where it is private, returns what takes its place."""


def redact(recording: Recording, progress: Progress = no_progress) -> Recording:
    """Return `recording` with every private word replaced, wherever it stands.

    What could not be read of a file is left out. Names that the machine gives stay even where they
    are private words too: an operator called ``done`` is replaced, the state is not.
    """
    words = _Words()
    total = 2 * len(recording.events)
    _changed(recording, words.learn, tracked(recording.events, progress, 0, total))
    again = tracked(recording.events, progress, total // 2, total)
    return _changed(recording, words.replaced, again)


class _Words:
    """The private words of a recording, and what takes their place."""

    def __init__(self) -> None:
        self._placeholders: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def learn(self, sort: str | None, value: Any) -> Any:
        """Take in what is private about `value`, and return it as it is."""
        if sort is not None and value not in (None, ""):
            self._add(sort, _word(value))
        elif isinstance(value, str):
            for path in _PATH.findall(value):
                self._add("path", path)
        return value

    def replaced(self, sort: str | None, value: Any) -> Any:
        """Return what takes the place of `value`, when everything has been learnt."""
        if sort is not None and value not in (None, ""):
            return self._placeholders[_word(value).lower()]
        return self._replaced_within(value) if isinstance(value, str) else value

    def _add(self, sort: str, word: str) -> None:
        if word.lower() in self._placeholders:
            return
        self._counts[sort] += 1
        placeholder = f"[{sort} {self._counts[sort]}]"
        self._placeholders[word.lower()] = placeholder
        for part in _parts(sort, word):
            self._parts.setdefault(part.lower(), placeholder)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Finds every private word, the longest that begins at a place."""
        found = {part: rf"(?<!\w){re.escape(part)}(?!\w)" for part in self._parts}
        for word in self._placeholders.keys() - {"true", "false"}:
            found[word] = (
                re.escape(word) if len(word) >= _LONG else rf"(?<!\w){re.escape(word)}(?!\w)"
            )
        longest_first = sorted(found, key=len, reverse=True)
        return re.compile("|".join(found[word] for word in longest_first) or "(?!)", re.IGNORECASE)

    def _replaced_within(self, text: str) -> str:
        return self._pattern.sub(self._placeholder, text)

    def _placeholder(self, match: re.Match[str]) -> str:
        word = match[0].lower()
        return self._placeholders.get(word) or self._parts.get(word, REMOVED)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _parts(sort: str, word: str) -> list[str]:
    """Return the words in a private value that give it away by themselves."""
    if sort == "operator":
        return [part for part in re.split(r"[\s,@]+", word) if len(part) >= 3]
    if sort == "path":
        return [part for part in re.split(r"[/\\]+", word) if len(part) >= _LONG]
    return []


def _changed(recording: Recording, change: Change, events: Iterable[Event]) -> Recording:
    header = recording.header
    return Recording(
        msgspec.structs.replace(
            header,
            label=change("label", header.label),
            source=change(None, header.source),
            request=_walk(header.request, None, change),
        ),
        [_changed_event(event, change) for event in events],
        [p._replace(sentence=change(None, p.sentence)) for p in recording.problems],
    )


def _changed_event(event: Event, change: Change) -> Event:
    if isinstance(event.envelope, _IMPERSONAL) and event.cause is None and event.wire is None:
        return event
    return msgspec.structs.replace(
        event,
        envelope=_walk(event.envelope, None, change),
        cause=_walk(event.cause, None, change),
        wire=None if event.wire is None else _changed_message(event.wire, change),
    )


def _changed_message(message: bytes, change: Change) -> bytes:
    try:
        text = message.decode()
    except UnicodeDecodeError:
        return REMOVED.encode()
    try:
        value = msgspec.json.decode(message)
    except UNREADABLE:
        return str(change(None, text)).encode()
    return msgspec.json.encode(_walk(value, None, change))


def _walk(value: Any, sort: str | None, change: Change, depth: int = 0) -> Any:
    """Return `value` with each text and number in it changed."""
    if depth > _DEPTH:
        return REMOVED
    match value:
        case None:
            return None
        case msgspec.Struct():
            names = (name for name in value.__struct_fields__ if name not in _STRUCTURE)
            parts = {
                name: _walk(getattr(value, name), _PRIVATE.get(name, sort), change, depth + 1)
                for name in names
            }
            return msgspec.structs.replace(value, **parts)
        case dict():
            return {
                change(None, key): _walk(item, _PRIVATE.get(key, sort), change, depth + 1)
                for key, item in value.items()
            }
        case list() | tuple():
            return type(value)(_walk(item, sort, change, depth + 1) for item in value)
    return change(sort, value)
