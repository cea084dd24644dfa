"""The line that says how a live session is followed, or that it is not."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView


class ConnectionBar(QFrame, SessionView):
    """Says how the window is connected to the session; hidden where there is no server."""

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
        """Show how the session is connected now."""
        told = self.session.info.connection if self.session else ""
        self._text.setText(told)
        self.setVisible(bool(told))
