"""Where the current state is, if it is out of sight."""

from math import inf

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtWidgets import QPushButton

from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.diagram.zoomable_view import ZoomableView
from exlab_gui.widgets.object_names import named

_ARROWS = {(0, -1): "↑", (0, 1): "↓", (-1, 0): "←", (1, 0): "→"}
_MARGIN = 6


class Marker(QPushButton):
    """A button at the edge of `view` that tells the current state, and where that is.

    It is there only as long as the state is out of sight.
    """

    def __init__(self, view: ZoomableView) -> None:
        super().__init__(view)
        named(self, "diagramMarker")
        self._view = view
        # The arrow keys lead to the current state: no key is needed for this.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    @property
    def place(self) -> QRect:
        return self.geometry() if not self.isHidden() else QRect()

    def point_to(self, state: str, part: QRectF | None, below: int = 0) -> None:
        """Show where `state` is, whose place in the scene is `part`, if it is out of sight.

        What is on top of the view reaches down to `below`.
        """
        if part is None or self._view.fitted or self._view.sight().intersects(part):
            self.hide()
            return
        room = QRectF(QPoint(), self._view.viewport().size())
        room.translate(self._view.viewport().mapTo(self._view, QPointF()))
        target = self._view.rect_of(part).center()
        way = target - room.center()
        arrow = _ARROWS[_direction(way, room)]
        self.setText(f"{arrow} {self._elided(state, room)}")
        self.setToolTip(tr("Show the current state: {state}", state=state))
        self.setAccessibleName(tr("Show the current state: {state}", state=state))
        size = self.sizeHint()
        inner = room.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        inner.setTop(max(inner.top(), below + _MARGIN))
        half = QPointF(size.width() / 2, size.height() / 2)
        x = min(max(target.x() - half.x(), inner.left()), inner.right() - size.width())
        y = min(max(target.y() - half.y(), inner.top()), inner.bottom() - size.height())
        self.setGeometry(QRect(QPoint(round(x), round(y)), size))
        self.show()
        self.raise_()

    def _elided(self, state: str, room: QRectF) -> str:
        width = int(room.width() / 2)
        return self.fontMetrics().elidedText(state, Qt.TextElideMode.ElideMiddle, width)


def _direction(way: QPointF, room: QRectF) -> tuple[int, int]:
    """Return over which edge of `room` the `way` from its middle leads."""
    across = abs(way.x()) / (room.width() or inf)
    down = abs(way.y()) / (room.height() or inf)
    if across > down:
        return (1 if way.x() > 0 else -1), 0
    return 0, (1 if way.y() > 0 else -1)
