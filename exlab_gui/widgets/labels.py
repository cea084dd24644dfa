"""Labels for text that may come from outside: shown as it is, never read as markup."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QWidget

_LEAST_WIDTH = 240

_LONG_WORD = 12
"""A word of more characters may not fit into a line."""


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


def form_rows(*rows: tuple[str, QWidget]) -> QFormLayout:
    """Return a layout with a plain label before each widget."""
    form = QFormLayout()
    for text, widget in rows:
        form.addRow(plain_label(text), widget)
    return form


class WrappingLabel(QLabel):
    """A plain label that breaks its lines, within a word if need be; its text can be selected."""

    _has_long_word = False

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._has_long_word = any(len(word) > _LONG_WORD for word in text.split())
        self._break_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._break_words()

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _LEAST_WIDTH), least.height())

    def _break_words(self) -> None:
        """Let a word that has no room in a line, such as a path, be broken anywhere.

        Qt has no such setting for labels. They set that of their document when they lay out text,
        which is after other text, another size and another font.
        """
        if not self._has_long_word:
            return
        self.heightForWidth(self.width())  # lays out what has changed
        document = self.findChild(QTextDocument)
        if document is not None:
            option = document.defaultTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            document.setDefaultTextOption(option)
