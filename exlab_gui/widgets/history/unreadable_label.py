"""The line of the history and of charts that says which recordings cannot be read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import in_lines

MOST_NAMED = 20


class UnreadableLabel(QLabel):
    """Says how many recordings cannot be read, and names them in its tool tip; hidden if none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_paths(self, paths: Sequence[Path]) -> None:
        named, more = paths[:MOST_NAMED], len(paths) - MOST_NAMED
        lines = [file_name(path) for path in named]
        if more > 0:
            lines.append(tr("And {n:,} more.", "And {n:,} more.", n=more))
        lines.append(tr("The command “exlab-gui stats” says why."))
        self.setText(
            tr("{n:,} recording cannot be read.", "{n:,} recordings cannot be read.", n=len(paths))
        )
        self.setToolTip(in_lines("\n".join(lines)))
        self.setAccessibleDescription("\n".join(lines))
        self.setVisible(bool(paths))
