"""Every format that holds many sessions in one file."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import BinaryIO

import msgspec

from exlab_gui.export.batch.parquet import write_parquet
from exlab_gui.export.batch.sessions import Sessions
from exlab_gui.export.batch.table_csv import write_table
from exlab_gui.export.batch.tables import SESSIONS, VISITS, Table
from exlab_gui.export.batch.workbook import write_workbook
from exlab_gui.export.csv_file import write_csv
from exlab_gui.export.log import csv_rows, csv_titles, json_lines
from exlab_gui.export.otlp.json_lines import write_otlp
from exlab_gui.export.xes import write_log

Write = Callable[[Sessions, BinaryIO], object]


class BatchFormat(msgspec.Struct, frozen=True):
    """A format by its `name`, which is also how the name of a file ends if there is no `suffix`.

    `label` is what it is called in the window. `write` writes all sessions to one file, as far as
    the format can; `tables` one table each.
    """

    name: str
    label: str
    write: Write | None = None
    tables: Mapping[str, Write] = {}
    suffix: str = ""

    def file_name(self, stem: str) -> str:
        return f"{stem}.{self.suffix or self.name}"


def _of_tables(write: Callable[[Table, Sessions, BinaryIO], object]) -> dict[str, Write]:  # type: ignore[type-arg]
    return {table.name: partial(write, table) for table in (SESSIONS, VISITS)}


def _xes(sessions: Sessions, file: BinaryIO) -> None:
    write_log(sessions.summaries(), file)


def _csv(sessions: Sessions, file: BinaryIO) -> None:
    rows = (row for recording in sessions for row in csv_rows(recording))
    write_csv(chain([csv_titles()], rows), file)


def _json_lines(sessions: Sessions, file: BinaryIO) -> None:
    for recording in sessions:
        file.writelines(json_lines(recording))


def _table_csv(table: Table, sessions: Sessions, file: BinaryIO) -> None:  # type: ignore[type-arg]
    write_table(table, sessions.summaries(), file)


def _table_parquet(table: Table, sessions: Sessions, file: BinaryIO) -> None:  # type: ignore[type-arg]
    write_parquet(table, sessions.summaries(), file)


FORMATS = {
    known.name: known
    for known in (
        BatchFormat("xes", "XES", _xes),
        BatchFormat("csv", "CSV", _csv, {"events": _csv, **_of_tables(_table_csv)}),
        BatchFormat("jsonl", "JSON Lines", _json_lines),
        BatchFormat("xlsx", "Excel (XLSX)", write_workbook),
        BatchFormat("parquet", "Parquet", None, _of_tables(_table_parquet)),
        BatchFormat("otlp", "OpenTelemetry (OTLP)", write_otlp, suffix="otlp.jsonl"),
    )
}
"""The formats by their names."""
