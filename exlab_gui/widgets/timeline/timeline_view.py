"""A timeline with a bar for each visit."""

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from exlab_gui.core.analysis.timeline.bars import Bar, Timeline
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView
from exlab_gui.widgets.timeline import painting, texts
from exlab_gui.widgets.timeline.line_view import LineView
from exlab_gui.widgets.timeline.painting import HEIGHT, RULER_TOP, View
from exlab_gui.widgets.timeline.selection import SelectedRange, select, select_visits

_TICK_MS, _LONGEST_TICK_MS = 250, 1000
_STEPS = 240  # a session that goes on grows by such a part of its length at a time
_LEAST_DRAG = 4  # pixels; less is a click, which selects nothing


class TimelineView(LineView, SessionView):
    """The session's visits from left to right, with a playhead at the position.

    The mouse and the keys move the playhead; `sought` gives the new position, None for the latest.
    A drag on the ruler below, or with Shift, selects a time; `selected` gives its `SelectedRange`,
    or None.
    """

    sought = Signal(object)
    selected = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        named(self, "timelineView", "Timeline")
        self._line: Timeline | None = None
        self._collapsing = False
        self._drawn: tuple[object, ...] = ()
        self._range: SelectedRange | None = None
        self._drag: tuple[float, QPoint] | None = None  # of a selection: on the line, and here
        self._anchor: int | None = None  # the visit where a selection by keys began
        self.setMouseTracking(True)
        self._tick = QTimer(self, singleShot=True, interval=_TICK_MS)
        self._tick.timeout.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, round(HEIGHT * self._scale))

    def collapse_gaps(self, collapsing: bool) -> None:
        """Compress long visits so that short ones stay visible."""
        self._collapsing = collapsing
        self.update()

    def set_session(self, session: SessionModel) -> None:
        self._begin_anew()
        super().set_session(session)

    def synchronize(self) -> None:
        if self.session is None:
            return
        (self._tick.start if self._grows() else self._tick.stop)()
        visits = self.session.visits
        if self._line is not None and self._line.visits is not visits:
            self._begin_anew()
        self.setAccessibleDescription(texts.place(self.session, self.place))
        self.update()

    @property
    def place(self) -> int:
        """Return the number of the visit at the playhead, from 0."""
        return self.session.visits.visit_count(self.session.position) - 1 if self.session else 0

    def seek_visit(self, place: int) -> None:
        """Ask for the begin of visit `place`, from 0; beyond the last one, for the latest event."""
        if self.session is None:
            return
        visits = self.session.visits
        if place >= visits.visit_count():
            self.sought.emit(None)
        else:
            self.sought.emit(visits.entry_index(max(place, 0)) + 1)

    def clear_range(self) -> None:
        if self._range is not None:
            self._select(None)

    def zoom(self, factor: float, x: float) -> None:
        """Zoom by `factor`; what is at `x` stays there."""
        if self._line is None:
            return
        at = self._line.time_at(x + self._left)
        self._zoom = min(max(self._zoom * factor, 1.0), self.most_zoom)
        self._line = self._lay_out(anew=True)
        self._scroll_to(self._line.x_at(at) - x)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.session is None or self._room < 1:
            return
        line = self._line = self._lay_out()
        if self._grows():
            step_ms = int((line.end - line.start) / timedelta(milliseconds=_STEPS))
            self._tick.start(min(max(step_ms, _TICK_MS), _LONGEST_TICK_MS))
        session, colours = self.session, self._theme.colours
        view = View(line, session.machine, self._left, self._room, colours)
        painter = self._painter()
        stale = session.info.seen if self._grows() else None
        painting.paint(painter, view, session, self._range, stale, focused=self.hasFocus())
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self._tip(event.pos() / self._scale)
            if tip:
                QToolTip.showText(event.globalPos(), plain_tip(tip), self)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._line is None:
            return
        place = self._at(event).toPoint()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or place.y() >= RULER_TOP:
            self._drag = place.x() + self._left, place
        else:
            self._seek(self._at(event).x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_ruler = self._at(event).y() >= RULER_TOP
        shapes = Qt.CursorShape
        self.setCursor(shapes.IBeamCursor if on_ruler else shapes.SizeHorCursor)
        if not event.buttons() & Qt.MouseButton.LeftButton or self._line is None:
            return
        if self._drag is None:
            self._seek(self._at(event).x())
        elif abs(self._at(event).x() - self._drag[1].x()) >= _LEAST_DRAG:
            self._range = select(self._line, self._drag[0], self._at(event).x() + self._left)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        (_, start), self._drag = self._drag, None
        moved = abs(self._at(event).x() - start.x()) >= _LEAST_DRAG
        self._select(self._range if moved else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole line; on the bars, a double click is two clicks."""
        if self._at(event).y() >= RULER_TOP:
            self._fit()
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.session is None:
            return
        visits, here = self.session.visits, self.place
        places: dict[int, int] = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: visits.visit_count(),
        }
        if event.key() == Qt.Key.Key_Escape and self._range is not None:
            self.clear_range()
            return
        if (place := places.get(event.key())) is None:
            super().keyPressEvent(event)
            return
        place = max(place, 0)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extend_range(here, min(place, visits.visit_count() - 1))
        self.seek_visit(place)

    def bar_at(self, x: float) -> Bar | None:
        """Return the bar at `x`, as it is seen."""
        bar = self._line.bar_at(x + self._left) if self._line else None
        if bar is None:
            return None
        return bar._replace(left=bar.left - self._left, right=bar.right - self._left)

    def _begin_anew(self) -> None:
        self._line = self._drag = None
        self._fit()
        self.clear_range()

    def _lay_out(self, *, anew: bool = False) -> Timeline:
        assert self.session is not None
        visits, end = self.session.visits, self._end()
        width, left = int(self._room * self._zoom), int(self._left)
        drawn = (visits, visits.count, end, width, left, self._collapsing)
        if anew or self._line is None or drawn != self._drawn:
            self._drawn = drawn
            seen = range(left, min(left + self._room + 2, width))
            return Timeline(visits, end, width, collapsing=self._collapsing, shown=seen)
        return self._line

    def _seek(self, x: float) -> None:
        if self._line is not None:
            self.sought.emit(self._line.position_at(x + self._left))

    def _select(self, chosen: SelectedRange | None) -> None:
        self._range, self._anchor = chosen, None
        self.selected.emit(chosen)
        self.update()

    def _extend_range(self, here: int, place: int) -> None:
        """Select the visits from where a selection by keys began to `place`."""
        assert self.session is not None
        anchor = here if self._anchor is None else self._anchor
        self._select(select_visits(self.session.visits, anchor, place, self._end()))
        self._anchor = anchor

    def _grows(self) -> bool:
        """Return whether the session goes on, whatever position is shown."""
        session = self.session
        if session is None or not session.traits.grows:
            return False
        return session.visits.state() not in session.machine.terminal

    def _end(self) -> datetime:
        assert self.session is not None
        visits = self.session.visits
        return self.session.latest() if self._grows() else visits.history[visits.count - 1].at

    def _tip(self, at: QPoint) -> str:
        if self._line is None or self.session is None:
            return ""
        if at.y() >= RULER_TOP:
            return texts.tip_of_time(self._line, self._line.time_at(at.x() + self._left))
        bar = self.bar_at(at.x())
        return texts.description(self.session, bar.visit) if bar else ""
