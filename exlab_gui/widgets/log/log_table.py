"""The table of the log, which follows the newest row until the user scrolls."""

from itertools import chain

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from exlab_gui.core.text.log_columns import COLUMNS, KEYS
from exlab_gui.core.text.translation import tr
from exlab_gui.models.event_table import EventTableModel
from exlab_gui.theme.fonts import monospace
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import RowTable

_PADDING = 10
_LEAST_ROWS = 4  # that are seen even in a small window

_DETAIL = KEYS.index("detail")
_DETAIL_WIDTH = 260
"""The room in pixels that the detail gets before the columns of `_LEFT_OUT`."""

_LEFT_OUT = tuple(map(KEYS.index, ("phase", "delta", "kind")))
"""The columns that a narrow log leaves out: what they say is in the detail, or in others."""

_COPIED_AT_ONCE = 500
"""Copying so many rows takes about 20 ms."""


class LogTable(RowTable):
    """The rows of an `EventTableModel`; `following`: the newest row stays in view."""

    following_changed = Signal(bool)
    copying = Signal(object)
    """The ranges of rows whose copy takes too long to be made at once."""

    def __init__(self, model: EventTableModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent=parent)
        named(self, "eventLogView", "Event log")
        self._following = True
        self._model = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._size_sections()
        model.rowsInserted.connect(self._scroll_to_newest)
        model.modelReset.connect(self._scroll_to_newest)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def following(self) -> bool:
        return self._following

    def follow(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)
        if following:
            self.scrollToBottom()

    def copy(self) -> None:
        """Copy the selected rows with tabs between the columns.

        Many of them are given to `copying` instead.
        """
        selected = self.selected_rows()
        count = self.selected_count
        if count > _COPIED_AT_ONCE:
            self.copying.emit(selected)
        elif count:
            text = self._model.copied(chain.from_iterable(selected)).text()
            QGuiApplication.clipboard().setText(text)

    def copy_as_markdown(self) -> None:
        """Copy the selected rows as a table for Markdown."""
        rows = self._model.copied(chain.from_iterable(self.selected_rows()))
        QGuiApplication.clipboard().setText(rows.markdown())

    def show_event(self, place: int) -> None:
        """Select the row of the event at the index `place` in the history, and scroll to it."""
        row = self._model.row_of(place)
        if row is not None:
            self.follow(False)
            self.selectRow(row)
            self.scrollTo(self._model.index(row, 0))

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Home for the first row, as every table does: it is a shortcut elsewhere."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.MoveToStartOfDocument)
        ):
            event.accept()
            return True
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the headings and a few rows, in the style of now."""
        rows = _LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        height = self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth()
        return QSize(super().minimumSizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self._scroll_to_newest()
        if not self._following:
            self.scrollTo(self.currentIndex())

    def _size_sections(self) -> None:
        columns = self.horizontalHeader()
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setStretchLastSection(True)
        # Else it asks for every row whether a whole column is selected, whenever it is painted.
        columns.setSelectionModel(QItemSelectionModel(self._model, columns))
        columns.setSectionsMovable(True)
        digits = QFontMetrics(monospace())
        for place, column in enumerate(COLUMNS):
            metrics = digits if column.numeric else self.fontMetrics()
            columns.resizeSection(place, metrics.horizontalAdvance(column.widest) + _PADDING)
        self._widths = [columns.sectionSize(place) for place in range(len(COLUMNS))]

    def lay_out_anew(self) -> None:
        """Give all columns their first widths, and leave out those that have no room."""
        columns = self.horizontalHeader()
        for place, width in enumerate(self._widths):
            self.setColumnHidden(place, False)
            columns.resizeSection(place, width)
        self._make_room()

    def _make_room(self) -> None:
        """Leave out columns, the least telling first, until the detail has room enough."""
        columns = self.horizontalHeader()
        widths = [columns.sectionSize(place) or self._widths[place] for place in range(_DETAIL)]
        room = self.viewport().width() - _DETAIL_WIDTH - sum(widths)
        for place in _LEFT_OUT:
            self.setColumnHidden(place, room < 0)
            room += widths[place] if room < 0 else 0

    def _scroll_to_newest(self) -> None:
        if self._following:
            self.scrollToBottom()

    def _scrolled(self, value: int) -> None:
        lowest = self.verticalScrollBar().maximum()
        if lowest == 0:  # too few rows to scroll
            return
        following = value >= lowest
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    def _show_menu(self, place: QPoint) -> None:
        menu = named(QMenu(self), "eventLogMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("Copy rows"), QKeySequence.StandardKey.Copy, self.copy)
        copy.setEnabled(self.selectionModel().hasSelection())
        markdown = menu.addAction(tr("Copy as Markdown"), self.copy_as_markdown)
        markdown.setEnabled(0 < self.selected_count <= _COPIED_AT_ONCE)
        menu.addAction(tr("Select all"), QKeySequence.StandardKey.SelectAll, self.selectAll)
        menu.popup(self.viewport().mapToGlobal(place))
