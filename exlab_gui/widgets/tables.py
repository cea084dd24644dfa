"""Read-only tables, and copying from tables."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
)

from exlab_gui.core.text.sanitize import as_cell, is_right_to_left
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.object_names import named


def copy_cells(table: QTableView) -> None:
    columns = [c for c in range(table.model().columnCount()) if not table.isColumnHidden(c)]
    lines = (
        "\t".join(as_cell(str(row.sibling(row.row(), column).data() or "")) for column in columns)
        for row in sorted(table.selectionModel().selectedRows())
    )
    if text := "".join(f"{line}\n" for line in lines):
        QGuiApplication.clipboard().setText(text)


class ForeignTexts(QStyledItemDelegate):
    """Shows texts in their own direction, at the side where the window's language begins.

    Else what is cut off a text from outside would seem to be its beginning.
    """

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        side = QStyle.visualAlignment(option.direction, option.displayAlignment)
        option.displayAlignment = side | Qt.AlignmentFlag.AlignAbsolute
        if not is_right_to_left(option.text):
            option.direction = Qt.LayoutDirection.LeftToRight


def show_foreign_texts(table: QTableView) -> None:
    """Have `table` show texts in their own direction, if that may differ from the window's."""
    if table.isRightToLeft():
        table.setItemDelegate(ForeignTexts(table))


class ReadOnlyTable(QTableWidget):
    """A read-only table whose rows can be selected and copied."""

    def __init__(self, titles: Sequence[str], name: str, accessible_name: str) -> None:
        super().__init__(0, len(titles))
        named(self, name, accessible_name)
        self.setHorizontalHeaderLabels(list(map(tr, titles)))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        show_foreign_texts(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def add_row(self, *texts: str) -> Sequence[QTableWidgetItem]:
        row = self.rowCount()
        self.insertRow(row)
        cells = [QTableWidgetItem(text) for text in texts]
        for column, cell in enumerate(cells):
            cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.setItem(row, column, cell)
        return cells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy whole rows; Qt would copy one cell."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_cells(self)
        else:
            super().keyPressEvent(event)
