"""The list of sessions, with its filter and its column menu."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from exlab_gui.models.session_list import SessionListModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.sessions.session_list_view import SessionListView


class SessionPane(QWidget):
    def __init__(
        self, sessions: SessionListModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sessions, self._theme = sessions, theme
        theme.changed.connect(self._style)
        self._style()
        self.view = SessionListView(sessions, theme)
        self.filter = named(QLineEdit(), "sessionListFilter", "Filter the sessions")
        self.filter.setPlaceholderText("Filter")
        self.filter.setToolTip("Show only the sessions that contain each of these words")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.view.show_only)
        columns = named(QToolButton(), "sessionListColumnsButton", "Columns shown")
        columns.setText("Columns")
        columns.setMenu(self.view.columns)
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(self.filter, 1)
        row.addWidget(columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.view, 1)

    def _style(self) -> None:
        self._sessions.show_warnings_in(self._theme.colours.warning)
