"""The name of the session, where its position stands if that is shown."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from exlab_gui.models.session_cells import title
from exlab_gui.widgets.history_bar import shows_position
from exlab_gui.widgets.labels import ClampedLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView


class SessionTitle(QWidget, SessionView):
    """Shows the name of the session and where it belongs; hidden while its position is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = named(ClampedLabel(), "sessionTitle", "Session")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
        row.addWidget(self._text)

    def synchronize(self) -> None:
        session = self.session
        if session is None:
            return
        text = title(session)
        if text != self._text.text():
            self._text.setText(text)
        self.setVisible(not shows_position(session))
