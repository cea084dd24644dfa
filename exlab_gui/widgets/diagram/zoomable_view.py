"""A scene that fits its view, or is zoomed and moved."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from exlab_gui.widgets.controls.long_tips import TippedScene
from exlab_gui.widgets.controls.viewport import make_viewport

ZOOM_STEP = 1.2
_LARGEST, _SMALLEST = 8.0, 0.1


class ZoomableView(QGraphicsView):
    """Shows a whole scene, until it is zoomed by the wheel; then a drag moves it."""

    sight_changed = Signal()
    """Another part of the scene is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_viewport(self)
        self.fitted = True
        self.setScene(TippedScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.viewport().setAcceptDrops(False)  # files are for the window
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMinimumSize(352, 280)

    @property
    def shows_all(self) -> bool:
        """Whether the whole scene is in sight."""
        return not (self.horizontalScrollBar().maximum() or self.verticalScrollBar().maximum())

    def sight(self) -> QRectF:
        """Return the part of the scene that is in sight."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def fit(self) -> None:
        self.fitted = True
        scene, room = self.sceneRect(), self.viewport().size()
        if not scene.isEmpty() and not room.isEmpty():
            # Qt's fitInView leaves margins of its own. One pixel is for what it rounds up.
            fitting = min((room.width() - 1) / scene.width(), (room.height() - 1) / scene.height())
            self.setTransform(QTransform.fromScale(fitting, fitting))
            self.centerOn(scene.center())
        self.sight_changed.emit()

    def zoom(self, factor: float) -> None:
        scale = self.transform().m11() * factor
        if _SMALLEST <= scale <= _LARGEST:
            self.fitted = False
            self.scale(factor, factor)
            self.sight_changed.emit()

    def show_actual_size(self) -> None:
        self.fitted = False
        self.resetTransform()
        self.sight_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.sight_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fitted:
            self.fit()
        self.sight_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.fitted:
            self.fit()

    def rect_of(self, part: QRectF) -> QRectF:
        """Return where a part of the scene is in the view."""
        seen = self.mapFromScene(part).boundingRect()
        seen.translate(self.viewport().mapTo(self, QPoint()))
        return QRectF(seen)
