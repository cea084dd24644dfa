"""Sessions as XES (IEEE 1849), the event logs that process-mining tools read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import BinaryIO

import msgspec

from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.xml import xml_attribute
from exlab_gui.core.trace import Recording
from exlab_gui.export.exporter import Exporter, Format

_NAMESPACE = "http://www.xes-standard.org/"
_EXTENSIONS = {
    "concept": ("Concept", "http://www.xes-standard.org/concept.xesext"),
    "time": ("Time", "http://www.xes-standard.org/time.xesext"),
    "lifecycle": ("Lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
}


def write_xes(
    file: BinaryIO, recordings: Sequence[Recording], progress: Progress = no_progress
) -> None:
    """Write `recordings` to `file` as one log, each as a trace that has all of its events.

    An event's activity (``concept:name``) is the state that it enters, or its kind if the session
    stays in its state. `progress` counts events.
    """
    writer = _Writer(file)
    writer.open("log", {"xes.version": "1849.2016", "xes.features": "", "xmlns": _NAMESPACE})
    for prefix, (name, uri) in _EXTENSIONS.items():
        writer.leaf("extension", {"name": name, "prefix": prefix, "uri": uri})
    _write_globals(writer)
    total, before = sum(len(recording.events) for recording in recordings), 0
    for recording in recordings:
        _write_trace(writer, recording, tracked(recording.events, progress, before, total))
        before += len(recording.events)
    writer.close("log")


class _Writer:
    """Elements of XES, one below the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n')

    def open(self, name: str, attributes: Mapping[str, str] = MappingProxyType({})) -> None:
        self._write(name, attributes, ">")

    def close(self, name: str) -> None:
        self._file.write(f"</{name}>\n".encode())

    def leaf(self, name: str, attributes: Mapping[str, str]) -> None:
        self._write(name, attributes, "/>")

    def value(self, key: str, value: str | int | datetime | None) -> None:
        """Write one attribute of a log, a trace or an event; nothing if there is no value."""
        match value:
            case None:
                return
            case datetime():
                kind, text = "date", value.isoformat(timespec="microseconds")
            case int():
                kind, text = "int", str(value)
            case _:
                kind, text = "string", value
        self.leaf(kind, {"key": key, "value": text})

    def _write(self, name: str, attributes: Mapping[str, str], end: str) -> None:
        said = "".join(f" {key}={xml_attribute(text)}" for key, text in attributes.items())
        self._file.write(f"<{name}{said}{end}\n".encode())


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


def _write_trace(writer: _Writer, recording: Recording, events: Iterable[Event]) -> None:
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
    for event in events:
        _write_event(writer, recording, event, before)
        if event.enters(before):
            before = event.state
    writer.close("trace")


def _write_event(writer: _Writer, recording: Recording, event: Event, before: str | None) -> None:
    writer.open("event")
    writer.value("concept:name", event.state if event.enters(before) else event.kind)
    writer.value("time:timestamp", event.at)
    writer.value("lifecycle:transition", "complete")
    writer.value("seq", event.seq)
    writer.value("state", event.state)
    writer.value("phase", recording.machine.phase(event.state))
    writer.value("kind", event.kind)
    writer.value("origin", event.origin)
    writer.value("earliest", event.earliest)
    writer.value("mark", event.mark)
    writer.value("detail", describe(event, before) or None)
    writer.value("envelope", _message(event))
    writer.close("event")


def _message(event: Event) -> str | None:
    """Return what was emitted with `event`, as it came where it was not understood whole."""
    if event.wire is not None:
        return event.wire.decode(errors="backslashreplace")
    return None if event.envelope is None else msgspec.json.encode(event.envelope).decode()


EXPORTER = Exporter(
    action="actionExportXes",
    text="Export &XES…",
    keys="Ctrl+Shift+X",
    tip="Save the session for process mining",
    file_name="{}.xes".format,
    formats=(
        Format(
            "XES for process mining",
            (".xes",),
            lambda recording, file, progress: write_xes(file, [recording], progress),
        ),
    ),
    take=lambda session: session.recording,
)
