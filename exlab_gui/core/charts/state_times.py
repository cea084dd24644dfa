"""The time per state as box plots on a logarithmic scale."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from exlab_gui.core.charts.log_axis import LogAxis
from exlab_gui.core.charts.picture import (
    PADDING,
    Bar,
    Canvas,
    Item,
    OpenSession,
    Picture,
    Spot,
    Text,
)
from exlab_gui.core.charts.table import NO_SESSIONS, Column, Table, lasted, milliseconds
from exlab_gui.core.diagram_looks import ColourName, Shape
from exlab_gui.core.layout.geometry import Point
from exlab_gui.core.layout.shapes import circle, polyline
from exlab_gui.core.text.translation import number, phrase, tr

TITLE = phrase("Time per state")

_NAMES_SHARE = 0.25
_ROW, _BOX, _CAP = 36.0, 18.0, 10.0
_DOT, _SPOT, _MARK = 2.0, 5.0, 6.0


class Outlier(NamedTuple):
    """A visit that lasted much longer, or shorter, than others, and its session."""

    session: int
    dwell: int


class StateBox(msgspec.Struct, frozen=True):
    """The finished visits to a state; times are in microseconds.

    `whiskers` are the least and the most time that is no outlier. `outliers` are the farthest of
    `outlier_count`, and `slowest` is the session of the longest visit. `waits`: this is not a
    state, but all answers to plugins.
    """

    name: str
    count: int
    least: int
    lower: float
    median: float
    upper: float
    high: float
    most: int
    whiskers: tuple[int, int]
    outliers: Sequence[Outlier]
    outlier_count: int
    slowest: int
    unsure: int = 0
    waits: bool = False

    @property
    def title(self) -> str:
        return tr("to answer a plugin") if self.waits else self.name


class StateTimes(msgspec.Struct, frozen=True):
    """The time in each state, in the order of the machine.

    `shown` has the times of the finished visits of the session in the window, by state.
    """

    sessions: int
    boxes: Sequence[StateBox]
    shown: Mapping[str, Sequence[int]] = {}

    @property
    def span(self) -> None:
        """None: this is no chart over time."""

    @property
    def summary(self) -> str:
        if not self.sessions:
            return tr(NO_SESSIONS)
        states = [box for box in self.boxes if not box.waits]
        if not states:
            return tr("No visit to a state has ended yet.")
        longest = max(states, key=lambda box: box.median)
        told = tr(
            "{n:,} session. The longest median is that of {state}: {median}.",
            "{n:,} sessions. The longest median is that of {state}: {median}.",
            n=self.sessions,
            state=longest.name,
            median=lasted(longest.median),
        )
        answers = next((box for box in self.boxes if box.waits), None)
        if answers is None:
            return told
        median, high = lasted(answers.median), lasted(answers.high)
        answer = tr("An answer takes {median}, 90 % up to {high}.", median=median, high=high)
        return f"{told} {answer}"

    @property
    def table(self) -> Table:
        return Table(_COLUMNS, self.boxes, lambda box: OpenSession(box.slowest))

    def with_shown(self, shown: Mapping[str, Sequence[int]]) -> "StateTimes":
        return msgspec.structs.replace(self, shown=shown)

    def draw(self, canvas: Canvas) -> Picture:
        return _Drawing(self, canvas).picture()


_COLUMNS = (
    Column(phrase("State"), lambda b: b.title, "state", lambda b: "" if b.waits else b.name),
    Column(phrase("Visits"), lambda b: number(b.count), "visits", lambda b: b.count, True),
    Column(
        phrase("Median"),
        lambda b: lasted(b.median),
        "median_ms",
        lambda b: milliseconds(b.median),
        True,
    ),
    Column("90 %", lambda b: lasted(b.high), "p90_ms", lambda b: milliseconds(b.high), True),
    Column(
        phrase("25 %"), lambda b: lasted(b.lower), "p25_ms", lambda b: milliseconds(b.lower), True
    ),
    Column("75 %", lambda b: lasted(b.upper), "p75_ms", lambda b: milliseconds(b.upper), True),
    Column(
        phrase("Shortest"),
        lambda b: lasted(b.least),
        "least_ms",
        lambda b: milliseconds(b.least),
        True,
    ),
    Column(
        phrase("Longest"), lambda b: lasted(b.most), "most_ms", lambda b: milliseconds(b.most), True
    ),
    Column(
        phrase("Outliers"),
        lambda b: number(b.outlier_count),
        "outliers",
        lambda b: b.outlier_count,
        True,
    ),
    Column(phrase("Not observed"), lambda b: number(b.unsure), "unsure", lambda b: b.unsure, True),
)


class _Drawing:
    """The boxes of `times` on a `canvas`."""

    def __init__(self, times: StateTimes, canvas: Canvas) -> None:
        self._times = times
        self._boxes = times.boxes
        self._canvas = canvas
        self._letters = canvas.letters
        names = (canvas.letters.width(box.title) for box in times.boxes)
        self._names = min(max(names, default=0.0), _NAMES_SHARE * canvas.width)
        left, right = 2 * PADDING + self._names, max(canvas.width - 2 * PADDING, 1.0)
        every = [one for box in times.boxes for one in (box.least, box.most)]
        every += [one for visits in times.shown.values() for one in visits]
        self._axis = LogAxis.over(every, left, max(right, left + 1))
        self._spots: list[Spot] = []

    def picture(self) -> Picture:
        items: list[Item] = []
        height = PADDING
        if self._boxes:
            bottom = PADDING + _ROW * len(self._boxes)
            items += self._grid(bottom)
            for place, box in enumerate(self._boxes):
                items += self._row(box, PADDING + _ROW * (place + 0.5))
            height = bottom + 2.5 * self._letters.line
            items += self._legend(bottom + 2 * self._letters.line)
        axis = self._axis
        return Picture(
            self._canvas.width, height, tr(TITLE), self._times.summary, items, self._spots,
            self._letters, (axis.left, axis.right),
        )  # fmt: skip

    def _grid(self, bottom: float) -> Iterator[Item]:
        for x, text in self._axis.ticks(self._letters.width):
            yield Bar(x, PADDING, 1.0, bottom - PADDING, "outline")
            yield Text(x, bottom + self._letters.line, text, "muted", "middle")

    def _row(self, box: StateBox, y: float) -> Iterator[Item]:
        letters, at = self._letters, self._axis.at
        base = y + letters.size * 0.35
        name = letters.fitted(box.title, self._names)
        yield Text(PADDING + self._names, base, name, "text", "end")
        tip = tr(
            "{state}: {n:,} visit, median {median}, 90 % up to {high}, longest {most}",
            "{state}: {n:,} visits, median {median}, 90 % up to {high}, longest {most}",
            n=box.count,
            state=box.title,
            median=lasted(box.median),
            high=lasted(box.high),
            most=lasted(box.most),
        )
        left, right = at(box.whiskers[0]), at(box.whiskers[1])
        lower, upper, median = at(box.lower), at(box.upper), at(box.median)
        # A click opens the session with the longest visit.
        choice = OpenSession(box.slowest)
        self._spots.append(Spot(0.0, y - _ROW / 2, self._canvas.width, _ROW, tip, choice))
        yield _line(left, y, right, y, "muted")
        for x in (left, right):
            yield _line(x, y - _CAP / 2, x, y + _CAP / 2, "muted")
        ink: ColourName = "input" if box.waits else "accent"
        fill: ColourName = "raised" if box.waits else "accent_soft"
        wide = max(upper - lower, 1.0)
        corners = ((lower, y - _BOX / 2), (lower + wide, y - _BOX / 2))
        below = ((lower + wide, y + _BOX / 2), (lower, y + _BOX / 2), (lower, y - _BOX / 2))
        yield Shape(polyline(*(Point(*one) for one in (*corners, *below))), fill, ink, 1.25)
        yield _line(median, y - _BOX / 2, median, y + _BOX / 2, "text", 2.5)
        yield from self._outliers(box, y)
        yield from self._shown(box, y)

    def _outliers(self, box: StateBox, y: float) -> Iterator[Item]:
        """Yield a dot per outlier; of those that would lie on one another, one."""
        drawn = set[int]()
        for session, dwell in box.outliers:
            x = self._axis.at(dwell)
            if (place := round(x / _DOT)) in drawn:
                continue
            drawn.add(place)
            yield Shape(circle(Point(x, y), _DOT), fill="muted")
            tip = tr("{state} for {time}", state=box.title, time=lasted(dwell))
            size = 2 * _SPOT
            choice = OpenSession(session)
            self._spots.append(Spot(x - _SPOT, y - _SPOT, size, size, tip, choice))

    def _shown(self, box: StateBox, y: float) -> Iterator[Item]:
        for dwell in () if box.waits else self._times.shown.get(box.name, ()):
            yield _diamond(self._axis.at(dwell), y)

    def _legend(self, y: float) -> Iterator[Item]:
        size, left = self._letters.size, self._axis.left
        if any(self._times.shown.get(box.name) for box in self._boxes):
            yield _diamond(left + _MARK, y - size * 0.35)
            yield Text(left + 2 * _MARK + PADDING / 2, y, tr("the shown session"), "muted")


def _line(
    x: float, y: float, to_x: float, to_y: float, ink: ColourName, width: float = 1.25
) -> Shape:
    return Shape(polyline(Point(x, y), Point(to_x, to_y)), stroke=ink, width=width)


def _diamond(x: float, y: float) -> Shape:
    around = ((x, y - _MARK), (x + _MARK, y), (x, y + _MARK), (x - _MARK, y), (x, y - _MARK))
    return Shape(polyline(*(Point(*one) for one in around)), "accent", "surface", 1.5)
