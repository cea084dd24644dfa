"""The log as a file: JSON Lines, exact, for programs; CSV, as the log shows it, for tables."""

from typing import BinaryIO

from exlab_gui.core.progress import Progress, tracked
from exlab_gui.core.text.columns import COLUMNS, Entry
from exlab_gui.core.trace import Recording
from exlab_gui.core.trace.line import encode_event
from exlab_gui.export.atomic_file import as_text
from exlab_gui.export.exporter import Exporter, Format


def _write_json_lines(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    events = recording.events
    file.writelines(map(encode_event, tracked(events, progress, 0, len(events))))


def _write_csv(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    import csv  # with its first use: the window opens sooner without it

    machine, events = recording.machine, recording.events
    columns = [(column, column.in_files[1]) for column in COLUMNS]
    before = None
    with as_text(file) as lines:
        lines.write("\ufeff")  # without it spreadsheets don't take the file for UTF-8
        table = csv.writer(lines)
        table.writerow(column.in_files[0] for column in COLUMNS)
        for event in tracked(events, progress, 0, len(events)):
            entry = Entry(event, before, machine)
            table.writerow(column.cell(text(entry)) for column, text in columns)
            before = event


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
