"""A session's visits laid out along a line."""

from bisect import bisect_right
from datetime import datetime, timedelta
from typing import NamedTuple

from exlab_gui.core.analysis.timeline.idle_time import collapsed
from exlab_gui.core.analysis.visits import StateHistory, Visit

LEAST = 6.0
"""The least length of a visit, as long as there is room for all."""

_ROUNDING = timedelta(microseconds=10)


class Bar(NamedTuple):
    """Visit number `place`, from `left` to `right`."""

    place: int
    visit: Visit
    left: float
    right: float


class Timeline:
    """The visits of `visits` until the time `end`, along a line of length `width`.

    Each is as long as its dwell time, but for the length `least`, which keeps short ones visible;
    with `collapsing`, none is longer than a shortened gap. If there is no room for all, the line
    shows at every unit of `shown` (None: of all) the visit of that time.
    """

    def __init__(
        self,
        visits: StateHistory,
        end: datetime,
        width: int,
        *,
        collapsing: bool = False,
        shown: range | None = None,
        least: float = LEAST,
    ) -> None:
        self.visits = visits
        self.start = visits.history[0].at
        self.end = max(end, self.start)
        self.width = width
        self._collapsing = collapsing
        self._least = least
        crowded = visits.visit_count() * LEAST > width
        self.bars = self._sampled(shown or range(width)) if crowded else self._whole()

    def bar_at(self, x: float) -> Bar | None:
        """Return the bar at `x`, or None beside them all."""
        place = bisect_right(self.bars, x, key=lambda bar: bar.left) - 1
        return self.bars[place] if place >= 0 and x <= self.bars[place].right else None

    def position_at(self, x: float) -> int | None:
        """Return the position at `x`, None after the last event."""
        bar = self.bar_at(min(max(x, 0.0), self.width - 0.01))
        if bar is None or x >= self.width:
            return None
        history = self.visits.history
        at = self._time_in(bar, x) + _ROUNDING
        first = self.visits.entry_index(bar.place)
        last_place = bar.place + 1 == self.visits.visit_count()
        until = self.visits.count if last_place else self.visits.entry_index(bar.place + 1)
        position = bisect_right(history, at, lo=first + 1, hi=until, key=lambda event: event.at)
        return None if position >= self.visits.count else position

    def time_at(self, x: float) -> datetime:
        """Return the time at `x`; beside the bars, that of the nearest."""
        return self._time_in(self._nearest(x), x)

    def since_at(self, x: float) -> timedelta:
        """Return the time at `x`, from the start on."""
        return self.time_at(x) - self.start

    def x_since(self, since: timedelta) -> float:
        """Return the x of a time from the start on."""
        return self.x_at(self.start + since)

    def x_at(self, at: datetime) -> float:
        """Return the x of a time; before the first bar and after the last, that of its end."""
        index = bisect_right(self.bars, at, key=lambda bar: bar.visit.start) - 1
        return self._x_in(self.bars[max(index, 0)], at)

    def x_of(self, position: int) -> float:
        """Return the x of `position`."""
        place = self.visits.visit_count(position) - 1
        index = bisect_right(self.bars, place, key=lambda bar: bar.place) - 1
        bar = self.bars[max(index, 0)]
        if bar.place != place:
            return bar.right if index >= 0 else bar.left
        return self._x_in(bar, self.visits.history[position - 1].at)

    def _nearest(self, x: float) -> Bar:
        place = bisect_right(self.bars, x, key=lambda bar: bar.left) - 1
        return self.bars[max(place, 0)]

    def _time_in(self, bar: Bar, x: float) -> datetime:
        share = min(max((x - bar.left) / (bar.right - bar.left), 0.0), 1.0)
        return bar.visit.start + (self._end_of(bar.visit) - bar.visit.start) * share

    def _x_in(self, bar: Bar, at: datetime) -> float:
        lasted = (self._end_of(bar.visit) - bar.visit.start) / timedelta(seconds=1)
        into = (at - bar.visit.start) / timedelta(seconds=1)
        share = min(max(into / lasted, 0.0), 1.0) if lasted > 0 else 0.0
        return bar.left + share * (bar.right - bar.left)

    def _end_of(self, visit: Visit) -> datetime:
        return max(visit.end or self.end, visit.start)

    def _length(self, visit: Visit) -> float:
        seconds = (self._end_of(visit) - visit.start) / timedelta(seconds=1)
        return collapsed(seconds) if self._collapsing else seconds

    def _whole(self) -> list[Bar]:
        visits_made = [self.visits.visit(place) for place in range(self.visits.visit_count())]
        lengths = [self._length(visit) for visit in visits_made]
        if not any(lengths):
            lengths = [1.0] * len(visits_made)
        scale = (self.width - len(visits_made) * self._least) / sum(lengths)
        bars, left = [], 0.0
        for place, (visit, length) in enumerate(zip(visits_made, lengths, strict=True)):
            right = left + self._least + length * scale
            bars.append(Bar(place, visit, left, right))
            left = right
        return bars

    def _sampled(self, shown: range) -> list[Bar]:
        """Return the visit at the time of each unit in `shown`; equal neighbours are joined."""
        places = range(self.visits.visit_count())
        step = (self.end - self.start) / max(self.width, 1)
        bars: list[Bar] = []
        for x in shown:
            at = self.start + step * (x + 0.5)
            after = bisect_right(places, at, key=lambda place: self.visits.visit(place).start)
            place = max(after - 1, 0)
            if bars and bars[-1].place == place:
                bars[-1] = bars[-1]._replace(right=x + 1.0)
            else:
                bars.append(Bar(place, self.visits.visit(place), float(x), x + 1.0))
        return bars
