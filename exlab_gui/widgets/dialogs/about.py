"""What the program tells about itself: versions, licence, and its keyboard."""

import platform
from collections.abc import Sequence
from importlib.metadata import version

from PySide6.QtCore import qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from exlab_gui import __version__
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import TellingTable


def versions() -> dict[str, str]:
    """Return the versions that matter for a report of a fault, by name."""
    return {
        "exlab-gui": __version__,
        "Python": platform.python_version(),
        "PySide6": version("PySide6-Essentials"),
        "Qt": qVersion(),
        "qasync": version("qasync"),
        "msgspec": version("msgspec"),
        "System": platform.platform(terse=True),
    }


class _TellingDialog(QDialog):
    """A dialog that only tells something; Escape or its one button closes it."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(12)
        self.finished.connect(self.deleteLater)

    def add_way_out(self) -> QDialogButtonBox:
        """Put the button that closes the dialog below what it tells."""
        buttons = QDialogButtonBox()
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)
        return buttons


class AboutDialog(_TellingDialog):
    """Says what the program is, and which versions of everything are at work."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("About exlab-gui", "aboutDialog", parent)
        told = "\n".join(f"{name} {number}" for name, number in versions().items())
        self.column.addWidget(
            WrappingLabel("The desktop monitor for ExLab-Wizard's creation sessions.")
        )
        self.column.addWidget(WrappingLabel(told, "aboutVersions"))
        self.column.addWidget(WrappingLabel("MIT licence, © the exlab-gui contributors."))
        self.add_way_out()
        self.setMinimumWidth(400)


class ShortcutsDialog(_TellingDialog):
    """Lists keys, and what each does."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__("Keyboard shortcuts", "shortcutsDialog", parent)
        table = TellingTable(("Keys", "What they do"), "shortcutsTable", "Shortcuts")
        for keys, tip in rows:
            table.add_row(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText), tip)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.column.addWidget(table)
        self.add_way_out()
        self.resize(560, 560)
