"""A widget along which time runs: it grows with the letters, zooms and scrolls."""

from typing import ClassVar

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from exlab_gui.theme.fonts import scaled
from exlab_gui.theme.theme import Theme

_ZOOM_STEP = 1.25
_LETTER = 17  # the height of letters, up to which all has the size at first


class LineView(QWidget):
    """Time runs from left to right, in any language.

    The wheel and + and - zoom, 0 shows all of it; with Shift the wheel scrolls.
    """

    most_zoom: ClassVar = 200.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zoom, self._left = 1.0, 0.0
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def zoom(self, factor: float, x: float) -> None:
        """Zoom by `factor`; what is at `x` stays there."""
        zoom = min(max(self._zoom * factor, 1.0), self.most_zoom)
        left = (self._left + x) * zoom / self._zoom - x
        self._zoom = zoom
        self._scroll_to(left)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, scrolled = event.angleDelta().y(), event.angleDelta().x()
        if scrolled or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._scroll_to(self._left - (scrolled or turned))
        elif turned:
            self.zoom(_ZOOM_STEP ** (turned / 120), self._at(event).x())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(_ZOOM_STEP, self._room / 2)
            case Qt.Key.Key_Minus:
                self.zoom(1 / _ZOOM_STEP, self._room / 2)
            case Qt.Key.Key_0:
                self._fit()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll_to(self._left)

    @property
    def _scale(self) -> float:
        """How much larger than at first all is drawn, since the letters are."""
        return max(1.0, self.fontMetrics().height() / _LETTER)

    @property
    def _room(self) -> int:
        """The width, in units of what is drawn."""
        return int(self.width() / self._scale)

    def _painter(self) -> QPainter:
        """Begin to paint, in these units."""
        painter = QPainter(self)
        painter.scale(self._scale, self._scale)
        painter.setFont(scaled(self.font(), 1 / self._scale))
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def _at(self, event: QMouseEvent | QWheelEvent) -> QPointF:
        return event.position() / self._scale

    def _fit(self) -> None:
        self._zoom, self._left = 1.0, 0.0
        self.update()

    def _scroll_to(self, left: float) -> None:
        self._left = min(max(left, 0.0), self._room * (self._zoom - 1))
        self.update()
