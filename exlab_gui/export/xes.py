"""Sessions as XES (IEEE 1849), the event logs that process-mining tools read."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import msgspec

from exlab_gui.core.analysis.rules import BETWEEN_TRANSITIONS
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.xml import xml_text
from exlab_gui.core.trace import Recording

_NAMESPACE = "http://www.xes-standard.org/"
_EXTENSIONS = {
    "concept": ("Concept", "http://www.xes-standard.org/concept.xesext"),
    "time": ("Time", "http://www.xes-standard.org/time.xesext"),
    "lifecycle": ("Lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
}


def write_xes(file: BinaryIO, recordings: Iterable[Recording]) -> None:
    """Write `recordings` to `file` as one log, each as a trace that has all of its events.

    An event's activity (``concept:name``) is the state that it enters, or its kind where the
    session stays in its state.
    """
    writer = _Writer(file)
    writer.open("log", {"xes.version": "1849.2016", "xes.features": "", "xmlns": _NAMESPACE})
    for prefix, (name, uri) in _EXTENSIONS.items():
        writer.leaf("extension", {"name": name, "prefix": prefix, "uri": uri})
    _write_globals(writer)
    for recording in recordings:
        _write_trace(writer, recording)
    writer.close("log")


class _Writer:
    """Elements of XES, one below the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._xml = XMLGenerator(file, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def open(self, name: str, attributes: Mapping[str, str] = MappingProxyType({})) -> None:
        self._xml.startElement(name, AttributesImpl(attributes))
        self._xml.characters("\n")

    def close(self, name: str) -> None:
        self._xml.endElement(name)
        self._xml.characters("\n")

    def leaf(self, name: str, attributes: Mapping[str, str]) -> None:
        self._xml.startElement(name, AttributesImpl(attributes))
        self.close(name)

    def value(self, key: str, value: str | int | datetime | None) -> None:
        """Write one attribute of a log, a trace or an event; nothing where there is no value."""
        match value:
            case None:
                return
            case datetime():
                kind, text = "date", value.isoformat(timespec="microseconds")
            case int():
                kind, text = "int", str(value)
            case _:
                kind, text = "string", xml_text(value)
        self.leaf(kind, {"key": key, "value": text})


def _write_globals(writer: _Writer) -> None:
    """Say what every trace and every event has, and what makes events the same activity."""
    writer.open("global", {"scope": "trace"})
    writer.value("concept:name", "session")
    writer.close("global")
    writer.open("global", {"scope": "event"})
    writer.value("concept:name", "state")
    writer.value("time:timestamp", datetime.fromtimestamp(0, UTC))
    writer.value("lifecycle:transition", "complete")
    writer.close("global")
    writer.leaf("classifier", {"name": "Activity", "keys": "concept:name"})


def _write_trace(writer: _Writer, recording: Recording) -> None:
    header = recording.header
    writer.open("trace")
    writer.value("concept:name", header.session_id or header.label)
    writer.value("label", header.label)
    writer.value("source", header.source)
    writer.value("kind", header.kind)
    writer.value("created", header.created)
    if header.fork is not None:
        writer.value("fork", f"from event {header.fork.seq} of {header.fork.of}")
    before = None
    for event in recording.events:
        _write_event(writer, recording, event, before)
        before = event.state
    writer.close("trace")


def _write_event(writer: _Writer, recording: Recording, event: Event, before: str | None) -> None:
    visits_made = event.state == before and (
        event.wire is not None or event.kind in BETWEEN_TRANSITIONS
    )
    writer.open("event")
    writer.value("concept:name", event.kind if visits_made else event.state)
    writer.value("time:timestamp", event.at)
    writer.value("lifecycle:transition", "complete")
    writer.value("seq", event.seq)
    writer.value("state", event.state)
    writer.value("phase", recording.machine.phase(event.state))
    writer.value("kind", event.kind)
    writer.value("origin", event.origin)
    writer.value("detail", describe(event, before) or None)
    writer.value("envelope", _message(event))
    writer.close("event")


def _message(event: Event) -> str | None:
    """Return what was emitted with `event`, as it came where it was not understood whole."""
    if event.wire is not None:
        return event.wire.decode(errors="backslashreplace")
    return None if event.envelope is None else msgspec.json.encode(event.envelope).decode()
