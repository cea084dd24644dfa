"""The open sessions, one of which the window shows."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from exlab_gui.models.session_list import Column, SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.naming import named

_PADDING = 16


class SessionListView(QTableView):
    """One row per session; `chosen` says which one the user wants to see."""

    chosen = Signal(SessionModel)

    def __init__(self, model: SessionListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "sessionListView", "Sessions")
        self._model = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(Column.SESSION, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(Column.STATE, QHeaderView.ResizeMode.Fixed)
        # A long label gives way, not the state.
        state = self.fontMetrics().horizontalAdvance("input_required") + _PADDING
        columns.resizeSection(Column.STATE, state)
        widest = self.fontMetrics().horizontalAdvance("Session input_required 0:00:00")
        self.setMinimumWidth(widest + 3 * _PADDING)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_chosen(self, session: SessionModel) -> None:
        """Mark the row of `session`."""
        self.setCurrentIndex(self._model.index(self._model.row_of(session), 0))

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._model.session(current.row()))
