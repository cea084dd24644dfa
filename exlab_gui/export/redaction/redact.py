"""A recording without the words that are nobody else's business.

Whatever is not known to be harmless is replaced by a placeholder, such as ``[operator 1]``: the
same one for the same words wherever they stand, however they are written, in free text too. Times,
the names that the machine gives, and names of fields, kinds and codes stay, so that a redacted
recording is checked and compared like any other.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import msgspec

from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.protocol.envelopes import (
    KINDS,
    KNOWN_ERROR_CODES,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
)
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.form import Field, rules
from exlab_gui.core.protocol.wire import UNREADABLE, read_envelope
from exlab_gui.core.trace import Header, Recording
from exlab_gui.export.exporter import Replacement
from exlab_gui.export.redaction.words import REMOVED, Words

# Of which sort it is what stands under a key, all that is in it included.
_SORTS = {
    key: sort
    for sort, keys in {
        "operator": "operator",
        "person": "user username user_name owner author email mail name person created_by login"
        " account contact patient",
        "path": "path template_path nas_target folder file files readme",
        "label": "label run_label project_name",
        "answer": "answers default options extra_inputs variables readme_extra",
        "equipment": "equipment_id",
        "project": "project_short_id lims_project",
        "objective": "objective",
    }.items()
    for key in keys.split()
}
_UNKNOWN = "value"

# What holds other things; what says something in words; what names something of the program.
_PARTS = frozenset(("error", "result", "fields", "plugins"))
_TEXTS = frozenset(("message", "reason", "hint"))
_NAMES = frozenset(("id", "plugin", "code", "field", "kind", "phase", "sync_status", "status"))
# What is harmless if it is no text, and what is harmless if it is a time.
_NUMBERS = frozenset(
    (
        "current",
        "total",
        "required",
        "blocked",
        "idle_s",
        "discard_files",
        "exit_code",
        "duration_ms",
    )
)
_TIMES = frozenset(("at",))
_KNOWN = frozenset((*_SORTS, *_PARTS, *_TEXTS, *_NAMES, *_NUMBERS, *_TIMES, "type", None))
_KNOWN |= {*KINDS, *KNOWN_ERROR_CODES, "exlab-gui", "python"}

_NAME = re.compile(r"[A-Za-z][\w.-]{0,39}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc|\.dev|\.post)\d+)*")
_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_OWN_HOST = re.compile(r"localhost|127(\.\d+){3}|::1")

# Envelopes that have nothing but a name: most of a million.
_IMPERSONAL = (PhaseEnvelope, ProgressEnvelope)

_DEPTH = 50
"""What stands deeper than this in objects and lists is left out."""

_TEXT, _NAMED = "text", "name"
Change = Callable[[str, Any], Any]
"""Given a sort and a value, returns what takes its place; of a text or a name only parts may be."""


class Redaction:
    """The redaction of several recordings: the same word has the same placeholder in all of them.

    Learn all of them before the first is changed. The words in `more` are replaced, too.
    """

    def __init__(self, more: Iterable[str] = ()) -> None:
        self._words = Words()
        self._learn_text = lru_cache(4096)(self._words.learn_text)
        self._replaced = lru_cache(4096)(self._words.replaced)
        for word in more:
            self._words.learn("word", word)

    @property
    def found(self) -> list[Replacement]:
        return self._words.found

    def learn(self, recording: Recording, events: Iterable[Event] | None = None) -> None:
        """Take in the private words of `recording`; `events` are its own, by default."""
        _Redactor(recording, self._learn).changed(recording.arrivals if events is None else events)

    def changed(self, recording: Recording, events: Iterable[Event] | None = None) -> Recording:
        """Return `recording` with a placeholder for each private word."""
        change = _Redactor(recording, self._change)
        return change.changed(recording.arrivals if events is None else events)

    def _learn(self, sort: str, value: Any) -> Any:
        if sort not in (_TEXT, _NAMED):
            self._words.learn(sort, _word(value))
        elif sort == _TEXT:
            self._learn_text(value)
        return value

    def _change(self, sort: str, value: Any) -> Any:
        if sort not in (_TEXT, _NAMED):
            return self._words.placeholder(_word(value))
        return self._replaced(value) if isinstance(value, str) else value


def private_words(recording: Recording, progress: Progress = no_progress) -> list[Replacement]:
    """Return the words of `recording` that `redact` replaces, with their placeholders."""
    redaction = Redaction()
    redaction.learn(recording, tracked(recording.arrivals, progress, 0, len(recording.arrivals)))
    return redaction.found


def redact(
    recording: Recording, more: Iterable[str] = (), progress: Progress = no_progress
) -> Recording:
    """Return `recording` with every private word replaced, wherever it stands, and those in `more`.

    What could not be read of a file is left out. Names that the machine gives stay even where they
    are private words too: an operator called ``done`` is replaced, the state is not.
    """
    total = 2 * len(recording.arrivals)
    redaction = Redaction(more)
    redaction.learn(recording, tracked(recording.arrivals, progress, 0, total))
    return redaction.changed(recording, tracked(recording.arrivals, progress, total // 2, total))


def _word(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _has_lost_its_default(field: Any, changed: Any) -> bool:
    """Return whether a default fitted the type of a field, and the placeholder for it does not.

    A placeholder is a text, which is neither a date nor true or false.
    """
    kind, default, placeholder = (
        (field.type, field.default, changed.default)
        if isinstance(field, Field)
        else (field.get("type"), field.get("default"), changed.get("default"))
    )
    if kind not in ("date", "boolean"):
        return False
    fault = rules(kind).fault
    return (
        fault(Field("", "", kind, default=default)) is None
        and fault(Field("", "", kind, default=placeholder)) is not None
    )


class _Redactor:
    """Goes through a recording, and changes all that is not known to be harmless."""

    def __init__(self, recording: Recording, change: Change) -> None:
        self._recording = recording
        self._change = change
        machine = recording.header.machine
        self._known = _KNOWN | machine.table.keys() | set(machine.phases.values())

    def changed(self, events: Iterable[Event]) -> Recording:
        problems = self._recording.problems
        return Recording(
            self._header(self._recording.header),
            [self._event(event) for event in events],
            [p._replace(sentence=self._change(_TEXT, p.sentence)) for p in problems],
        )

    def _header(self, header: Header) -> Header:
        fork = header.fork
        id_ = header.session_id
        request = self._walk(header.request, None)
        return msgspec.structs.replace(
            header,
            label=self._change("label", header.label),
            source=self._source(header.source),
            programs={self._name(n): self._version(v) for n, v in header.programs.items()},
            session_id=id_ if id_ is None or _UUID.fullmatch(id_) else self._change("session", id_),
            kind=None if header.kind is None else self._name(header.kind),
            request=request,
            fork=fork and msgspec.structs.replace(fork, of=self._change("label", fork.of)),
        )

    def _source(self, source: str) -> str:
        if source == "simulated":
            return source
        try:
            host = urlsplit(source).hostname
        except ValueError:
            host = None
        if host is None:
            return str(self._change("path", source))
        if not _OWN_HOST.fullmatch(host):
            for part in (host, host.partition(".")[0]):
                self._change("server", part)
        return str(self._change("server", source))

    def _version(self, version: str) -> str:
        return version if _VERSION.fullmatch(version) else self._change("version", version)

    def _event(self, event: Event) -> Event:
        envelope, state = event.envelope, event.state
        if (
            isinstance(envelope, _IMPERSONAL)
            and event.cause is None
            and event.wire is None
            and {state, envelope.phase} <= self._known
            and (not isinstance(envelope, PhaseEnvelope) or _TIME.fullmatch(envelope.at))
        ):
            return event
        wire = None if event.wire is None else self._message(event.wire)
        if isinstance(envelope, InputRequiredEnvelope) and envelope.remarks and wire is not None:
            envelope = read_envelope(wire)[0]
        else:
            envelope = self._walk(envelope, None)
        return msgspec.structs.replace(
            event,
            state=self._name(state),
            envelope=envelope,
            cause=self._walk(event.cause, None),
            wire=wire,
        )

    def _message(self, message: bytes) -> bytes:
        try:
            return msgspec.json.encode(self._walk(msgspec.json.decode(message), None))
        except UNREADABLE:
            return REMOVED.encode()

    def _name(self, name: str) -> str:
        """Return a name of the program or of the machine; without private words, if need be."""
        if name in self._known:
            return name
        return str(self._change(_NAMED if _NAME.fullmatch(name) else "identifier", name))

    def _walk(self, value: Any, sort: str | None, depth: int = 0) -> Any:
        """Return `value`, which is private and of that `sort`, or else holds named things."""
        if depth > _DEPTH:
            return REMOVED
        match value:
            case msgspec.Struct():
                asked = isinstance(value, Field)
                parts = {
                    key: self._field(key, getattr(value, key), sort, depth, asked=asked)
                    for key in value.__struct_fields__
                }
                changed = msgspec.structs.replace(value, **parts)
                if asked and _has_lost_its_default(value, changed):
                    return msgspec.structs.replace(changed, default=None)
                return changed
            case dict():
                named = {
                    self._name(key): self._field(key, part, sort, depth, asked="id" in value)
                    for key, part in value.items()
                }
                if "id" in value and _has_lost_its_default(value, named):
                    del named["default"]
                return named
            case list() | tuple():
                return type(value)(self._walk(part, sort, depth + 1) for part in value)
        return value if value in (None, "") else self._change(sort or _UNKNOWN, value)

    def _field(self, key: str, value: Any, sort: str | None, depth: int, *, asked: bool) -> Any:
        if sort is None:
            if self._is_harmless(key, value):
                return value
            if key in _TEXTS and isinstance(value, str):
                return self._change(_TEXT, value)
            if key in _NAMES and isinstance(value, str):
                return self._name(value)
            if key in _PARTS and isinstance(value, msgspec.Struct | dict | list | tuple):
                return self._walk(value, None, depth + 1)
        known = "question" if asked and key == "label" else _SORTS.get(key)
        return self._walk(value, known or sort or _UNKNOWN, depth + 1)

    def _is_harmless(self, key: str, value: Any) -> bool:
        if key in _NUMBERS:
            return isinstance(value, int | float)
        if key in _TIMES:
            return isinstance(value, str) and _TIME.fullmatch(value) is not None
        return key == "type" and value in ("string", "text", "choice", "date", "boolean")
