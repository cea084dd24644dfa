"""A bar per state, as long as the session stayed in it."""

from bisect import bisect_right
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from exlab_gui.core.durations import duration, time_of_day
from exlab_gui.core.walk import Stay
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.roles import state_fill
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.naming import named
from exlab_gui.widgets.session_view import SessionView

_HEIGHT = 48
_BAR_TOP, _BAR_HEIGHT = 4, 24
_LEAST = 6.0
"""No stay is drawn narrower than this, in pixels, as long as there is room for all."""
_TICK_MS = 250


class Bar(NamedTuple):
    """Stay number `place` of the session, drawn from `left` to `right`."""

    place: int
    stay: Stay
    left: float
    right: float


class TimelineView(QWidget, SessionView):
    """The session's stays from left to right; `picked` names the event that began one.

    Each stay is as wide as it was long, but for a least width that keeps short ones visible. Where
    there are more stays than that leaves room for, each pixel shows the stay at its time.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "timelineView", "Timeline")
        self._theme = theme
        self._chosen = -1
        self._bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.update)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return a height for the bars and the times below them."""
        return QSize(400, _HEIGHT)

    def set_session(self, session: SessionModel) -> None:
        """Show `session` from now on."""
        self._chosen = -1
        super().set_session(session)

    def synchronize(self) -> None:
        """Show the session as it is now."""
        if self.session is None:
            return
        # The last bar grows only as long as the session can go on.
        (self._tick.stop if self.session.is_over else self._tick.start)()
        count = self.session.walk.stay_count()
        if self._chosen >= count:  # the session began anew
            self._chosen = -1
        self.setAccessibleDescription(f"{count} states, now {self.session.state}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, and the time that they stand for."""
        if self.session is None:
            return
        start, end = self._span()
        self._bars = self._lay_out(start, end)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bar in self._bars:
            self._paint_bar(painter, bar, end)
        painter.setPen(QColor(self._theme.colours.muted))
        below = QRectF(0, _BAR_TOP + _BAR_HEIGHT, self.width(), _HEIGHT - _BAR_TOP - _BAR_HEIGHT)
        opened = time_of_day(start)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, opened)
        lasted = f"{duration(end - start)} in all"
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, lasted)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.colours.text), 1.5, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell about the stay under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos().x())
            if bar is not None:
                QToolTip.showText(event.globalPos(), plain_tip(self._tell(bar.stay)), self)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the stay under the pointer."""
        bar = self.bar_at(event.position().x())
        if bar is not None:
            self._pick(bar.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right pick the stay before or after; Home and End the first and the last."""
        if self.session is None:
            return
        last = self.session.walk.stay_count() - 1
        chosen = self._chosen if self._chosen >= 0 else last + 1
        places: dict[int, int] = {
            Qt.Key.Key_Left: chosen - 1,
            Qt.Key.Key_Right: chosen + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        place = places.get(event.key())
        if place is None:
            super().keyPressEvent(event)
        else:
            self._pick(min(max(place, 0), last))

    def bar_at(self, x: float) -> Bar | None:
        """Return the bar at `x` pixels from the left, as last painted; None beside them all."""
        place = bisect_right(self._bars, x, key=lambda bar: bar.left) - 1
        return self._bars[place] if place >= 0 and x <= self._bars[place].right else None

    def _pick(self, place: int) -> None:
        if self.session is None:
            return
        self._chosen = place
        self.setAccessibleDescription(self._tell(self.session.walk.stay(place)))
        self.update()
        self.picked.emit(self.session.walk.entry_index(place))

    def _span(self) -> tuple[datetime, datetime]:
        assert self.session is not None
        start = self.session.history[0].at
        if self.session.is_over:
            return start, max(self.session.entered.at, start)
        return start, max(self.session.now(), start)

    def _lay_out(self, start: datetime, end: datetime) -> list[Bar]:
        assert self.session is not None
        walk = self.session.walk
        count, width = walk.stay_count(), self.width()
        if count * _LEAST > width:
            return self._sample(start, end)
        stays = [walk.stay(place) for place in range(count)]
        # A clock that was set back leaves stays of less than no time.
        spans = [max((stay.end or end) - stay.start, timedelta(0)) for stay in stays]
        in_all = sum(spans, timedelta(0))
        spare = width - count * _LEAST
        bars, left = [], 0.0
        for place, (stay, span) in enumerate(zip(stays, spans, strict=True)):
            share = span / in_all if in_all else 1 / count
            right = left + _LEAST + share * spare
            bars.append(Bar(place, stay, left, right))
            left = right
        return bars

    def _sample(self, start: datetime, end: datetime) -> list[Bar]:
        """Return the stay at the time of each pixel, those of neighbours that are one joined."""
        assert self.session is not None
        walk = self.session.walk
        places = range(walk.stay_count())
        step = (end - start) / max(self.width(), 1)
        bars: list[Bar] = []
        for x in range(self.width()):
            at = start + step * (x + 0.5)
            place = max(bisect_right(places, at, key=lambda p: walk.stay(p).start) - 1, 0)
            if bars and bars[-1].place == place:
                bars[-1] = bars[-1]._replace(right=x + 1.0)
            else:
                bars.append(Bar(place, walk.stay(place), float(x), x + 1.0))
        return bars

    def _paint_bar(self, painter: QPainter, bar: Bar, end: datetime) -> None:
        assert self.session is not None
        colours = self._theme.colours
        fill, ink = state_fill(colours, self.session.machine, bar.stay.state)
        gap = 1.0 if bar.right - bar.left > 2 else 0.0
        box = QRectF(bar.left, _BAR_TOP, bar.right - bar.left - gap, _BAR_HEIGHT)
        painter.fillRect(box, QColor(fill))
        if bar.place == self._chosen:
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        room = box.width() - 12
        metrics = painter.fontMetrics()
        lasted = duration((bar.stay.end or end) - bar.stay.start)
        for text in (f"{bar.stay.state}  {lasted}", bar.stay.state):
            if metrics.horizontalAdvance(text) <= room:
                painter.setPen(QColor(ink))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                break

    def _tell(self, stay: Stay) -> str:
        assert self.session is not None
        at = time_of_day(stay.start)
        if stay.end is not None:
            return f"{stay.state}: {duration(stay.end - stay.start, 3)} from {at}"
        if self.session.is_over:
            return f"{stay.state} since {at}: the session is over"
        return f"{stay.state} since {at}"
