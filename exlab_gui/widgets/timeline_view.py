"""A timeline with a bar for each visit."""

from datetime import datetime

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from exlab_gui.core.analysis.timeline import Bar, Timeline
from exlab_gui.core.analysis.visits import Certainty, Visit
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.theme.semantic_colours import state_fill
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_HEIGHT = 48
_BAR_TOP, _BAR_HEIGHT = 4, 24
_TICK_MS = 250
_HEM = 5.0
_KNOWN = {
    Certainty.OBSERVED: "",
    Certainty.INFERRED: " (inferred)",
    Certainty.UNOBSERVED: " (earlier states were not observed)",
}


class TimelineView(QWidget, SessionView):
    """The session's visits from left to right, with a playhead at the position.

    The mouse and the keys move the playhead; `sought` gives the new position, None for the latest.
    """

    sought = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "timelineView", "Timeline")
        self._theme = theme
        self._line: Timeline | None = None
        self._collapsing = False
        self._drawn: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.update)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def collapse_gaps(self, collapsing: bool) -> None:
        """Compress long visits so that short ones stay visible."""
        self._collapsing = collapsing
        self.update()

    def synchronize(self) -> None:
        if self.session is None:
            return
        (self._tick.start if self._grows() else self._tick.stop)()
        visits = self.session.visits
        place = visits.visit_count(self.session.position) - 1
        shown = self._description(visits.visit(place))
        self.setAccessibleDescription(f"{place + 1} of {visits.visit_count()} states: {shown}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.session is None:
            return
        line = self._line = self._lay_out()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        states = {bar.visit.state for bar in line.bars}
        fills = {state: self._fill(state) for state in states}
        for bar in line.bars:
            self._paint_bar(painter, bar, line.end, *fills[bar.visit.state])
        painter.setPen(QColor(self._theme.colours.muted))
        below = QRectF(0, _BAR_TOP + _BAR_HEIGHT, self.width(), _HEIGHT - _BAR_TOP - _BAR_HEIGHT)
        opened = time_of_day(line.start)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, opened)
        lasted = f"{duration(line.end - line.start)} total"
        if (seen := self.session.info.seen) is not None and self._grows():
            painter.setPen(QColor(self._theme.colours.warning))
            lasted = f"{lasted}, last seen {time_of_day(seen)}"
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, lasted)
        if self.session.position is not None:
            self._paint_playhead(painter, line.x_of(self.session.position))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.colours.text), 2))
            painter.drawRect(QRectF(1, 1, self.width() - 2, _BAR_TOP + _BAR_HEIGHT + 2))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos().x())
            if bar is not None:
                QToolTip.showText(event.globalPos(), plain_tip(self._description(bar.visit)), self)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.session is None:
            return
        visits = self.session.visits
        here = visits.visit_count(self.session.position) - 1
        places: dict[int, int] = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: visits.visit_count(),
        }
        place = places.get(event.key())
        if place is None:
            super().keyPressEvent(event)
        elif place >= visits.visit_count():
            self.sought.emit(None)
        else:
            self.sought.emit(visits.entry_index(max(place, 0)) + 1)

    def bar_at(self, x: float) -> Bar | None:
        return self._line.bar_at(x) if self._line else None

    def _lay_out(self) -> Timeline:
        assert self.session is not None
        visits, end = self.session.visits, self._end()
        drawn = (visits, visits.count, end, self.width(), self._collapsing)
        if self._line is None or drawn != self._drawn:
            self._drawn = drawn
            return Timeline(visits, end, self.width(), collapsing=self._collapsing)
        return self._line

    def _seek(self, x: float) -> None:
        if self._line is not None:
            self.sought.emit(self._line.position_at(x))

    def _grows(self) -> bool:
        session = self.session
        if session is None or not session.traits.grows:
            return False
        return session.position is None and not session.is_over

    def _end(self) -> datetime:
        assert self.session is not None
        visits = self.session.visits
        return self.session.now() if self._grows() else visits.history[visits.count - 1].at

    def _fill(self, state: str) -> tuple[QColor, QColor]:
        assert self.session is not None
        fill, ink = state_fill(self._theme.colours, self.session.machine, state)
        return QColor(fill), QColor(ink)

    def _paint_bar(
        self, painter: QPainter, bar: Bar, end: datetime, fill: QColor, ink: QColor
    ) -> None:
        gap = 1.0 if bar.right - bar.left > 2 else 0.0
        box = QRectF(bar.left, _BAR_TOP, bar.right - bar.left - gap, _BAR_HEIGHT)
        painter.fillRect(box, fill)
        if bar.visit.known is not Certainty.OBSERVED:
            painter.fillRect(_hem(box), QColor(self._theme.colours.surface))
            painter.fillRect(_hem(box), QBrush(fill, Qt.BrushStyle.BDiagPattern))
            box.setBottom(_hem(box).top())
        room = box.width() - 12
        if room <= 0:
            return
        metrics = painter.fontMetrics()
        lasted = bar.visit.lasted(end).text()
        for text in (f"{bar.visit.state}  {lasted}", bar.visit.state):
            if metrics.horizontalAdvance(text) <= room:
                painter.setPen(ink)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                break

    def _paint_playhead(self, painter: QPainter, x: float) -> None:
        x = min(max(x, 2.0), self.width() - 2.0)
        top, bottom = QPointF(x, 0), QPointF(x, _BAR_TOP + _BAR_HEIGHT + 4)
        for colour, width in ((self._theme.colours.window, 6), (self._theme.colours.past, 3)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(top, bottom)

    def _description(self, visit: Visit) -> str:
        assert self.session is not None
        at = time_of_day(visit.start)
        if visit.end is not None:
            lasted = visit.lasted(visit.end).text(3)
            return f"{visit.state}: {lasted} from {at}{_KNOWN[visit.known]}"
        over = ": the session is over" if visit.state in self.session.machine.terminal else ""
        return f"{visit.state} since {at}{over}{_KNOWN[visit.known]}"


def _hem(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.bottom() - _HEM, box.width(), _HEM)
