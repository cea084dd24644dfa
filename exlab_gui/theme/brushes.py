"""Brushes of one colour, and areas filled by them.

Other ways to ask for the same have PySide6 make Qt's gradients and images ready at first, with all
their enumerations, to see that none of them is meant. That takes a hundredth of the start.
"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter


def solid(colour: str | QColor) -> QBrush:
    return QBrush(QColor(colour), Qt.BrushStyle.SolidPattern)


def fill_rect(painter: QPainter, room: QRect | QRectF, brush: QBrush) -> None:
    """Fill `room` as `QPainter.fillRect` does."""
    painter.setBackground(brush)
    painter.eraseRect(room)
