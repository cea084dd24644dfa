"""The log as a file: JSON Lines, exact, for programs; CSV, as the log shows it, for tables."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.progress import Progress, no_progress
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.columns import COLUMNS, Entry
from exlab_gui.export.atomic_file import as_text, atomic_write

_CHUNK = 4096
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_log(
    machine: StateMachine,
    events: Sequence[Event],
    path: Path,
    progress: Progress = no_progress,
) -> None:
    """Write `events` to `path`.

    The ending says how: ``.jsonl`` one event a line, ``.csv`` a table. If `progress` stops it, or
    writing fails, a file that was there before is as it was. Raises ValueError for another ending,
    OSError if the file cannot be written.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name}: the name of a log ends in {' or '.join(_WRITERS)}")
    with atomic_write(path) as raw, as_text(raw) as file:
        for written in write(machine, events, file):
            progress(written, len(events))


def _write_json_lines(
    _machine: StateMachine, events: Sequence[Event], file: TextIO
) -> Iterator[int]:
    encoder = msgspec.json.Encoder()
    for start in range(0, len(events), _CHUNK):
        file.write(encoder.encode_lines(events[start : start + _CHUNK]).decode())
        yield min(start + _CHUNK, len(events))


def _write_csv(machine: StateMachine, events: Sequence[Event], file: TextIO) -> Iterator[int]:
    file.write("\ufeff")  # without it spreadsheets don't take the file for UTF-8
    table = csv.writer(file)
    table.writerow(column.in_files[0] for column in COLUMNS)
    cells = [(column.in_files[1], column.numeric) for column in COLUMNS]
    before: Event | None = None
    for written, event in enumerate(events, 1):
        entry = Entry(event, before, machine)
        table.writerow(
            text(entry) if numeric else _harmless(text(entry)) for text, numeric in cells
        )
        before = event
        if written % _CHUNK == 0 or written == len(events):
            yield written


def _harmless(text: str) -> str:
    """Return `text` so that a spreadsheet does not take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


_WRITERS = {".jsonl": _write_json_lines, ".csv": _write_csv}
