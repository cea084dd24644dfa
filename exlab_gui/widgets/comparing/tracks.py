"""The timelines of two sessions, one below the other, on one axis."""

from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from exlab_gui.core.analysis.compare import Comparison
from exlab_gui.core.analysis.status import session_meaning
from exlab_gui.core.analysis.timeline.bars import Bar, Timeline
from exlab_gui.core.analysis.timeline.ruler import Axis
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.comparing.texts import heading
from exlab_gui.widgets.labels import elided
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.timeline import painting
from exlab_gui.widgets.timeline.line_view import LineView
from exlab_gui.widgets.timeline.painting import BAR_HEIGHT, BAR_TOP, HEIGHT, RULER_TOP, View

_NAME = 18  # the height of a session's name, above its bars
_TRACK = _NAME + RULER_TOP
_LEAST = 0.01  # the least length of a visit: the axis is to be even
_MARK = 3.0


class Tracks(LineView):
    """The visits of both sessions; those that only one of them has are underlined.

    `chosen` gives the row of the visit that was clicked. The arrow keys scroll.
    """

    chosen = Signal(int)
    most_zoom = 10_000.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        named(self, "compareTracks", "Timelines of both sessions")
        self._result: Comparison | None = None
        self._labels: tuple[str, ...] = ()
        self._origins: list[datetime] = []
        self._row: int | None = None
        self._lines: list[tuple[Timeline, float]] = []  # of each side, and where it begins
        self._drawn: object = None

    def sizeHint(self) -> QSize:
        return QSize(400, round((2 * _TRACK + HEIGHT - RULER_TOP) * self._scale))

    def compare(self, result: Comparison, labels: tuple[str, str]) -> None:
        self._result, self._labels, self._row = result, labels, None
        self.align(None)

    def clear(self) -> None:
        """Show nothing until two sessions are compared."""
        self._result = self._row = None
        self.update()

    def align(self, state: str | None) -> None:
        """Put the first visits of both to `state` one below the other; None: both starts."""
        if self._result is None:
            return
        self._origins = []
        for side in self._result.sides:
            path = side.visits.path() if state is not None else []
            place = path.index(state) if state in path else 0
            self._origins.append(side.visits.visit(place).start)
        self._drawn = None
        self._fit()

    def select(self, row: int | None) -> None:
        """Show the visits of `row` in both tracks."""
        self._row = row
        bars = [found for found in self._chosen() if found is not None]
        if bars and not any(bar[1] > -1 and bar[0] < self._room + 1 for bar in bars):
            self._scroll_to(self._left + bars[0][0] - self._room / 2)
        self.update()

    def row_at(self, x: float, y: float) -> int | None:
        """Return the row of the visit at a place, or None."""
        number = int(y // _TRACK)
        if self._result is None or not 0 <= number < 2 or y % _TRACK < _NAME:
            return None
        line, begin = self._laid_out()[number]
        bar = line.bar_at(x + self._left - begin)
        return None if bar is None else self._result.rows[number][bar.place]

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._result is None or self._room < 1:
            return
        painter = self._painter()
        colours = self._theme.colours
        chosen = self._chosen()
        for number, (line, begin) in enumerate(self._laid_out()):
            side = self._result.sides[number]
            painter.setPen(QColor(colours.text))
            name = elided(heading(self._labels[number], side), painter.fontMetrics(), self._room)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, 0, self._room, _NAME), flags, name)
            painter.translate(0, _NAME)
            view = View(line, side.visits.machine, self._left - begin, self._room, colours)
            painting.paint_bars(painter, view, session_meaning(side.visits))
            self._paint_differing(painter, view, number)
            if (found := chosen[number]) is not None:
                left, right = max(found[0], 1.0), min(found[1], self._room - 1.0)
                if left <= right + 1:
                    frame = QRectF(left, 1, max(right - left, 2.0), BAR_TOP + BAR_HEIGHT + 6)
                    painting.paint_frame(painter, colours, frame)
            painter.translate(0, RULER_TOP)
        painter.translate(0, -RULER_TOP)
        painting.paint_ruler(painter, colours, self._axis(), (0.0, self._room))
        painter.resetTransform()
        if self.hasFocus():
            painter.setPen(QColor(colours.text))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        row = self.row_at(at.x(), at.y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self._scroll_to(self._left - self._room / 8)
            case Qt.Key.Key_Right:
                self._scroll_to(self._left + self._room / 8)
            case _:
                super().keyPressEvent(event)

    def _times(self) -> list[tuple[timedelta, timedelta]]:
        """Return from when to when each session lasts, from its origin on."""
        assert self._result is not None
        starts = [side.visits.history[0].at for side in self._result.sides]
        ends = [max(side.until, side.visits.history[0].at) for side in self._result.sides]
        return [
            (start - at, end - at)
            for start, end, at in zip(starts, ends, self._origins, strict=True)
        ]

    def _axis(self) -> Axis:
        """Return where the times from the origins on stand, as they are seen."""
        times = self._times()
        first, last = min(start for start, _ in times), max(end for _, end in times)
        per_second = self._room * self._zoom / max((last - first).total_seconds(), 1e-6)
        return Axis(-first.total_seconds() * per_second - self._left, per_second)

    def _laid_out(self) -> list[tuple[Timeline, float]]:
        """Return the line of each session, and where on the whole axis it begins."""
        assert self._result is not None
        drawn = (self._result, self._room, self._zoom, int(self._left))
        if drawn == self._drawn:
            return self._lines
        self._drawn, self._lines, axis = drawn, [], self._axis()
        for side, (start, end) in zip(self._result.sides, self._times(), strict=True):
            begin = axis.x_since(start) + self._left
            width = max(round((end - start).total_seconds() * axis.per_second), 1)
            first = min(max(int(self._left - begin), 0), width - 1)
            last = min(max(int(self._left - begin) + self._room + 2, first + 1), width)
            seen = range(first, last)
            line = Timeline(side.visits, side.until, width, shown=seen, least=_LEAST)
            self._lines.append((line, begin))
        return self._lines

    def _chosen(self) -> list[tuple[float, float] | None]:
        """Return from where to where the selected visit is seen in each track."""
        if self._result is None or self._row is None:
            return [None, None]
        found: list[tuple[float, float] | None] = []
        axis = self._axis()
        pair = self._result.pairs[self._row]
        for side, place, at in zip(self._result.sides, pair, self._origins, strict=True):
            if place is None:
                found.append(None)
                continue
            visit = side.visits.visit(place)
            end = max(visit.end or side.until, visit.start)
            found.append((axis.x_since(visit.start - at), axis.x_since(end - at)))
        return found

    def _paint_differing(self, painter: QPainter, view: View, number: int) -> None:
        assert self._result is not None
        colour = QColor(view.colours.text)
        for bar in view.line.bars:
            if self._differs(number, bar) and bar.right >= view.left and bar.left <= view.right:
                left, width = bar.left - view.left, max(bar.right - bar.left - 1, 2.0)
                painter.fillRect(QRectF(left, BAR_TOP + BAR_HEIGHT + 1, width, _MARK), colour)

    def _differs(self, number: int, bar: Bar) -> bool:
        assert self._result is not None
        return self._result.pairs[self._result.rows[number][bar.place]].differs
