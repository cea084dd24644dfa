"""The core's shapes as Qt's painter draws them: what is seen is what is exported."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from exlab_gui.core.figures import Shape
from exlab_gui.core.layout.shapes import Line, Move, Path, Quad
from exlab_gui.theme.colours import Colours


class QtShape(NamedTuple):
    """A shape with its pen and brush, ready to be drawn again and again."""

    path: QPainterPath
    pen: QPen
    brush: QBrush


def qt_shapes(shapes: Iterable[Shape], colours: Colours) -> tuple[QtShape, ...]:
    """Return `shapes` in `colours`."""
    return tuple(
        QtShape(_path(shape.path), _pen(shape, colours), _brush(shape, colours)) for shape in shapes
    )


def draw(painter: QPainter, shapes: Iterable[QtShape]) -> None:
    """Draw `shapes`, the first one lowest."""
    for path, pen, brush in shapes:
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(path)


def _path(pieces: Path) -> QPainterPath:
    path = QPainterPath()
    for piece in pieces:
        match piece:
            case Move(to):
                path.moveTo(*to)
            case Line(to):
                path.lineTo(*to)
            case Quad(control, to):
                path.quadTo(*control, *to)
    return path


def _pen(shape: Shape, colours: Colours) -> QPen:
    if shape.stroke is None:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(getattr(colours, shape.stroke)), shape.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if shape.dashes:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([dash / shape.width for dash in shape.dashes])
    return pen


def _brush(shape: Shape, colours: Colours) -> QBrush:
    if shape.fill is None:
        return QBrush(Qt.BrushStyle.NoBrush)
    return QBrush(QColor(getattr(colours, shape.fill)))
