"""One state in the diagram."""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
)

from exlab_gui.core.analysis.status import StateStatus
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.diagram_looks import state_look, state_shapes
from exlab_gui.core.layout.geometry import LABEL_SIZE, Box
from exlab_gui.core.layout.labels import LABEL_END, LABEL_START, label_middle, shown_name
from exlab_gui.core.layout.shapes import corner_radius
from exlab_gui.core.meaning import Meaning
from exlab_gui.theme.colours import Colours
from exlab_gui.widgets.diagram.shapes import RECEDED, Drawings, QtShape, draw
from exlab_gui.widgets.object_names import named

_ABOVE_EDGES = 10.0
_FOCUS_GAP = 4.0
_STOP_RADIUS = 5.5


class Match(Enum):
    """How a state stands to what is searched for."""

    NONE = "none"
    ONE = "one"
    CHOSEN = "chosen"


class StateItem(QGraphicsObject):
    """A state's box, with its StateStatus and Certainty as the properties status and known.

    ``known`` is empty if the state was not visited. A click on a legal state emits `chosen`.
    `pointed_at` tells whether the pointer or the focus is on the state, when one comes or goes.
    """

    chosen = Signal(str)
    pointed_at = Signal(str, bool)

    def __init__(self, box: Box, *, terminal: bool) -> None:
        super().__init__()
        named(self, f"state_{box.state}")
        self.state = box.state
        self.rect = QRectF(box.x, box.y, box.width, box.height)
        self._label = self.rect.translated(label_middle(box).x - box.centre.x, 0.0)
        self.meaning: Meaning | None = None
        self._radius = corner_radius(box, terminal=terminal)
        self._drawings = Drawings[tuple[StateStatus, Certainty, Meaning | None]](
            lambda how: state_shapes(box, how[0], terminal=terminal, known=how[1], meaning=how[2])
        )
        self._hovered = self._has_focus = False
        self._match: Match | None = None
        self._can_go = False
        self._look: tuple[StateStatus, Certainty | None, bool, Colours] | None = None
        self._shapes: tuple[QtShape, ...] = ()
        self.text = shown_name(box.state)
        self.font = _fitting_font(self.text, box)
        self.setZValue(_ABOVE_EDGES)
        self.setAcceptHoverEvents(True)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable)

    def show_status(
        self,
        status: StateStatus,
        colours: Colours,
        *,
        stops_here: bool,
        tip: str,
        known: Certainty | None = None,
        is_past: bool = False,
        meaning: Meaning | None = None,
    ) -> None:
        """Show `status` and `known`, and a breakpoint if playing `stops_here`.

        A current state shows its `meaning` in the session, if it has one. A click on a
        legal state goes there; one that `is_past` was legal only.
        """
        can_go = status is StateStatus.LEGAL and not is_past
        if self.toolTip() != tip:
            self.setToolTip(tip)
        if self._can_go is not can_go:
            self._can_go = can_go
            shape = Qt.CursorShape
            self.setCursor(shape.PointingHandCursor if can_go else shape.ArrowCursor)
        if (status, known, stops_here, colours) == self._look and meaning == self.meaning:
            return
        self._look = status, known, stops_here, colours
        self.meaning = meaning
        how = status, known or Certainty.OBSERVED, meaning
        self._shapes = self._drawings.drawing(how, colours)
        self.setProperty("status", status.value)
        self.setProperty("known", known.value if known else "")
        self.setProperty("breakpoint", stops_here)
        self.update()

    @property
    def status(self) -> StateStatus:
        return StateStatus.IDLE if self._look is None else self._look[0]

    def show_match(self, match: Match | None) -> None:
        """Show whether it matches a search; without one, None."""
        if match is not self._match:
            self._match = match
            self.setOpacity(RECEDED if match is Match.NONE else 1.0)
            self.setProperty("match", match.value if match else "")
            self.update()

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-8, -8, 8, 8)

    def paint(self, painter: QPainter, *_: object) -> None:
        if self._look is None:
            return
        status, _known, stops_here, colours = self._look
        draw(painter, self._shapes)
        if self._hovered and self._can_go:
            self._frame(painter, QPen(QColor(colours.accent), 2), 0)
        if self._match in (Match.ONE, Match.CHOSEN):
            width, apart = (3.0, 5.0) if self._match is Match.CHOSEN else (1.5, 3.0)
            self._frame(painter, QPen(QColor(colours.accent), width), apart)
        if self.hasFocus():
            self._frame(painter, QPen(QColor(colours.text), 1.5), _FOCUS_GAP)
        painter.setPen(QColor(getattr(colours, state_look(status, self.meaning).label)))
        painter.setFont(self.font)
        painter.drawText(self._label, Qt.AlignmentFlag.AlignCenter, self.text)
        if stops_here:
            painter.setPen(QPen(QColor(colours.surface), 1.5))
            painter.setBrush(QColor(colours.failure))
            middle = QPointF(self.rect.left(), self.rect.center().y())
            painter.drawEllipse(middle, _STOP_RADIUS, _STOP_RADIUS)

    def hoverEnterEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self._tell_pointed()
        self.update()

    def hoverLeaveEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self._tell_pointed()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._has_focus = True
        self._tell_pointed()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Focus))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._has_focus = False
        self._tell_pointed()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        legal = self._look is not None and self._look[0] is StateStatus.LEGAL
        event.setAccepted(legal and event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self.rect.contains(event.pos()):
            self.chosen.emit(self.state)

    def _tell_pointed(self) -> None:
        self.pointed_at.emit(self.state, self._hovered or self._has_focus)

    def _frame(self, painter: QPainter, pen: QPen, apart: float) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = self.rect.adjusted(-apart, -apart, apart, apart)
        painter.drawRoundedRect(frame, self._radius + apart, self._radius + apart)


def _fitting_font(text: str, box: Box) -> QFont:
    font = QFont()
    font.setPixelSize(int(LABEL_SIZE))
    wide = QFontMetricsF(font).horizontalAdvance(text)
    room = box.width - LABEL_START - LABEL_END
    if wide > room:
        font.setPixelSize(max(int(LABEL_SIZE * room / wide), 1))
    return font
