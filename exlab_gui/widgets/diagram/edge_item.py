"""One transition in the diagram."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker
from PySide6.QtWidgets import QGraphicsObject

from exlab_gui.core.analysis.status import EdgeStatus
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.diagram_looks import edge_look, edge_shapes
from exlab_gui.core.layout.geometry import Route
from exlab_gui.theme.colours import Colours
from exlab_gui.widgets.diagram.shapes import Drawings, QtShape, draw, qt_path
from exlab_gui.widgets.object_names import named

_REACH = 12.0
"""How far an arrow head or a cross extends beyond the line."""

_FADED = 0.25

_BREADTH = 4.0
"""Width of the line for the pointer."""


class EdgeItem(QGraphicsObject):
    """A transition's line, with its EdgeStatus and Certainty as the properties status and known.

    ``known`` is empty if the transition was not taken.
    """

    def __init__(self, route: Route) -> None:
        super().__init__()
        named(self, f"edge_{route.source}__{route.target}")
        self.route = route
        self._look: tuple[EdgeStatus, Certainty | None, Colours] | None = None
        self._shapes: tuple[QtShape, ...] = ()
        self._drawings = Drawings[tuple[EdgeStatus, Certainty]](
            lambda how: edge_shapes(route, *how)
        )
        xs, ys = [p.x for p in route.points], [p.y for p in route.points]
        corners = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        self._bounds = corners.adjusted(-_REACH, -_REACH, _REACH, _REACH)
        broad = QPainterPathStroker()
        broad.setWidth(_BREADTH)
        line = edge_shapes(route, EdgeStatus.IDLE)[0]
        self._outline = broad.createStroke(qt_path(line.path))
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_status(
        self, status: EdgeStatus, colours: Colours, known: Certainty | None = None
    ) -> None:
        if (status, known, colours) == self._look:
            return
        self._look = status, known, colours
        self._shapes = self._drawings.drawing((status, known or Certainty.OBSERVED), colours)
        self.setProperty("status", status.value)
        self.setProperty("known", known.value if known else "")
        self.setZValue(edge_look(self.route, status).level)
        self.update()

    def fade(self, faded: bool) -> None:
        """Let the line recede, so that others come to the fore."""
        self.setOpacity(_FADED if faded else 1.0)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        """Return the line alone: its rectangle would cover half of the diagram."""
        return self._outline

    def paint(self, painter: QPainter, *_: object) -> None:
        draw(painter, self._shapes)
