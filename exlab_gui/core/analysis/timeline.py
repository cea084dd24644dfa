"""A session's stays laid out along a line: where each begins and ends, and what is at a place."""

from bisect import bisect_right
from datetime import datetime, timedelta
from typing import NamedTuple

from exlab_gui.core.analysis.idle_time import collapsed
from exlab_gui.core.analysis.visits import Stay, Walk

LEAST = 6.0
"""No stay is shorter than this, in units of the line, as long as there is room for all."""


_ROUNDING = timedelta(microseconds=10)


class Bar(NamedTuple):
    """Stay number `place` of the session, from `left` to `right`."""

    place: int
    stay: Stay
    left: float
    right: float


class Timeline:
    """The stays of `walk` until the time `end`, along a line that is `width` long.

    Each is as long as it lasted, but for a least length that keeps short ones visible; with
    `collapsing`, none is longer than a collapsed gap. Where there are more stays than there is room
    for, the line shows at every unit the stay of that time.
    """

    def __init__(self, walk: Walk, end: datetime, width: int, *, collapsing: bool = False) -> None:
        self.walk = walk
        self.start = walk.history[0].at
        self.end = max(end, self.start)
        self.width = width
        self._collapsing = collapsing
        crowded = walk.stay_count() * LEAST > width
        self.bars = self._sampled() if crowded else self._whole()

    def bar_at(self, x: float) -> Bar | None:
        """Return the bar at `x`; None beside them all."""
        place = bisect_right(self.bars, x, key=lambda bar: bar.left) - 1
        return self.bars[place] if place >= 0 and x <= self.bars[place].right else None

    def moment_at(self, x: float) -> int | None:
        """Return after how many events the session was at `x`; None where that is after all."""
        bar = self.bar_at(min(max(x, 0.0), self.width - 0.01))
        if bar is None or x >= self.width:
            return None
        history = self.walk.history
        share = min(max((x - bar.left) / (bar.right - bar.left), 0.0), 1.0)
        at = bar.stay.start + (self._end_of(bar.stay) - bar.stay.start) * share + _ROUNDING
        first = self.walk.entry_index(bar.place)
        last_place = bar.place + 1 == self.walk.stay_count()
        until = self.walk.count if last_place else self.walk.entry_index(bar.place + 1)
        moment = bisect_right(history, at, lo=first + 1, hi=until, key=lambda event: event.at)
        return None if moment >= self.walk.count else moment

    def x_of(self, moment: int) -> float:
        """Return where the last event of `moment` is."""
        place = self.walk.stay_count(moment) - 1
        index = bisect_right(self.bars, place, key=lambda bar: bar.place) - 1
        bar = self.bars[max(index, 0)]
        if bar.place != place:
            return bar.right
        lasted = (self._end_of(bar.stay) - bar.stay.start) / timedelta(seconds=1)
        into = (self.walk.history[moment - 1].at - bar.stay.start) / timedelta(seconds=1)
        share = min(max(into / lasted, 0.0), 1.0) if lasted > 0 else 0.0
        return bar.left + share * (bar.right - bar.left)

    def _end_of(self, stay: Stay) -> datetime:
        return max(stay.end or self.end, stay.start)

    def _length(self, stay: Stay) -> float:
        seconds = (self._end_of(stay) - stay.start) / timedelta(seconds=1)
        return collapsed(seconds) if self._collapsing else seconds

    def _whole(self) -> list[Bar]:
        stays = [self.walk.stay(place) for place in range(self.walk.stay_count())]
        lengths = [self._length(stay) for stay in stays]
        if not any(lengths):
            lengths = [1.0] * len(stays)
        scale = (self.width - len(stays) * LEAST) / sum(lengths)
        bars, left = [], 0.0
        for place, (stay, length) in enumerate(zip(stays, lengths, strict=True)):
            right = left + LEAST + length * scale
            bars.append(Bar(place, stay, left, right))
            left = right
        return bars

    def _sampled(self) -> list[Bar]:
        """Return the stay at the time of each unit, those of neighbours that are one joined."""
        places = range(self.walk.stay_count())
        step = (self.end - self.start) / max(self.width, 1)
        bars: list[Bar] = []
        for x in range(self.width):
            at = self.start + step * (x + 0.5)
            after = bisect_right(places, at, key=lambda place: self.walk.stay(place).start)
            place = max(after - 1, 0)
            if bars and bars[-1].place == place:
                bars[-1] = bars[-1]._replace(right=x + 1.0)
            else:
                bars.append(Bar(place, self.walk.stay(place), float(x), x + 1.0))
        return bars
