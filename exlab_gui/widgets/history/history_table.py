"""The table of the sessions of the archive."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from exlab_gui.archive.days import Day
from exlab_gui.archive.search import Order
from exlab_gui.core.meaning import FLAW
from exlab_gui.core.text.translation import joined, tr
from exlab_gui.models.archive.archive_table import COLUMNS, ArchiveTableModel
from exlab_gui.widgets.history.day_headings import DayHeadings
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import RowTable

MOST_COPIED = 1_000
"""Rows that are copied at once."""

_WIDEST: dict[Order, str] = {
    "start": "2026-12-30 23:59",
    "run": "Film_series_7_annealed_01",
    "equipment": "CONFOCAL_01",
    "project": "2026-017_Films",
    "operator": "s.lindqvist",
    "outcome": joined(("done", FLAW), " · "),
    "error_code": "disk_space_insufficient",
    "plugins": "sample_sheet",
    "lasted": "900 ms – 1.2 s",
}
"""A text that each column has room for at first; the others hold a duration or a number."""

_WAYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

_NARROW = "10:35 min"
_PADDING = 14


class HistoryTable(RowTable):
    """The rows of `sessions`; sorted by the column whose header is clicked, the newest first."""

    opened = Signal()
    """The selected sessions are to be opened."""
    deleted = Signal()
    """The selected sessions are to be deleted."""
    sorted_anew = Signal()

    def __init__(self, sessions: ArchiveTableModel, parent: QWidget | None = None) -> None:
        super().__init__(sessions, rows_apart=6, parent=parent)
        named(self, "historyTable", "Sessions of the archive")
        self._sessions = sessions
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._headings = DayHeadings(self, self)
        self.setItemDelegate(self._headings)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        header.sortIndicatorChanged.connect(lambda *_: self.sorted_anew.emit())
        self._size_columns()
        self.doubleClicked.connect(lambda _: self.opened.emit())

    @property
    def order(self) -> tuple[Order, bool]:
        """The order of the column by which the sessions are sorted, and whether it descends."""
        header = self.horizontalHeader()
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return COLUMNS[header.sortIndicatorSection()].order, descending

    def selected_numbers(self) -> Sequence[int]:
        return [self._sessions.number(row) for rows in self.selected_rows() for row in rows]

    def select(self, numbers: Sequence[int]) -> None:
        """Select the sessions of these numbers that are shown, if there are not many."""
        selection = self.selectionModel()
        also = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        rows = (row for row in map(self._sessions.row_of, numbers) if row is not None)
        for place, row in enumerate(rows):
            if place == 0:
                self.selectRow(row)
            else:
                selection.select(self._sessions.index(row, 0), also)

    def go_on_from(self, row: int) -> None:
        """Make `row`, or the last one, current if none is any more: arrow keys go on from there."""
        if row >= 0 and not self.currentIndex().isValid():
            selection = self.selectionModel()
            here = self._sessions.index(min(row, self._sessions.rowCount() - 1), 0)
            selection.setCurrentIndex(here, selection.SelectionFlag.NoUpdate)

    def show_days(self, days: Sequence[Day]) -> None:
        """Show headings above the sessions of each of `days`; Alt with an arrow goes to them."""
        self._headings.show_days(days)

    def first_shown(self) -> int | None:
        """Return the number of the topmost session that is shown, if it is not the first one."""
        row = self.rowAt(0)
        return self._sessions.number(row) if row > 0 else None

    def show_first(self, number: int | None) -> None:
        """Scroll to where the session of that number is the topmost one; None: to the top."""
        row = 0 if number is None else self._sessions.row_of(number)
        if row is not None:
            self.scrollTo(self._sessions.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def copy(self) -> None:
        if self.selected_count <= MOST_COPIED:
            super().copy()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.opened.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in _WAYS:
            self._go_to_day(_WAYS[Qt.Key(event.key())])
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._headings.paint_headings()

    def _go_to_day(self, way: int) -> None:
        """Select the first session of the next day, or of the one before."""
        here = self.currentIndex().row()
        rows = [row for row in self._headings.rows if way * row > way * here]
        if rows:
            self.selectRow(rows[0] if way > 0 else rows[-1])

    def _size_columns(self) -> None:
        measure = self.fontMetrics()
        for place, column in enumerate(COLUMNS):
            widest = _WIDEST.get(column.order, _NARROW)
            self.setColumnWidth(place, measure.horizontalAdvance(tr(widest)) + _PADDING)
        self.horizontalHeader().setStretchLastSection(True)
