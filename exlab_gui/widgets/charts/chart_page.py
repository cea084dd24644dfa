"""A chart, a sentence about it, and its table beside it."""

from typing import Protocol

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.charts.picture import Canvas, Picture
from exlab_gui.core.charts.table import Table
from exlab_gui.core.charts.time_span import TimeSpan
from exlab_gui.core.text.translation import tr
from exlab_gui.models.archive.chart_table import ChartTableModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.charts.chart_view import ChartView
from exlab_gui.widgets.labels import ElidingLabel, WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import CleanCuts, ForeignTexts, RowTable

_SHARES = [3, 2]
_MOST_MEASURED = 200  # rows whose texts decide how wide a column is


class ShownChart(Protocol):
    """A chart: the sentence about it, its table, its span if it is over time, and its picture."""

    @property
    def summary(self) -> str: ...

    @property
    def table(self) -> Table: ...

    @property
    def span(self) -> TimeSpan | None: ...

    def draw(self, canvas: Canvas) -> Picture: ...


class ChartTable(RowTable):
    """The rows of a chart; `Enter` and a double click choose one."""

    activated_row = Signal(int)

    def __init__(self, name: str, title: str) -> None:
        self.rows = ChartTableModel()
        super().__init__(self.rows, rows_apart=6)
        named(self, name, title)
        self.rows.setParent(self)
        self._is_sized = False
        self.setItemDelegate((ForeignTexts if self.isRightToLeft() else CleanCuts)(self))
        self.setAlternatingRowColors(True)
        heads = self.horizontalHeader()
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setResizeContentsPrecision(_MOST_MEASURED)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._activate)

    def show_table(self, table: Table) -> None:
        row = self.currentIndex().row()
        self.rows.show(table)
        self._size_columns()
        if 0 <= row < self.rows.rowCount():
            self.selectRow(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._size_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _size_columns(self) -> None:
        """Give each column the width of its texts, once, as soon as the font is known."""
        if not self._is_sized and self.isVisible() and self.rows.rowCount():
            self._is_sized = True
            self.resizeColumnsToContents()

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated_row.emit(index.row())


class ChartPage(QWidget):
    """Shows one kind of chart; `chosen` gives what a spot or a row leads to."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__()
        named(self, f"chartPage_{name}", title)
        self.title = title
        self.chart: ShownChart | None = None
        self.summary = named(WrappingLabel(), f"chartSummary_{name}", "Summary")
        self.view = ChartView(theme, f"chartView_{name}", title)
        self.table = ChartTable(f"chartTable_{name}", tr("{title} as a table", title=tr(title)))
        self._told = named(ElidingLabel(), f"chartTold_{name}", "What is pointed at")
        self.view.told.connect(self._told.setText)
        split = named(QSplitter(Qt.Orientation.Horizontal), f"chartSplitter_{name}")
        split.addWidget(self.view)
        split.addWidget(self.table)
        split.setChildrenCollapsible(False)
        for place, share in enumerate(_SHARES):
            split.setStretchFactor(place, share)
        split.setSizes([1000 * share for share in _SHARES])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(split, 1)
        column.addWidget(self._told)
        self.view.chosen.connect(self.chosen)
        self.table.activated_row.connect(self._choose_row)

    def show_chart(self, chart: ShownChart) -> None:
        self.chart = chart
        self._told.setText("")
        self.summary.setText(chart.summary)
        self.view.show_chart(chart, chart.span)
        self.summary.setHidden(self.view.is_empty)  # the picture's place says it then
        self.table.show_table(chart.table)

    def tell(self, sentence: str) -> None:
        """Show `sentence` as long as there is no chart."""
        self.view.empty_text = sentence
        self.view.viewport().update()

    def _choose_row(self, row: int) -> None:
        if (choice := self.table.rows.choice(row)) is not None:
            self.chosen.emit(choice)
