"""Sessions as a workbook for Excel: the tables for analysis, and the log."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from exlab_gui.core.trace import Recording
from exlab_gui.export.batch.events import EVENTS, event_rows
from exlab_gui.export.batch.sessions import Summaries
from exlab_gui.export.batch.tables import SESSIONS, VISITS, Table, Value
from exlab_gui.export.exporter import needed

MAX_ROWS = 2**20 - 2
"""The rows that a sheet has room for, besides its titles and a last one."""

MAX_TEXT = 32_767
"""The characters that a cell has room for."""

_WIDTHS = {"text": 22, "time": 23, "count": 9, "ms": 13, "flag": 8}
_TIME = "yyyy-mm-dd hh:mm:ss.000"


def write_workbook(sessions: Iterable[Recording], file: BinaryIO) -> None:
    """Write `sessions` to `file`; a log that is too long for a sheet is cut, and says so."""
    xlsxwriter = needed("xlsxwriter", "XLSX", "analysis")
    # Nothing that a recording says becomes a formula or a link. Rows wait in files, not in memory.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    written = BytesIO()  # a file would be written to once more after an error
    with TemporaryDirectory(prefix="exlab-gui-") as folder:
        book = xlsxwriter.Workbook(written, options | {"tmpdir": folder})
        book.use_zip64()
        try:
            _fill(book, sessions)
            book.close()
        except BaseException as error:
            for sheet in book.worksheets():
                sheet._opt_close()
            book.fileclosed = True  # else it complains when it is collected
            if isinstance(error, xlsxwriter.exceptions.FileCreateError):
                raise error.args[0] from None  # of a temporary file
            raise
    file.write(written.getbuffer())


def _fill(book: Any, sessions: Iterable[Recording]) -> None:
    sheets = {name: _Sheet(book, name) for name in ("sessions", "visits", "events")}
    log = sheets["events"]
    log.begin([("session", "text"), *((column.name, column.kind) for column in EVENTS)])
    found = Summaries()
    for recording in sessions:
        found.add(recording)
        log.add(event_rows(recording))
    summaries = found.joined()
    tables: tuple[Table[Any], ...] = (SESSIONS, VISITS)
    for table in tables:
        sheet = sheets[table.name]
        sheet.begin([(column.name, column.kind) for column in table.columns])
        sheet.add(table.values(summaries))
    for sheet in sheets.values():
        sheet.end()


class _Sheet:
    """A sheet that is written row by row."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._title = book.add_format({"bold": True})
        self._time = book.add_format({"num_format": _TIME})
        self._row = 0
        self._columns = 0
        self._left_out = 0

    def begin(self, columns: Sequence[tuple[str, str]]) -> None:
        self._columns = len(columns)
        for place, (_, kind) in enumerate(columns):
            self._sheet.set_column(place, place, _WIDTHS[kind])
        self._sheet.freeze_panes(1, 0)
        for place, (name, _) in enumerate(columns):
            self._sheet.write_string(0, place, name, self._title)

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        for values in rows:
            if self._row == MAX_ROWS:
                self._left_out += 1
                continue
            self._row += 1
            for place, value in enumerate(values):
                self._write(place, value)

    def end(self) -> None:
        if self._row:
            self._sheet.autofilter(0, 0, self._row, self._columns - 1)
        if self._left_out:
            said = f"{self._left_out:,} more rows have no room in a sheet; JSON Lines has them."
            self._sheet.write_string(self._row + 1, 0, said)

    def _write(self, place: int, value: Value) -> None:
        match value:
            case None | "":
                pass
            case bool():
                # LibreOffice takes a truth value for a formula.
                self._sheet.write_string(self._row, place, str(value).lower())
            case datetime():
                self._sheet.write_datetime(self._row, place, value.replace(tzinfo=None), self._time)
            case str():
                self._sheet.write_string(self._row, place, value[:MAX_TEXT])
            case _:
                self._sheet.write_number(self._row, place, value)
