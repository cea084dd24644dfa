"""What a redacted file is going to lack, shown before it is written."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import tr
from exlab_gui.export.exporter import Replacement
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import ReadOnlyTable

_MOST = 2_000
"""No more words are listed: nobody reads them, and the window would stand still."""


class RedactDialog(QDialog):
    """Lists what is replaced, and lets the user add words; `confirmed` gives those. Use `open`."""

    confirmed = Signal(list)

    def __init__(self, title: str, found: Sequence[Replacement], parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "redactDialog")
        self.setWindowTitle(title)
        self._more: list[str] = []
        self._words = ReadOnlyTable(
            (tr("Word"), tr("Replaced by")), "redactWords", "Words to be replaced"
        )
        self._words.horizontalHeader().setStretchLastSection(True)
        for word, placeholder in found[:_MOST]:
            self._words.add_row(sanitize(word), placeholder)
        if len(found) > _MOST:
            self._words.add_row(tr("… and {found:,} more words", found=len(found) - _MOST), "")
        self._words.setColumnWidth(0, 320)
        self._line = named(QLineEdit(), "redactAdd", "Word to add")
        self._line.setPlaceholderText(tr("Another word, such as a name"))
        self._add = named(QPushButton(tr("&Add")), "redactAddWord")
        self._add.setEnabled(False)
        buttons = QDialogButtonBox()
        self._confirm = named(
            buttons.addButton(tr("Export…"), QDialogButtonBox.ButtonRole.AcceptRole),
            "redactConfirm",
        )
        named(
            buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole),
            "redactReject",
        )
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        explanation = tr(
            "These words are replaced wherever they stand. States, phases and times stay."
        )
        column.addWidget(WrappingLabel(explanation))
        column.addWidget(self._words, 1)
        column.addWidget(
            WrappingLabel(tr("Does a message name somebody or something else? Add it."))
        )
        column.addLayout(row)
        column.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._add.clicked.connect(self._add_word)
        self._line.textChanged.connect(self._edited)
        self.accepted.connect(self._tell)
        self.finished.connect(self.deleteLater)
        self._edited("")
        self._line.setFocus()
        self.resize(600, 480)

    def _edited(self, text: str) -> None:
        """Let Enter add what is typed, or else confirm."""
        typed = bool(text.strip())
        self._add.setEnabled(typed)
        self._add.setDefault(typed)
        self._confirm.setDefault(not typed)

    def _add_word(self) -> None:
        word = self._line.text().strip()
        self._line.clear()
        self._line.setFocus()
        if word and word not in self._more:
            self._more.append(word)
            self._words.add_row(sanitize(word), f"[word {len(self._more)}]")
            self._words.scrollToBottom()

    def _tell(self) -> None:
        self._add_word()  # one that was typed and not added
        self.confirmed.emit(self._more)
