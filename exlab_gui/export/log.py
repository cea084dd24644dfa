"""The log as a file: JSON Lines, exact, for programs; CSV, as the log shows it, for tables.

``docs/exports.md`` describes both.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import BinaryIO

import msgspec

from exlab_gui.core.progress import Progress, tracked
from exlab_gui.core.text.columns import COLUMNS, Column, Entry
from exlab_gui.core.text.sanitize import as_cell
from exlab_gui.core.trace import Recording
from exlab_gui.core.trace.line import encode_event
from exlab_gui.export.atomic_file import as_text
from exlab_gui.export.exporter import Exporter, Format

_WHOLE_SECOND = re.compile(rb'(?<="at":"....-..-..T..:..:..)Z')
_MILLISECOND = timedelta(milliseconds=1)

Cells = tuple[tuple[str, Callable[[Entry], str]], ...]


def _write_json_lines(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    events = recording.events
    name = msgspec.json.encode(recording.header.session_id or recording.header.label)
    for event in tracked(events, progress, 0, len(events)):
        # Of a column of times, some programs read either all with a fraction or all without.
        line = _WHOLE_SECOND.sub(b".000000Z", encode_event(event), count=1)
        file.write(b'{"session":' + name + b"," + line[1:])


def _write_csv(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    import csv  # with its first use: the window opens sooner without it

    machine, events = recording.machine, recording.events
    columns = list(_columns())
    before = None
    with as_text(file) as lines:
        lines.write("\ufeff")  # without it spreadsheets don't take the file for UTF-8
        table = csv.writer(lines)
        table.writerow(title for title, _ in columns)
        for event in tracked(events, progress, 0, len(events)):
            entry = Entry(event, before, machine)
            table.writerow(cell(entry) for _, cell in columns)
            before = event


def _columns() -> Iterator[tuple[str, Callable[[Entry], str]]]:
    """Yield the titles and cells of the columns.

    A number has no fraction, nor has a time: a point is none in a German spreadsheet.
    """
    for column in COLUMNS:
        if column.key in _NUMBERS:
            yield from _NUMBERS[column.key]
        else:
            yield column.title, partial(_cell, column)
    yield from _HOW_KNOWN


def _cell(column: Column, entry: Entry) -> str:
    return column.cell(column.text(entry))


def _time(entry: Entry) -> str:
    return _utc(entry.event.at).isoformat(" ", "seconds")


def _microseconds(entry: Entry) -> str:
    return str(entry.event.at.microsecond)


def _delta(entry: Entry) -> str:
    before = entry.before
    return "" if before is None else _milliseconds(entry.event.at - before.at)


def _earlier_by(entry: Entry) -> str:
    at, earliest = entry.event.at, entry.event.earliest
    return "" if earliest is None else _milliseconds(at - earliest)


def _milliseconds(span: timedelta) -> str:
    return str(round(span / _MILLISECOND))


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


_NUMBERS: dict[str, Cells] = {
    "time": (("Time (UTC)", _time), ("µs", _microseconds)),
    "delta": (("Δ (ms)", _delta),),
}
_HOW_KNOWN: Cells = (
    ("Origin", lambda entry: as_cell(entry.event.origin)),
    ("Earlier by up to (ms)", _earlier_by),
    ("Mark", lambda entry: as_cell(entry.event.mark or "")),
)

EXPORTER = Exporter(
    action="actionExportLog",
    text="Expor&t log…",
    keys="Ctrl+L",
    tip="Save every event as JSON Lines or CSV",
    file_name="{}.jsonl".format,
    formats=(
        Format("JSON Lines", (".jsonl",), _write_json_lines),
        Format("CSV for spreadsheets", (".csv",), _write_csv),
    ),
    take=lambda session, _: session.recording,
    icon="export-log",
)
