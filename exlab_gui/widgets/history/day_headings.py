"""Headings of days above the first sessions of each, in the table of the history."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from exlab_gui.archive.days import Day
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.tables import CleanCuts

_ROOM = 4
_INDENT = 4


def heading(day: Day) -> str:
    date = QLocale().toString(QDate(*day.date.timetuple()[:3]), QLocale.FormatType.LongFormat)
    return tr("{day} · {n:,} session", "{day} · {n:,} sessions", day=date, n=day.sessions)


class DayHeadings(CleanCuts):
    """Paints the rows of `table`; the first one of each day has room for a heading."""

    def __init__(self, table: QTableView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._days: dict[int, Day] = {}

    @property
    def rows(self) -> Sequence[int]:
        """The first rows of the days, from the top."""
        return list(self._days)

    def show_days(self, days: Sequence[Day]) -> None:
        """Put `days` above their rows."""
        rows = self._table.verticalHeader()
        rows.blockSignals(True)  # Qt would lay out the table after each of them
        for row in self._days:
            if row < rows.count():
                rows.resizeSection(row, rows.defaultSectionSize())
        self._days = {day.first: day for day in days}
        for row in self._days:
            rows.resizeSection(row, rows.defaultSectionSize() + self._height())
        rows.blockSignals(False)
        self._table.updateGeometries()
        self._table.viewport().update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if index.row() in self._days:
            option.rect.setTop(option.rect.top() + self._height())
        super().paint(painter, option, index)

    def paint_headings(self) -> None:
        """Paint the headings that are seen."""
        table = self._table
        view = table.viewport()
        first, last = table.rowAt(0), table.rowAt(view.height() - 1)
        last = last if last >= 0 else table.model().rowCount() - 1
        painter = QPainter(view)
        for row in self._days if first >= 0 else ():
            if first <= row <= last:
                self._paint(painter, row)
        painter.end()

    def _paint(self, painter: QPainter, row: int) -> None:
        table = self._table
        width = table.viewport().width()
        room = QRect(0, table.rowViewportPosition(row), width, self._height())
        painter.fillRect(room, table.palette().alternateBase())
        painter.setPen(table.palette().placeholderText().color())
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room.adjusted(_INDENT, 0, 0, 0), middle, heading(self._days[row]))

    def _height(self) -> int:
        return self._table.fontMetrics().height() + _ROOM
