"""All of a diagram that does not fit its view, in small."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from exlab_gui.core.analysis.status import StateStatus
from exlab_gui.core.diagram_looks import state_look
from exlab_gui.core.text.translation import tr
from exlab_gui.theme.brushes import fill_rect, solid
from exlab_gui.theme.colours import Colours
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.corners import place_in_corner
from exlab_gui.widgets.diagram.state_item import StateItem
from exlab_gui.widgets.diagram.zoomable_view import ZoomableView
from exlab_gui.widgets.object_names import named

_SHARE, _LARGEST, _SMALLEST = 0.3, 180, 24
_LEAST_BOX = 1.5


class Minimap(QWidget):
    """The states in small, and a frame around what is in sight; a press or drag moves that."""

    def __init__(self, view: ZoomableView, states: Mapping[str, StateItem], theme: Theme) -> None:
        super().__init__(view)
        named(self, "diagramMinimap", tr("Minimap"))
        self.setToolTip(tr("Drag to move the diagram"))
        self._view = view
        self._states = states
        self._theme = theme
        self._picture: QPixmap | None = None
        self.wanted = True
        self._is_dragged = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    @property
    def place(self) -> QRect:
        return self.geometry() if not self.isHidden() else QRect()

    def put(self, clear: Iterable[QRect]) -> None:
        """Show it, in a corner that is clear, if the diagram does not fit and it is wanted."""
        if self._is_dragged:  # it stays under the pointer
            self.update()
            return
        if not self.wanted or self._view.shows_all or not self._states:
            self.hide()
            return
        shown = place_in_corner(self._view, self, self._fitting(), clear)
        self.setVisible(shown)
        if shown:
            self.update()

    def refresh(self) -> None:
        """Draw it anew: a state has another status, or there are other states."""
        self._picture = None
        if not self.isHidden():
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = self._theme.colours
        if self._picture is None or self._picture.deviceIndependentSize().toSize() != self.size():
            self._picture = self._drawn(colours)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        seen = self._to_map(self._view.sight()).intersected(QRectF(self.rect()))
        painter.setPen(QPen(QColor(colours.text), 1.5))
        painter.drawRect(seen.adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_dragged = True
            self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._is_dragged = False
        self._view.sight_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._is_dragged = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def _go_to(self, place: QPointF) -> None:
        scene, scale = self._view.sceneRect(), self._scale()
        self._view.centerOn(scene.topLeft() + place / scale)

    def _fitting(self) -> QSize:
        scene, room = self._view.sceneRect(), self._view.viewport().size()
        width = min(_SHARE * room.width(), _LARGEST)
        height = min(_SHARE * room.height(), _LARGEST)
        scale = min(width / max(scene.width(), 1), height / max(scene.height(), 1))
        return QSize(
            max(round(scene.width() * scale), _SMALLEST),
            max(round(scene.height() * scale), _SMALLEST),
        )

    def _scale(self) -> float:
        scene = self._view.sceneRect()
        return min(self.width() / max(scene.width(), 1), self.height() / max(scene.height(), 1))

    def _to_map(self, part: QRectF) -> QRectF:
        scale, corner = self._scale(), self._view.sceneRect().topLeft()
        place = (part.topLeft() - corner) * scale
        return QRectF(place.x(), place.y(), part.width() * scale, part.height() * scale)

    def _drawn(self, colours: Colours) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(colours.window))
        painter = QPainter(picture)
        painter.setPen(QColor(colours.faint))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(colours.accent))
        # The current state is last, so that no other one covers it.
        order = sorted(self._states.values(), key=lambda item: item.status is StateStatus.CURRENT)
        for item in order:
            box = self._to_map(item.rect)
            more = max(_LEAST_BOX - min(box.width(), box.height()), 0.0) / 2
            if item.status is StateStatus.CURRENT:
                more += 1
            box.adjust(-more, -more, more, more)
            fill_rect(painter, box, solid(self._colour(item, colours)))
            if item.status is StateStatus.LEGAL:
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        return picture

    def _colour(self, item: StateItem, colours: Colours) -> str:
        look = state_look(item.status, item.meaning)
        is_filled = item.status in (StateStatus.CURRENT, StateStatus.LEGAL)
        return str(getattr(colours, look.fill if is_filled else look.outline))
