"""The log as a file: JSON Lines, exact, for programs; CSV, as the log shows it, for tables.

``docs/exports.md`` describes both.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from typing import BinaryIO

import msgspec

from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.text.log_columns import COLUMNS, Column, Entry
from exlab_gui.core.text.sanitize import MAX_NAME, as_cell, sanitize
from exlab_gui.core.trace import Header, Recording
from exlab_gui.core.trace.line import encode_event
from exlab_gui.export.csv_file import write_csv
from exlab_gui.export.exporter import Exporter, Format

_WHOLE_SECOND = re.compile(rb'(?<="at":"....-..-..T..:..:..)Z')
_MILLISECOND = timedelta(milliseconds=1)

Cells = tuple[tuple[str, Callable[[Entry], str]], ...]


def json_lines(recording: Recording, progress: Progress = no_progress) -> Iterator[bytes]:
    """Yield a line for each event, with the session that it is of."""
    events = recording.events
    name = msgspec.json.encode(session_name(recording.header))
    for event in tracked(events, progress, 0, len(events)):
        # Of a column of times, some programs read either all with a fraction or all without.
        line = _WHOLE_SECOND.sub(b".000000Z", encode_event(event), count=1)
        yield b'{"session":' + name + b"," + line[1:]


def csv_rows(recording: Recording, progress: Progress = no_progress) -> Iterator[list[str]]:
    """Yield the cells of a row for each event, as `csv_titles` names them."""
    machine, events = recording.machine, recording.events
    session = as_cell(session_name(recording.header))
    columns = [cell for _, cell in _columns()]
    before = None
    for event in tracked(events, progress, 0, len(events)):
        entry = Entry(event, before, machine)
        yield [session, *(cell(entry) for cell in columns)]
        before = event


def csv_titles() -> list[str]:
    return ["Session", *(title for title, _ in _columns())]


def session_name(header: Header) -> str:
    """Return what tells a session from others in a file of many: its id, else its label."""
    return sanitize(header.session_id or header.label, MAX_NAME)


def _write_json_lines(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    file.writelines(json_lines(recording, progress))


def _write_csv(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    write_csv(chain([csv_titles()], csv_rows(recording, progress)), file)


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
    # LibreOffice takes no other form for a time unless it is asked to look for more.
    return _utc(entry.event.at).isoformat("T", "seconds")


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
