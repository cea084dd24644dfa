"""The shapes of core.layout for Qt's painter, as the exports draw them."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from exlab_gui.core.diagram_looks import Shape
from exlab_gui.core.layout.shapes import Line, Move, Path, Quad
from exlab_gui.theme.brushes import solid
from exlab_gui.theme.colours import Colours

S = TypeVar("S", bound=Hashable)

RECEDED = 0.35
"""The opacity of what a search did not find."""


class QtShape(NamedTuple):
    """A shape with its pen and brush."""

    path: QPainterPath
    pen: QPen
    brush: QBrush


class Drawings(Generic[S]):
    """A cache of the drawings of one state or transition by status; `make` gives the shapes."""

    def __init__(self, make: Callable[[S], Iterable[Shape]]) -> None:
        self._make = make
        self._colours: Colours | None = None
        self._made: dict[S, tuple[QtShape, ...]] = {}

    def drawing(self, status: S, colours: Colours) -> tuple[QtShape, ...]:
        if colours is not self._colours:
            self._colours, self._made = colours, {}
        if status not in self._made:
            self._made[status] = qt_shapes(self._make(status), colours)
        return self._made[status]


def qt_shapes(shapes: Iterable[Shape], colours: Colours) -> tuple[QtShape, ...]:
    return tuple(
        QtShape(qt_path(shape.path), _pen(shape, colours), _brush(shape, colours))
        for shape in shapes
    )


def draw(painter: QPainter, shapes: Iterable[QtShape]) -> None:
    for path, pen, brush in shapes:
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(path)


def qt_path(pieces: Path) -> QPainterPath:
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
        return QBrush()
    return solid(getattr(colours, shape.fill))
