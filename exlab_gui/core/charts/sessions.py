"""Sessions over time: a bar for each, in rows by equipment."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from exlab_gui.core.charts.picture import (
    PADDING,
    Bar,
    Canvas,
    Item,
    OpenSession,
    Picture,
    ShowSpan,
    Spot,
    Text,
)
from exlab_gui.core.charts.session_columns import COLUMNS, outcome_text
from exlab_gui.core.charts.table import NO_SESSIONS, UNKNOWN, Table, lasted
from exlab_gui.core.charts.time_axis import ticks, time_text
from exlab_gui.core.charts.time_span import TimeSpan
from exlab_gui.core.diagram_looks import ColourName, meaning_badge
from exlab_gui.core.layout.geometry import Point
from exlab_gui.core.meaning import ENDINGS, STATUS_WORDS, Meaning
from exlab_gui.core.text.translation import phrase, tr

TITLE = phrase("Sessions over time")

_NAMES_SHARE = 0.22
_LANE, _BAR, _BETWEEN = 22.0, 16.0, 8.0
_LEAST, _END = 2.0, 3.0
_NEAR = 3.0  # bars that are so near to each other are drawn as one
_BADGE = 8.0
_MARK_ROOM, _APART = 2 * _BADGE + PADDING / 2, 1.5 * PADDING  # in the legend
_DOT = 2.0  # three of them follow a bar that goes on


class Session(msgspec.Struct, frozen=True, gc=False):
    """A session in a chart; times are in microseconds, `start` since 1970.

    `meaning` is that of its last state; `outcome` is empty if it did not end. `waits` has the spans
    in which it was held for an answer. `is_on`: it is recorded at this moment, its `end`.
    """

    number: int
    label: str
    equipment: str
    start: int
    end: int
    lasted: int
    waiting: int
    outcome: str
    meaning: Meaning | None
    waits: Sequence[tuple[int, int]] = ()
    is_on: bool = False

    @property
    def ending(self) -> Meaning | None:
        """The meaning of its end, None without one."""
        return self.meaning if self.outcome else None


class Lane(NamedTuple):
    """Sessions of one equipment in the order of their starts, with what is looked up.

    `reach` has the latest end so far, `failed` the number of failures so far.
    """

    sessions: Sequence[Session]
    starts: Sequence[int]
    reach: Sequence[int]
    failed: Sequence[int]


class Row(NamedTuple):
    """An equipment, with as many lanes as it had sessions at once."""

    equipment: str
    lanes: Sequence[Lane]


class SessionsOverTime(msgspec.Struct, frozen=True, dict=True):
    """All `sessions`, the newest first, and the `rows` in which they are drawn."""

    sessions: Sequence[Session]
    rows: Sequence[Row]

    @cached_property
    def span(self) -> TimeSpan | None:
        if not self.sessions:
            return None
        first = min(one.start for one in self.sessions)
        return TimeSpan.all_of(first, max(one.end for one in self.sessions))

    @cached_property
    def summary(self) -> str:
        if not self.sessions:
            return tr(NO_SESSIONS)
        told = tr(
            "{n:,} session from {first} to {last}.",
            "{n:,} sessions from {first} to {last}.",
            n=len(self.sessions),
            first=time_text(min(one.start for one in self.sessions)),
            last=time_text(max(one.end for one in self.sessions)),
        )
        ended = [one for one in self.sessions if one.outcome]
        running = len(self.sessions) - len(ended)
        if running:
            told += " " + tr("{n:,} has not ended.", "{n:,} have not ended.", n=running)
        if not ended:
            return told
        slow = max(ended, key=lambda one: one.lasted)
        slowest = tr("The slowest: {label}, {time}.", label=slow.label, time=lasted(slow.lasted))
        return f"{told} {slowest}"

    @property
    def table(self) -> Table:
        return Table(COLUMNS, self.sessions, lambda one: OpenSession(one.number))

    def draw(self, canvas: Canvas) -> Picture:
        return _Drawing(self, canvas).picture()


class _Entry(NamedTuple):
    """A part of the legend: a mark, and what it means."""

    meaning: Meaning | None
    text: str
    wide: float


class _Drawing:
    """The bars of `sessions` on a `canvas`."""

    def __init__(self, sessions: SessionsOverTime, canvas: Canvas) -> None:
        self._sessions = sessions
        self._canvas = canvas
        self._letters = canvas.letters
        names = (canvas.letters.width(row.equipment or tr(UNKNOWN)) for row in sessions.rows)
        self._names = min(max(names, default=0.0), _NAMES_SHARE * canvas.width)
        self._left = 2 * PADDING + self._names
        self._right = max(canvas.width - PADDING, self._left + 1)
        span = sessions.span
        self._first, self._last = canvas.span or (span.shown if span else (0.0, 1.0))
        self._scale = (self._right - self._left) / max(self._last - self._first, 1.0)
        self._spots: list[Spot] = []

    def picture(self) -> Picture:
        items: list[Item] = []
        y = PADDING
        if self._sessions.rows:
            for line in self._legend():
                items += self._told(line, y + self._letters.size)
                y += self._letters.line
            y += self._letters.line / 2
            top = y + 1.5 * self._letters.line
            bottom = top + sum(_height(row) for row in self._sessions.rows)
            items += self._axis(y + self._letters.size, bottom)
            y = top
            for row in self._sessions.rows:
                if y + _height(row) >= self._canvas.top and y <= self._canvas.bottom:
                    items += self._row(row, y)
                y += _height(row)
            y += PADDING
        return Picture(
            self._canvas.width, y, tr(TITLE), self._sessions.summary, items, self._spots,
            self._letters, (self._left, self._right),
        )  # fmt: skip

    def _x(self, at: float) -> float:
        return self._left + (at - self._first) * self._scale

    def _axis(self, base: float, bottom: float) -> Iterator[Item]:
        for at, text in ticks(self._first, self._last, self._right - self._left, self._letters):
            yield Bar(self._x(at), base + PADDING / 2, 1.0, bottom - base, "outline")
            yield Text(self._x(at), base, text, "muted", "middle")

    def _row(self, row: Row, y: float) -> Iterator[Item]:
        base = y + _LANE / 2 + self._letters.size * 0.35
        name = self._letters.fitted(row.equipment or tr(UNKNOWN), self._names)
        yield Text(PADDING + self._names, base, name, "text", "end")
        for place, lane in enumerate(row.lanes):
            yield from self._lane(lane, y + _LANE * (place + 0.5))

    def _lane(self, lane: Lane, y: float) -> Iterator[Item]:
        """Yield the sessions that are seen; those that are too near to each other, as one bar."""
        place = bisect_left(lane.reach, self._first)
        end = bisect_right(lane.starts, self._last)
        while place < end:
            right = max(self._x(lane.reach[place]), self._x(lane.starts[place]) + _LEAST)
            after = place + 1
            if right - self._x(lane.starts[place]) < _NEAR:
                limit = self._first + (right + _NEAR - self._left) / self._scale
                after = max(after, min(bisect_left(lane.starts, limit, after), end))
            if after > place + 1:
                yield from self._together(lane, place, after, y)
            else:
                free = self._x(lane.starts[after]) if after < end else self._right
                yield from self._one(lane.sessions[place], free, y)
            place = after

    def _together(self, lane: Lane, place: int, after: int, y: float) -> Iterator[Item]:
        left = max(self._x(lane.starts[place]), self._left)
        right = min(max(self._x(lane.reach[after - 1]), left + _LEAST), self._right)
        failed = lane.failed[after] - lane.failed[place]
        yield Bar(left, y - _BAR / 2, right - left, _BAR, "faint")
        if failed:  # as much of the bar as is the share of failures
            high = max(_BAR * failed / (after - place), _LEAST)
            yield Bar(left, y + _BAR / 2 - high, right - left, high, "failure")
        tip = tr(
            "{n:,} sessions from {first} to {last}, {failed:,} failed",
            n=after - place,
            first=time_text(lane.starts[place]),
            last=time_text(lane.reach[after - 1]),
            failed=failed,
        )
        choice = ShowSpan(lane.starts[place], lane.reach[after - 1])
        self._spots.append(Spot(left, y - _BAR / 2, right - left, _BAR, tip, choice))

    def _one(self, session: Session, free: float, y: float) -> Iterator[Item]:
        """Yield the bar of a session, and its end; the next one begins at `free`."""
        left, right = self._clipped(session.start, session.end)
        top = y - _BAR / 2
        yield Bar(left, top, right - left, _BAR, "faint")
        for begin, end in session.waits:
            if end >= self._first and begin <= self._last:
                from_x, to_x = self._clipped(begin, end)
                yield Bar(from_x, top, to_x - from_x, _BAR, "input")
        wide = right - left
        if (ending := session.ending) is not None and self._x(session.end) <= self._right:
            if wide >= 2.5 * _BADGE or free - right >= 2.5 * _BADGE:
                at = right - _BADGE if wide >= 2.5 * _BADGE else right + _BADGE
                if at + _BADGE <= self._right:
                    yield from meaning_badge(Point(at, y), ending)
            else:
                ink: ColourName = ending
                mark = _END if wide >= 2 * _END else wide  # of a thin bar, all of it: it is seen
                yield Bar(right - mark, top, mark, _BAR, ink)
        elif session.is_on and self._x(session.end) <= self._right:  # the dots may be beside it
            for place in range(3):
                yield Bar(right + _DOT * (2 * place + 1), y - _DOT / 2, _DOT, _DOT, "muted")
        tip = tr(
            "{label}: {outcome} after {time}, began {start}",
            label=session.label,
            outcome=outcome_text(session),
            time=lasted(session.lasted),
            start=time_text(session.start),
        )
        spot = Spot(left, top, max(wide, _NEAR), _BAR, tip, OpenSession(session.number))
        self._spots.append(spot)

    def _clipped(self, begin: float, end: float) -> tuple[float, float]:
        """Return from where to where a bar is drawn; the shortest one is seen, too."""
        left = min(max(self._x(begin), self._left), self._right - _LEAST)
        return left, max(min(self._x(end), self._right), left + _LEAST)

    def _legend(self) -> list[list[_Entry]]:
        """Return what the colours and marks mean, in as many lines as have room for all."""
        lines: list[list[_Entry]] = [[]]
        for meaning in (None, "input", *ENDINGS):
            text = self._letters.fitted(
                tr(STATUS_WORDS[meaning]), self._right - PADDING - _MARK_ROOM
            )
            entry = _Entry(meaning, text, _MARK_ROOM + self._letters.width(text))
            if lines[-1] and PADDING + _wide([*lines[-1], entry]) > self._right:
                lines.append([])
            lines[-1].append(entry)
        return lines

    def _told(self, line: Sequence[_Entry], base: float) -> Iterator[Item]:
        """Yield a line of the legend; it may begin below the names."""
        top, middle = base - self._letters.size, base - self._letters.size * 0.35
        x = max(PADDING, min(self._left, self._right - _wide(line)))
        for meaning, text, wide in line:
            if meaning in ENDINGS:
                yield from meaning_badge(Point(x + _BADGE, middle), meaning)
            else:
                yield Bar(x, top, 2 * _BADGE, self._letters.size, meaning or "faint")
            yield Text(x + _MARK_ROOM, base, text, "muted")
            x += wide + _APART


def _wide(line: Sequence[_Entry]) -> float:
    return sum(entry.wide for entry in line) + _APART * (len(line) - 1)


def _height(row: Row) -> float:
    return _LANE * len(row.lanes) + _BETWEEN
