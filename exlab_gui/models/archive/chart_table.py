"""The table of a chart as Qt sees it."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from exlab_gui.core.charts.picture import Choice
from exlab_gui.core.charts.table import Table
from exlab_gui.core.text.translation import told, tr
from exlab_gui.models.cells import ALIGNMENT, DISPLAY, FIRST_ORDER, OWN, RIGHT, ROOT, Index

VALUE = OWN
"""The role of the exact value of a cell."""


class ChartTableModel(QAbstractTableModel):
    """The rows of a `table`, in its order until they are sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table((), ())
        self._given = self.table
        self._order: tuple[int, bool] | None = None

    def show(self, table: Table) -> None:
        self.beginResetModel()
        self._given = table
        self.table = self._sorted()
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """Return what a row leads to."""
        return self.table.choice(self.table.rows[row])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        self._order = (column, descending) if column >= 0 else None
        self.show(self._given)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        columns = self.table.columns
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(columns):
            return None
        if role == ALIGNMENT and columns[section].numeric:
            return RIGHT
        if role == FIRST_ORDER and columns[section].numeric:
            return Qt.SortOrder.DescendingOrder.value
        return tr(columns[section].title) if role == DISPLAY else None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        column, row = self.table.columns[index.column()], self.table.rows[index.row()]
        if role == DISPLAY:
            return told(column.text(row))
        if role == VALUE:
            return column.value(row)
        return RIGHT if role == ALIGNMENT and column.numeric else None

    def _sorted(self) -> Table:
        if self._order is None or self._order[0] >= len(self._given.columns):
            return self._given
        return self._given.sorted_by(self._order[0], descending=self._order[1])
