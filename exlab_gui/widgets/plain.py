"""Labels for text that may come from outside: shown as it is, never read as markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def plain_label(text: str = "", name: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that shows its text as plain text, under the object name `name`."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    return label


def caption(text: str) -> QLabel:
    """Return the quiet name of something beside it."""
    label = plain_label(text)
    label.setProperty("role", "caption")
    return label


def wrapping_label(text: str = "", name: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a plain label that breaks its lines, and whose text can be selected."""
    label = plain_label(text, name, parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label
