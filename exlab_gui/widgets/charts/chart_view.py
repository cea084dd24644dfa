"""Shows the picture of a chart, and leads from its spots to sessions."""

from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from exlab_gui.core.charts.picture import Canvas, Choice, Picture, ShowSpan, Spot
from exlab_gui.core.charts.time_span import TimeSpan
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.charts.painting import letters_of, paint, paint_focus
from exlab_gui.widgets.object_names import named

_ZOOM_STEP = 1.25
_PAN_STEP = 0.25  # of what is seen, with each key
_LEAST_DRAG = 4
_LEAST_SIZE = QSize(240, 160)


class DrawnChart(Protocol):
    """What can be shown."""

    def draw(self, canvas: Canvas) -> Picture: ...


class ChartView(QAbstractScrollArea):
    """Shows what `draw` draws; a chart over time, with a `span`, can be zoomed and panned.

    The arrow keys go from spot to spot, and `Enter` chooses one, as a click does.
    """

    chosen = Signal(object)
    """What the chosen spot leads to."""
    told = Signal(str)
    """What the spot says that the keys have gone to."""

    def __init__(self, theme: Theme, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, title)
        self.empty_text = ""
        self._theme = theme
        self._chart: DrawnChart | None = None
        self._span: TimeSpan | None = None
        self._picture: Picture | None = None
        self._focused: int | None = None
        self._drag: QPoint | None = None
        self._has_moved = False
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self.viewport().update)

    @property
    def picture(self) -> Picture | None:
        """The whole picture as it is shown, also what is scrolled out of sight."""
        return self._drawn(whole=True)

    @property
    def is_empty(self) -> bool:
        """Whether a sentence stands in the place of the picture."""
        return self._picture is None or not self._picture.items

    def show_chart(self, chart: DrawnChart | None, span: TimeSpan | None = None) -> None:
        """Show `chart`, of which the same part of `span` stays in sight."""
        if span is not None and self._span is not None:
            span = self._span.carried_to(span)
        self._chart, self._span = chart, span
        self._draw_anew()
        told = self._picture.description if self._picture else self.empty_text
        self.setAccessibleDescription(told)

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def minimumSizeHint(self) -> QSize:
        return _LEAST_SIZE

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        picture = self._picture
        if picture is None or self.is_empty:
            self._paint_empty(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalScrollBar().value())
        paint(painter, picture.items, picture.letters, self._theme.colours)
        if (spot := self._focused_spot()) is not None and self.hasFocus():
            paint_focus(painter, spot, self._theme.colours)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._draw_anew()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._draw_anew()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self._spot_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(spot.tip) if spot else "", self)
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag, self._has_moved = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._drag is None:
            spot = self._spot_at(at)
            leads = spot is not None and spot.choice is not None
            shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        moved = at - self._drag
        self._has_moved = self._has_moved or moved.manhattanLength() >= _LEAST_DRAG
        if self._has_moved and self._span is not None:
            self._change(self._span.moved(-moved.x() / self._room()))
            self._drag = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._drag is None:
            return
        pressed, self._drag = self._drag, None
        if not self._has_moved and (spot := self._spot_at(pressed)) and spot.choice:
            self._choose(spot.choice)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, scrolled = event.angleDelta().y(), event.angleDelta().x()
        keys = event.modifiers()
        if self._span is None or keys & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif scrolled or keys & Qt.KeyboardModifier.ShiftModifier:
            self._change(self._span.moved(-(scrolled or turned) / 1200))
        elif turned:
            self._zoom(_ZOOM_STEP ** (turned / 120), event.position().x())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by_shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right if by_shift and self._span is not None:
                way = 1 if event.key() == Qt.Key.Key_Right else -1
                self._change(self._span.moved(way * _PAN_STEP))
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._focus(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._focus(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._choose_focused(event)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if self._span is not None:
                self._zoom(_ZOOM_STEP)
            case Qt.Key.Key_Minus if self._span is not None:
                self._zoom(1 / _ZOOM_STEP)
            case Qt.Key.Key_0 if self._span is not None:
                self._change(self._span.whole())
            case _:
                super().keyPressEvent(event)

    def _choose_focused(self, event: QKeyEvent) -> None:
        spot = self._focused_spot()
        if spot is None or event.isAutoRepeat():
            event.ignore()
        elif spot.choice is not None:
            self._choose(spot.choice)

    def _choose(self, choice: Choice) -> None:
        if isinstance(choice, ShowSpan) and self._span is not None:
            self._change(self._span.around(choice.first, choice.last))
        else:
            self.chosen.emit(choice)

    def _focus(self, way: int) -> None:
        """Go to the next spot, and tell what it says."""
        if self._picture is None or not (count := len(self._picture.spots)):
            return
        before = (-1 if way > 0 else count) if self._focused is None else self._focused
        self._focused = min(max(before + way, 0), count - 1)
        spot = self._picture.spots[self._focused]
        self._scroll_to(spot.y, spot.y + spot.height)
        self.setAccessibleDescription(spot.tip)
        self.told.emit(spot.tip)
        self.viewport().update()

    def _scroll_to(self, top: float, bottom: float) -> None:
        bar = self.verticalScrollBar()
        if top < bar.value():
            bar.setValue(int(top))
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(int(bottom) + 1 - self.viewport().height())

    def _spot_at(self, at: QPoint) -> Spot | None:
        return self._picture.spot_at(at.x(), at.y() + self._top()) if self._picture else None

    def _zoom(self, factor: float, x: float | None = None) -> None:
        assert self._span is not None
        share = 0.5 if x is None or self._picture is None else self._picture.share_at(x)
        self._change(self._span.zoomed(factor, share))

    def _change(self, span: TimeSpan) -> None:
        self._span = span
        self._draw_anew()

    def _room(self) -> float:
        """Return the length of the axis."""
        left, right = self._picture.plot if self._picture else (0.0, 1.0)
        return max(right - left, 1.0)

    def _top(self) -> int:
        return self.verticalScrollBar().value()

    def _draw_anew(self) -> None:
        before = self._focused_spot()
        self._picture = self._drawn()
        spots = self._picture.spots if self._picture and before else ()
        same = (place for place, spot in enumerate(spots) if _is_same(spot, before))
        self._focused = next(same, None)
        height = self._picture.height if self._picture else 0
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.fontMetrics().height() * 2)
        bar.setRange(0, max(0, int(height) - self.viewport().height()))
        self.viewport().update()

    def _focused_spot(self) -> Spot | None:
        if self._picture is None or self._focused is None:
            return None
        return self._picture.spots[self._focused]

    def _drawn(self, *, whole: bool = False) -> Picture | None:
        if self._chart is None:
            return None
        view = self.viewport()
        letters = letters_of(self.font())
        canvas = Canvas(float(view.width()), letters, span=self._span and self._span.shown)
        if not whole:
            canvas = canvas._replace(top=self._top(), bottom=self._top() + view.height())
        return self._chart.draw(canvas)

    def _paint_empty(self, painter: QPainter) -> None:
        told = self._picture.description if self._picture else self.empty_text
        painter.setPen(self.palette().placeholderText().color())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.viewport().rect().adjusted(16, 16, -16, -16), flags, told)
        painter.end()


def _is_same(spot: Spot, before: Spot | None) -> bool:
    """Return whether `spot` is about the same as the one `before`, wherever it is now."""
    return before is not None and (spot.tip, spot.choice) == (before.tip, before.choice)
