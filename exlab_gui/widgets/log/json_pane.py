"""The message of an event as JSON."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.message import message_excerpt, message_text
from exlab_gui.core.text.translation import tr
from exlab_gui.theme.fonts import monospace
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.object_names import named


class JsonPane(QWidget):
    """Shows a message; one that is too long is cut, and can be copied whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: Event | None = None
        self.text = named(QPlainTextEdit(readOnly=True), "eventLogJson", "Envelope as JSON")
        self.text.setFont(monospace())
        self._cut = named(plain_label(), "eventLogJsonCut")
        self._below = QWidget()
        copy = named(QPushButton(tr("Copy whole message")), "eventLogJsonCopy")
        copy.clicked.connect(self._copy)
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._cut, 1)
        row.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.text, 1)
        column.addWidget(self._below)
        self._below.hide()

    def show_event(self, event: Event) -> None:
        self._event = event
        shown = message_excerpt(event)
        self.text.setPlainText(shown.text if shown else tr("This event has no envelope."))
        self._below.setVisible(shown is not None and shown.is_cut)
        if shown is not None:
            self._cut.setText(
                tr("Shown cut: the message has {length:,} characters.", length=shown.length)
            )

    def show_hint(self, text: str) -> None:
        """Show `text` in place of a message."""
        self.text.setPlainText(text)
        self._below.hide()

    def _copy(self) -> None:
        if self._event is not None and (text := message_text(self._event)) is not None:
            QGuiApplication.clipboard().setText(text)
