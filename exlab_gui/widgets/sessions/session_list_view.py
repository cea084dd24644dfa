"""The table of open sessions."""

from collections.abc import Set

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from exlab_gui.core.meaning import STATUS_WORDS, Meaning
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_cells import HEADERS, Column
from exlab_gui.models.session_filter import SessionFilterModel
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.menu_style import tell_why_disabled
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.sessions.session_delegate import SessionDelegate, row_height
from exlab_gui.widgets.tables import RowTable

ALWAYS = (Column.SESSION, Column.STATE)
"""The columns that are always shown; the others are optional."""

_PADDING = 9
_MOST = 240  # pixels, however large letters are: the window has to fit on a screen
_NAME = "M" * 9  # so much of a name can always be seen


class SessionListView(RowTable):
    """One row per session; `chosen` gives the one to show.

    Clicks on a header sort in ascending, in descending and in the original order. `columns` is the
    menu of the optional columns.
    """

    chosen = Signal(SessionModel)

    def __init__(
        self, model: SessionListModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        self.rows = SessionFilterModel(model)
        super().__init__(self.rows, parent=parent)
        named(self, "sessionListView", "Sessions")
        self.rows.setParent(self)
        self.empty_text = _why_empty(frozenset())
        self._sessions = model
        self.columns = named(QMenu(tr("Columns"), self), "sessionListColumns")
        tell_why_disabled(self.columns)
        self._shown: SessionModel | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # labels begin alike
        self._delegate = SessionDelegate(self.rows, theme)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))
        theme.changed.connect(self.viewport().update)
        self._size_sections()
        self._offer_columns()
        # Not on a change of the current row: that also changes when a filter hides it.
        self.clicked.connect(self._choose)
        for changed in (
            self.rows.rowsRemoved,
            self.rows.rowsInserted,
            self.rows.layoutChanged,
            self.rows.modelReset,
        ):
            changed.connect(self._mark_shown)

    def show_chosen(self, session: SessionModel) -> None:
        self._shown = session
        self._mark_shown()

    def show_only(self, text: str) -> None:
        self.rows.show_only(text)
        self._mark_shown()

    def show_statuses(self, chosen: Set[Meaning | None]) -> None:
        """Show the sessions of these statuses; all if there is none."""
        self.empty_text = _why_empty(chosen)
        self.rows.show_statuses(chosen)
        self._mark_shown()
        self.viewport().update()

    def sort_as_indicated(self) -> None:
        """Sort by the column with the sort indicator, and check the columns that are shown."""
        columns = self.horizontalHeader()
        self.rows.sort(columns.sortIndicatorSection(), columns.sortIndicatorOrder())
        for action, column in zip(self.columns.actions(), self._optional, strict=True):
            action.setChecked(not self.isColumnHidden(column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        if self.currentIndex().row() != before:
            self._choose(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.session(index.row()))

    def _mark_shown(self) -> None:
        if self._shown is None or not self._sessions.has(self._shown):
            return
        row = self.rows.row_of(self._shown)
        if row is None:
            self.selectionModel().clear()
        elif not self.selectionModel().isRowSelected(row, QModelIndex()):
            self.setCurrentIndex(self.rows.index(row, 0))

    def _size_sections(self) -> None:
        columns, metrics = self.horizontalHeader(), self.fontMetrics()
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setSectionResizeMode(Column.SESSION, QHeaderView.ResizeMode.Stretch)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        # A long label gives way, not the state.
        state = metrics.horizontalAdvance("input_required") + _PADDING
        time = metrics.horizontalAdvance("59:59 min") + _PADDING
        time = max(time, columns.sectionSizeHint(Column.TIME))  # with the mark of sorting
        columns.setMinimumSectionSize(time)
        columns.resizeSection(Column.STATE, state)
        for column in (Column.TIME, Column.AGE):
            columns.resizeSection(column, time)
        least = metrics.horizontalAdvance(_NAME) + 2 * _PADDING
        self.setMinimumWidth(min(least + state + 2 * self.frameWidth(), _MOST))

    def _offer_columns(self) -> None:
        self._optional = [column for column in Column if column not in ALWAYS]
        for column in self._optional:
            action = named(
                self.columns.addAction(tr(HEADERS[column])),
                f"sessionListColumn_{column.name.lower()}",
            )
            action.setCheckable(True)
            action.toggled.connect(
                lambda wanted, column=column: self.setColumnHidden(column, not wanted)
            )
            self.setColumnHidden(column, True)
        columns = self.horizontalHeader()
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.customContextMenuRequested.connect(self._show_menu)

    def _show_menu(self, place: QPoint) -> None:
        self.columns.popup(self.horizontalHeader().mapToGlobal(place))


def _why_empty(chosen: Set[Meaning | None]) -> str:
    if not chosen:
        return tr("No session matches the filter. Clear the filter to show all.")
    words = tr(" or ").join(tr(word).lower() for one, word in STATUS_WORDS.items() if one in chosen)
    return tr(
        "No session that is {words} matches. Press the button again to show all.", words=words
    )
