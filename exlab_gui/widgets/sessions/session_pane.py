"""The list of sessions, with its filters, its column menu, and a button that clears it up."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.widgets.controls.filter_edit import FilterEdit
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.sessions.session_list_view import SessionListView
from exlab_gui.widgets.sessions.status_filter import StatusFilter


class SessionPane(QWidget):
    """`close_finished` is the action of the button below the list."""

    def __init__(
        self,
        sessions: SessionListModel,
        theme: Theme,
        close_finished: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sessions, self._theme = sessions, theme
        theme.changed.connect(self._style)
        self._style()
        self.view = SessionListView(sessions, theme)
        tip = tr("Show only the sessions that contain each of these words")
        self.filter = named(
            FilterEdit(tr("Filter"), tip), "sessionListFilter", "Filter the sessions"
        )
        self.filter.textChanged.connect(self.view.show_only)
        columns = named(QToolButton(), "sessionListColumnsButton", "Columns shown")
        columns.setText(tr("Columns"))
        columns.setMenu(self.view.columns)
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.statuses = StatusFilter(theme)
        self.statuses.chosen.connect(self.view.show_statuses)
        self.view.rows.counted.connect(self._show_counts)
        self._show_counts()
        closing = named(ActionButton(close_finished), "sessionListCloseFinished")
        closing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.filter, 1)
        row.addWidget(columns)
        above = QVBoxLayout()
        above.setContentsMargins(4, 0, 4, 0)
        above.setSpacing(6)
        above.addLayout(row)
        above.addWidget(self.statuses)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(above)
        column.addWidget(self.view, 1)
        column.addWidget(closing)

    def _show_counts(self) -> None:
        self.statuses.show_counts(self.view.rows.counts)

    def _style(self) -> None:
        self._sessions.show_warnings_in(self._theme.colours.warning)
