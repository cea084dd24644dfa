"""The messages of a session between operator, session, plugin and server."""

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from exlab_gui.core.text.log_columns import KINDS
from exlab_gui.models.message_table import MessageTableModel
from exlab_gui.theme.brushes import solid
from exlab_gui.theme.fonts import monospace
from exlab_gui.theme.semantic_colours import kind_colour
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.sequence.painting import Lanes, MessageDelegate, row_height
from exlab_gui.widgets.tables import RowTable


class SequenceView(RowTable):
    """One row per event, of which only those in view are painted; the newest row stays in view.

    `event_selected` gives the index of the event whose row the user selects, `event_chosen` that of
    one to go to.
    """

    event_selected = Signal(int)
    event_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        rows = self.rows = MessageTableModel()
        super().__init__(rows, parent=parent)
        named(self, "sequenceView", "Sequence of messages")
        rows.setParent(self)
        self._theme = theme
        self._follows = True
        self._told = -1  # the event that was selected from outside
        self.setHorizontalHeader(Lanes())
        self.setItemDelegate(MessageDelegate(rows, theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        rows.rowsInserted.connect(self._follow)
        rows.modelReset.connect(self._follow)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.activated.connect(lambda index: self.event_chosen.emit(index.row()))
        theme.changed.connect(self._style)
        self._style()

    def select(self, event: int) -> None:
        """Select the row of the event at that index, as another view has it."""
        if [range(event, event + 1)] != self.selected_rows() and event < self.rows.rowCount():
            self._told = event
            flags = QItemSelectionModel.SelectionFlag
            self._follows = event + 1 == self.rows.rowCount()
            index = self.rows.index(event, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def _tell(self) -> None:
        rows, told, self._told = self.selected_rows(), self._told, -1
        if rows and rows[0].start != told:
            self.event_selected.emit(rows[0].start)

    def _follow(self) -> None:
        if self._follows:
            self.scrollToBottom()

    def _scrolled(self, value: int) -> None:
        if lowest := self.verticalScrollBar().maximum():
            self._follows = value >= lowest

    def _style(self) -> None:
        colours = self._theme.colours
        roles = {kind: kind_colour(kind) for kind in KINDS}
        brushes = {kind: solid(getattr(colours, role)) for kind, role in roles.items()}
        self.rows.set_style(monospace(), brushes)
