"""The connection of a live session to its server."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView


class ConnectionBar(QFrame, SessionView):
    """Shows the state of the connection; hidden if the session has no server."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "connectionBar", "Connection")
        self.setProperty("role", "past")
        self._text = WrappingLabel(name="connectionLabel")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._text)
        self.hide()

    def synchronize(self) -> None:
        text = self.session.info.connection if self.session else ""
        self._text.setText(text)
        self.setVisible(bool(text))
