"""Labels for text that may come from outside: shown as it is, never read as markup."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from exlab_gui.core.text.describe import one_line

_LONGEST = 12_000
_LONGEST_LINE = 10_000

# A label breaks lines at spaces, slashes and hyphens; what has none of them would be cut.
_LONG_WORD = re.compile(r"[^\s/-]{40}(?=[^\s/-])")
_BREAK_HERE = "\N{ZERO WIDTH SPACE}"

_LEAST_WIDTH = 240


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


class WrappingLabel(QLabel):
    """A plain label that breaks its lines, and whose text can be selected.

    Characters that can't be seen are written out, all but the ends of lines.
    """

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`, in which words that are too long for a line may be broken."""
        lines = text[:_LONGEST].split("\n")  # laying out a million lines would take minutes
        readable = "\n".join(one_line(line, _LONGEST_LINE) for line in lines)
        if len(text) > _LONGEST or len(readable) > _LONGEST:
            readable = f"{readable[:_LONGEST]}…"
        super().setText(_LONG_WORD.sub(rf"\g<0>{_BREAK_HERE}", readable))

    def minimumSizeHint(self) -> QSize:
        """Return a width that no text can make larger."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _LEAST_WIDTH), least.height())
