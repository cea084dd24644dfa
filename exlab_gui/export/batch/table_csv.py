"""The tables for analysis as CSV: no number has a fraction, and no text begins a formula."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

from exlab_gui.core.analysis.summary import SessionSummary
from exlab_gui.core.text.sanitize import as_cell
from exlab_gui.export.batch.tables import Table, Value
from exlab_gui.export.csv_file import write_csv


def write_table(table: Table[Any], sessions: Iterable[SessionSummary], file: BinaryIO) -> None:
    """Write the rows of `sessions` in `table` to `file`."""
    write_csv(_rows(table, sessions), file)


def _rows(table: Table[Any], sessions: Iterable[SessionSummary]) -> Iterator[list[str]]:
    yield [column.name for column in table.columns]
    for values in table.values(sessions):
        yield [_cell(value) for value in values]


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            # This form is a time in LibreOffice in any language, with its fraction.
            return value.replace(tzinfo=None).isoformat("T", "microseconds")
        case str():
            return as_cell(value)
        case float():
            return str(round(value))
    return str(value)
