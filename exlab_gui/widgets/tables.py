"""Read-only tables, and copying from tables."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from exlab_gui.core.text.sanitize import as_cell, is_right_to_left
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.controls.viewport import make_viewport
from exlab_gui.widgets.labels import elided
from exlab_gui.widgets.object_names import named


def copy_cells(table: QTableView) -> None:
    columns = [c for c in range(table.model().columnCount()) if not table.isColumnHidden(c)]
    lines = (
        "\t".join(as_cell(str(row.sibling(row.row(), column).data() or "")) for column in columns)
        for row in sorted(table.selectionModel().selectedRows())
    )
    if text := "".join(f"{line}\n" for line in lines):
        QGuiApplication.clipboard().setText(text)


class CleanCuts(QStyledItemDelegate):
    """Leaves no blank before the ellipsis of a text that does not fit, as Qt does."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if option.rect.width() <= 0:  # its whole width is asked for
            return
        style = option.widget.style()
        part = QStyle.SubElement.SE_ItemViewItemText
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, option.widget) + 1
        room = style.subElementRect(part, option, option.widget).width() - 2 * margin
        option.text = elided(option.text, option.fontMetrics, room, option.textElideMode)


class ForeignTexts(CleanCuts):
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


class RowTable(QTableView):
    """A read-only table of whole rows, which Ctrl+C copies; a million rows show at once.

    `empty_text` is shown if there is no row.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        rows_apart: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        make_viewport(self)
        self.empty_text = ""
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        show_foreign_texts(self)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # to ask each row takes time
        rows.setDefaultSectionSize(self.fontMetrics().height() + rows_apart)
        self.horizontalHeader().setHighlightSections(False)

    def selected_rows(self) -> list[range]:
        """Return the selected rows, from the top; Qt would make an index for each of a million."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(place) for place in range(selection.count()))
        rows = (range(one.top(), one.bottom() + 1) for one in ranges if one.isValid())
        return sorted(rows, key=lambda rows: rows.start)

    @property
    def selected_count(self) -> int:
        return sum(map(len, self.selected_rows()))

    def selectRow(self, row: int) -> None:
        """Select `row` alone, and make it current.

        Qt's own selects none from right to left, and more if certain keys are held down.
        """
        flags = QItemSelectionModel.SelectionFlag
        here = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(here, flags.ClearAndSelect | flags.Rows)

    def copy(self) -> None:
        """Copy the selected rows; Qt would copy one cell."""
        copy_cells(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.empty_text or self.model().rowCount() > 0:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().placeholderText().color())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self.viewport().rect().adjusted(16, 16, -16, -16)
        painter.drawText(room, flags, self.empty_text)
        painter.end()


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
