"""Paints a timeline: bars, marks for problems, ruler, selected range and playhead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from exlab_gui.core.analysis.problems import Problem, Severity
from exlab_gui.core.analysis.status import session_meaning
from exlab_gui.core.analysis.timeline.bars import Bar, Timeline
from exlab_gui.core.analysis.timeline.ruler import Scale, marks, ticks
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.meaning import Meaning
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.brushes import fill_rect, solid
from exlab_gui.theme.colours import Colours
from exlab_gui.theme.semantic_colours import state_fill
from exlab_gui.widgets.timeline import texts
from exlab_gui.widgets.timeline.selection import SelectedRange

HEIGHT = 54
BAR_TOP, BAR_HEIGHT = 4, 24
RULER_TOP = 38
"""Where the ruler begins; marks of problems are between it and the bars."""

_HEM = 5.0
_GAP = 8.0  # between texts of the ruler
_LONG = "+00:00 min"  # one of its texts, none of which is much longer
_TICK = 4.0
_MARK_TOP, _MARK_HEIGHT = BAR_TOP + BAR_HEIGHT + 1, 8.0


class View(NamedTuple):
    """What of `line` is seen: `width` units from `left`, in `colours`."""

    line: Timeline
    machine: StateMachine
    left: float
    width: int
    colours: Colours

    @property
    def right(self) -> float:
        return self.left + self.width


def paint(
    painter: QPainter,
    view: View,
    session: SessionModel,
    chosen: SelectedRange | None,
    stale: datetime | None,
    *,
    focused: bool,
) -> None:
    """Paint all of `session`, the `chosen` range, and when it was last seen if it is `stale`."""
    paint_bars(painter, view, session_meaning(session.visits))
    paint_marks(painter, view, session.listed_problems)
    first = time_of_day(view.line.time_at(view.left))
    last = texts.length(view.line, view.left, view.width, stale)
    ends = first, last
    place = view.left, view.width
    paint_ruler(painter, view.colours, view.line, place, ends, warn=stale is not None)
    if chosen is not None:
        paint_range(painter, view, chosen)
    if session.position is not None:
        paint_playhead(painter, view, session.position)
    if focused:
        paint_focus(painter, view)


def paint_bars(painter: QPainter, view: View, meaning: Meaning | None) -> None:
    """Paint the visits; the last one shows the `meaning` of the session."""
    fills: dict[str, tuple[QColor, QColor]] = {}
    for bar in view.line.bars:
        if bar.right < view.left or bar.left > view.right:
            continue
        state = bar.visit.state
        if state not in fills:
            shown = meaning if bar.visit.end is None else None
            fill, ink = state_fill(view.colours, view.machine, state, shown)
            fills[state] = QColor(fill), QColor(ink)
        _paint_bar(painter, view, bar, *fills[state])


def paint_marks(painter: QPainter, view: View, problems: Sequence[Problem]) -> None:
    """Paint a triangle for warnings, a diamond for violations, and a dash for notes."""
    for x, severity in marks(view.line, problems, view.left, view.right):
        middle = min(max(x - view.left, 4.0), view.width - 4.0)
        _paint_mark(painter, view.colours, middle, severity)


def paint_ruler(
    painter: QPainter,
    colours: Colours,
    scale: Scale,
    place: tuple[float, int],
    ends: tuple[str, str] = ("", ""),
    *,
    warn: bool = False,
) -> None:
    """Paint ticks with the times of `scale`, between the texts at both `ends`.

    `place` is the left end of what is seen, and its width; of two texts that do not fit, the last
    one is painted. `warn`: that is a warning.
    """
    left, width = place
    metrics = painter.fontMetrics()
    below = QRectF(0, RULER_TOP, width, HEIGHT - RULER_TOP)
    middle = Qt.AlignmentFlag.AlignVCenter
    begin, end = (metrics.horizontalAdvance(text) + _GAP if text else 0.0 for text in ends)
    if begin + end <= width:
        painter.setPen(QColor(colours.muted))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | middle, ends[0])
    painter.setPen(QColor(colours.warning if warn else colours.muted))
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | middle, ends[1])
    painter.setPen(QColor(colours.faint))
    painter.drawLine(QPointF(0, RULER_TOP), QPointF(width, RULER_TOP))
    apart = metrics.horizontalAdvance(_LONG) + 2 * _GAP
    for x, since in ticks(scale, left, left + width, apart):
        at = x - left
        painter.setPen(QColor(colours.faint))
        painter.drawLine(QPointF(at, RULER_TOP), QPointF(at, RULER_TOP + _TICK))
        sign = "+" if since >= timedelta() else ""
        text = f"{sign}{tr(duration(since, 3 if since.microseconds else 0))}"
        half = metrics.horizontalAdvance(text) / 2
        if at - half >= begin and at + half <= width - end:
            painter.setPen(QColor(colours.muted))
            room = QRectF(at - half - 1, RULER_TOP, 2 * half + 2, HEIGHT - RULER_TOP)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


def paint_range(painter: QPainter, view: View, chosen: SelectedRange) -> None:
    """Paint a frame around the selected range, and its length on the ruler."""
    colours, text = view.colours, chosen.text
    left, right = (view.line.x_at(at) - view.left for at in (chosen.start, chosen.end))
    left, right = max(left, 0.0), min(right, float(view.width))
    if right < 0 or left > view.width:
        return
    frame = QRectF(left, 1, max(right - left, 2.0), RULER_TOP - 2)
    paint_frame(painter, colours, frame)
    wide = painter.fontMetrics().horizontalAdvance(text) + 2 * _GAP
    start = min(max(frame.center().x() - wide / 2, 0.0), max(view.width - wide, 0.0))
    label = QRectF(start, RULER_TOP, wide, HEIGHT - RULER_TOP)
    fill_rect(painter, label, solid(colours.accent))
    painter.setPen(QColor(colours.on_accent))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def paint_frame(painter: QPainter, colours: Colours, frame: QRectF) -> None:
    """Paint what is selected."""
    tint = QColor(colours.accent)
    tint.setAlpha(50)
    fill_rect(painter, frame, solid(tint))
    painter.setPen(QPen(QColor(colours.accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame)


def paint_playhead(painter: QPainter, view: View, position: int) -> None:
    x = view.line.x_of(position) - view.left
    if not -1 <= x <= view.width + 1:
        return
    x = min(max(x, 2.0), view.width - 2.0)
    top, bottom = QPointF(x, 0), QPointF(x, RULER_TOP)
    for colour, width in ((view.colours.window, 6), (view.colours.past, 3)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(top, bottom)


def paint_focus(painter: QPainter, view: View) -> None:
    painter.setPen(QPen(QColor(view.colours.text), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(1, 1, view.width - 2, BAR_TOP + BAR_HEIGHT + 2))


def _paint_bar(painter: QPainter, view: View, bar: Bar, fill: QColor, ink: QColor) -> None:
    left, right = max(bar.left - view.left, -1.0), min(bar.right - view.left, view.width + 1.0)
    gap = 1.0 if right - left > 2 else 0.0
    box = QRectF(left, BAR_TOP, max(right - left - gap, 1.0), BAR_HEIGHT)
    fill_rect(painter, box, solid(fill))
    if bar.visit.known is not Certainty.OBSERVED:
        fill_rect(painter, _hem(box), solid(view.colours.surface))
        fill_rect(painter, _hem(box), QBrush(fill, Qt.BrushStyle.BDiagPattern))
        box.setBottom(_hem(box).top())
    room = box.width() - 12
    if room <= 0:
        return
    lasted = tr(bar.visit.lasted(view.line.end).text())
    for text in (f"{bar.visit.state}  {lasted}", bar.visit.state):
        if painter.fontMetrics().horizontalAdvance(text) <= room:
            painter.setPen(ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            break


def _paint_mark(painter: QPainter, colours: Colours, x: float, severity: Severity) -> None:
    top, bottom = _MARK_TOP, _MARK_TOP + _MARK_HEIGHT
    painter.setPen(Qt.PenStyle.NoPen)
    if severity == "note":
        painter.setBrush(QColor(colours.muted))
        painter.drawRect(QRectF(x - 1, top + 1, 2, _MARK_HEIGHT - 2))
    elif severity == "warning":
        painter.setBrush(QColor(colours.warning))
        corners = (QPointF(x, top), QPointF(x + 4.5, bottom), QPointF(x - 4.5, bottom))
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.setBrush(QColor(colours.failure))
        middle, half = (top + bottom) / 2, _MARK_HEIGHT / 2
        sides = (QPointF(x, top), QPointF(x + half, middle))
        painter.drawPolygon(QPolygonF((*sides, QPointF(x, bottom), QPointF(x - half, middle))))


def _hem(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.bottom() - _HEM, box.width(), _HEM)
