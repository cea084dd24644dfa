"""The text of an empty table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from exlab_gui.core.text.translation import tr


def paint_empty(table: QTableView, text: str) -> None:
    if not text or table.model().rowCount() > 0:
        return
    painter = QPainter(table.viewport())
    painter.setPen(table.palette().placeholderText().color())
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(table.viewport().rect().adjusted(16, 16, -16, -16), flags, tr(text))
    painter.end()
