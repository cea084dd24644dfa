"""A session as XES (IEEE 1849), the event logs that process-mining tools read."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

import msgspec

from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.xml import xml_attribute
from exlab_gui.core.trace import Recording
from exlab_gui.export.atomic_file import as_text
from exlab_gui.export.exporter import Exporter, Format

_HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace">
<string key="concept:name" value="session"/>
</global>
<global scope="event">
<string key="concept:name" value="state"/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000000+00:00"/>
<string key="lifecycle:transition" value="complete"/>
</global>
<classifier name="Activity" keys="concept:name"/>
<trace>
"""


def write_xes(recording: Recording, file: BinaryIO, progress: Progress = no_progress) -> None:
    """Write `recording` to `file` as a log with one trace, which has all events.

    An event's activity (``concept:name``) is the state that it enters, or its kind if the session
    stays in its state. `progress` counts events.
    """
    header, events = recording.header, recording.events
    with as_text(file) as text:
        text.write(_HEAD)
        text.writelines(_value("concept:name", header.session_id or header.label))
        text.writelines(_value("label", header.label))
        text.writelines(_value("source", header.source))
        text.writelines(_value("kind", header.kind))
        text.writelines(_value("created", header.created))
        if header.fork is not None:
            text.writelines(_value("fork", f"from event {header.fork.seq} of {header.fork.of}"))
        before = None
        for event in tracked(events, progress, 0, len(events)):
            text.writelines(_event(recording, event, before))
            if event.enters(before):
                before = event.state
        text.write("</trace>\n</log>\n")


def _event(recording: Recording, event: Event, before: str | None) -> Iterator[str]:
    yield "<event>\n"
    yield from _value("concept:name", event.state if event.enters(before) else event.kind)
    yield from _value("time:timestamp", event.at)
    yield from _value("lifecycle:transition", "complete")
    yield from _value("seq", event.seq)
    yield from _value("state", event.state)
    yield from _value("phase", recording.machine.phase(event.state))
    yield from _value("kind", event.kind)
    yield from _value("origin", event.origin)
    yield from _value("earliest", event.earliest)
    yield from _value("mark", event.mark)
    yield from _value("detail", describe(event, before) or None)
    yield from _value("envelope", _message(event))
    yield "</event>\n"


def _value(key: str, value: str | int | datetime | None) -> Iterator[str]:
    """Yield one attribute of a trace or an event; nothing if there is no value."""
    match value:
        case None:
            return
        case datetime():
            kind, text = "date", value.isoformat(timespec="microseconds")
        case int():
            kind, text = "int", str(value)
        case _:
            kind, text = "string", value
    yield f"<{kind} key={xml_attribute(key)} value={xml_attribute(text)}/>\n"


def _message(event: Event) -> str | None:
    """Return the message of `event`, as it came if it was not understood whole."""
    if event.wire is not None:
        return event.wire.decode(errors="backslashreplace")
    return None if event.envelope is None else msgspec.json.encode(event.envelope).decode()


EXPORTER = Exporter(
    action="actionExportXes",
    text="Export &XES…",
    keys="Ctrl+Shift+X",
    tip="Save the session for process mining",
    file_name="{}.xes".format,
    formats=(Format("XES for process mining", (".xes",), write_xes),),
    take=lambda session, _: session.recording,
)
