"""The sessions of the archive as rows, of which only those that are seen are read."""

from array import array
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QObject,
    Qt,
)

from exlab_gui.archive.search import NOT_ENDED, Order, Row
from exlab_gui.core.meaning import FLAW
from exlab_gui.core.text.durations import Span, duration
from exlab_gui.core.text.translation import tr
from exlab_gui.models.archive.archive_model import ArchiveModel
from exlab_gui.models.cells import (
    ALIGNMENT,
    DECORATION,
    DISPLAY,
    FIRST_ORDER,
    RIGHT,
    ROOT,
    TOOL_TIP,
    Index,
)
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.theme.icons import IconName, icon

_PAGE = 64
_MOST_READ = 4_096
"""The rows that are kept; with more, all are read again as they are seen."""

_MARKS: dict[str, IconName] = {
    "success": "done",
    "flawed": "flawed",
    "failure": "failed",
    "aborted": "aborted",
}


class Column(NamedTuple):
    """A column: its title, how it is sorted, and its text for a session."""

    title: str
    order: Order
    text: Callable[[Row], str]
    numeric: bool = False


def _began(row: Row) -> str:
    at = QDateTime.fromMSecsSinceEpoch(row.start // 1000)
    return QLocale().toString(at, QLocale.FormatType.ShortFormat)


def _outcome(row: Row) -> str:
    flaw = tr(FLAW) if row.meaning == "flawed" else ""
    return " · ".join(filter(None, (row.outcome or tr(NOT_ENDED), flaw)))


def _span(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)


def _lasted(row: Row) -> str:
    return tr(Span(_span(row.lasted_least), _span(row.lasted_most)).text())


def _waited(row: Row) -> str:
    return tr(duration(_span(row.waiting))) if row.waiting else ""


COLUMNS: tuple[Column, ...] = (
    Column("Began", "start", _began),
    Column("Session", "run", lambda row: row.run or row.label),
    Column("Equipment", "equipment", lambda row: row.equipment),
    Column("Project", "project", lambda row: row.project),
    Column("Operator", "operator", lambda row: row.operator),
    Column("Outcome", "outcome", _outcome),
    Column("Lasted", "lasted", _lasted, True),
    Column("Error", "error_code", lambda row: row.error_code),
    Column("Plugins", "plugins", lambda row: row.plugins),
    Column("Waited", "waiting", _waited, True),
    Column("Problems", "problems", lambda row: f"{row.problems:,}" if row.problems else "", True),
)
"""The columns, in their order."""


class ArchiveTableModel(QAbstractTableModel):
    """The sessions that were found last, as rows."""

    def __init__(self, archive: ArchiveModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._archive = archive
        self._numbers = array("q")
        self._read: dict[int, Row] = {}

    def show(self, numbers: "array[int]") -> None:
        """Show the sessions of these numbers, read anew."""
        self.beginResetModel()
        self._numbers = numbers
        self._read.clear()
        self.endResetModel()

    def number(self, row: int) -> int:
        return self._numbers[row]

    def row_of(self, number: int) -> int | None:
        """Return the row of the session of that number, or None."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return None

    def session(self, row: int) -> Row | None:
        """Return the session of a row, or None if it is gone; the page around it is read."""
        number = self._numbers[row]
        if number not in self._read:
            if len(self._read) > _MOST_READ:
                self._read.clear()
            start = row - row % _PAGE
            page: Sequence[int] = self._numbers[start : start + _PAGE]
            self._read |= {one.id: one for one in self._archive.rows(page)}
        return self._read.get(number)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == ALIGNMENT and COLUMNS[section].numeric:
            return RIGHT
        if role == FIRST_ORDER and COLUMNS[section].numeric:
            return Qt.SortOrder.DescendingOrder.value  # the first click shows the slowest
        return tr(COLUMNS[section].title) if role == DISPLAY else None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not 0 <= index.row() < len(self._numbers):
            return None
        column = COLUMNS[index.column()]
        if role == ALIGNMENT and column.numeric:
            return RIGHT
        if role not in (DISPLAY, DECORATION, TOOL_TIP):
            return None
        session = self.session(index.row())
        if session is None:
            return tr("(removed)") if role == DISPLAY and index.column() == 0 else None
        if role == DISPLAY:
            return column.text(session)
        if role == TOOL_TIP:
            return plain_tip(_tip(session))
        return _mark(session) if column.order == "outcome" else None


def _tip(session: Row) -> str:
    """Return the name of a session, and why it ended so, or where it was last."""
    end = (
        session.error
        or session.outcome
        or tr("Not ended; it was last in {state}", state=session.state)
    )
    if session.meaning == "flawed":
        end = _outcome(session)
    return f"{session.label}\n{end}"


def _mark(session: Row) -> Any:
    """Return the icon of an outcome that has one."""
    mark = _MARKS.get(session.meaning) if session.outcome else None
    return icon(mark) if mark else None
