"""Asks in which format selected sessions are exported."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.settings import Settings
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

FORMAT = "history/format"
"""The setting with the format that was chosen last, by its label in English."""

_LETTERS = 60
"""How wide the dialog is at least: its title and its texts stand in one line each."""


class ExportDialog(Dialog):
    """Lets the user choose one of the `labels`, which it translates, for `count` sessions.

    `chosen` gives its place, and whether all that may be private is replaced.
    """

    chosen = Signal(int, bool)

    def __init__(
        self, labels: Sequence[str], count: int, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__("Export sessions", "exportDialog", parent)
        self._settings = settings
        self._labels = labels
        self._format = named(ElidingComboBox(), "exportFormat", "Format")
        self._format.addItems([*map(tr, labels)])
        last = settings.text(FORMAT)
        self._format.setCurrentIndex(labels.index(last) if last in labels else 0)
        self._redacted = named(QCheckBox(tr("Replace all that may be private")), "exportRedacted")
        told = tr("Export {n:,} session", "Export {n:,} sessions", n=count)
        self.add(WrappingLabel(told), form_rows(("Format", self._format)), self._redacted)
        self.add_choice("Choose folder…", "Cancel", ("exportConfirm", "exportReject"))
        self.setMinimumWidth(_LETTERS * self.fontMetrics().averageCharWidth())
        self.accepted.connect(self._tell)

    def _tell(self) -> None:
        self._settings.keep(FORMAT, self._labels[self._format.currentIndex()])
        self.chosen.emit(self._format.currentIndex(), self._redacted.isChecked())
