"""About the program: versions, licence and keyboard shortcuts."""

import platform
from collections.abc import Sequence

from PySide6.QtCore import qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHeaderView, QWidget

from exlab_gui import __version__
from exlab_gui.core.text.translation import tr
from exlab_gui.diagnostics import package_version
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.tables import ReadOnlyTable


def versions() -> dict[str, str]:
    return {
        "exlab-gui": __version__,
        "Python": platform.python_version(),
        "PySide6": package_version("PySide6-Essentials"),
        "Qt": qVersion(),
        "qasync": package_version("qasync"),
        "msgspec": package_version("msgspec"),
        tr("System"): platform.platform(terse=True),
    }


class AboutDialog(Dialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("About exlab-gui", "aboutDialog", parent)
        numbers = "\n".join(f"{name} {number}" for name, number in versions().items())
        self.add(
            WrappingLabel(tr("The desktop monitor for ExLab-Wizard's creation sessions.")),
            WrappingLabel(numbers, "aboutVersions"),
            WrappingLabel(tr("MIT licence, © the exlab-gui contributors.")),
        )
        self.add_close()
        self.setMinimumWidth(400)


class ShortcutsDialog(Dialog):
    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__("Keyboard shortcuts", "shortcutsDialog", parent)
        table = ReadOnlyTable((tr("Keys"), tr("Action")), "shortcutsTable", "Shortcuts")
        for keys, tip in rows:
            table.add_row(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText), tip)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.add(table)
        self.add_close()
        self.resize(560, 560)
