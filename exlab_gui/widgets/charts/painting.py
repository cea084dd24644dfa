"""Paints a picture of a chart as its exports show it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen

from exlab_gui.core.charts.picture import Bar, Item, Letters, Spot, Text
from exlab_gui.theme.colours import Colours
from exlab_gui.widgets.diagram.shapes import draw, qt_shapes


def letters_of(font: QFont) -> Letters:
    info = QFontInfo(font)
    return Letters(info.family(), info.pixelSize(), QFontMetricsF(font).horizontalAdvance)


def paint(painter: QPainter, items: Sequence[Item], letters: Letters, colours: Colours) -> None:
    for item in items:
        match item:
            case Bar(x, y, width, height, fill):
                painter.fillRect(QRectF(x, y, width, height), QColor(getattr(colours, fill)))
            case Text(x, y, text, colour, anchor):
                shares = {"start": 0.0, "middle": 0.5, "end": 1.0}
                painter.setPen(QColor(getattr(colours, colour)))
                painter.drawText(QPointF(x - shares[anchor] * letters.width(text), y), text)
            case _:
                draw(painter, qt_shapes([item], colours))


def paint_focus(painter: QPainter, spot: Spot, colours: Colours) -> None:
    """Paint a frame around the spot that the keys have chosen."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.accent), 2))
    painter.drawRect(QRectF(spot.x, spot.y, spot.width, spot.height).adjusted(-2, -2, 2, 2))
