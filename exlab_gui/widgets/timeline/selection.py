"""The range of a session that was selected on its timeline."""

from datetime import datetime
from typing import NamedTuple

from exlab_gui.core.analysis.timeline.bars import Timeline
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.translation import tr


class SelectedRange(NamedTuple):
    """The events from index `first` to before `until`, and the selected time."""

    first: int
    until: int
    start: datetime
    end: datetime

    @property
    def lasted(self) -> str:
        return tr(duration(self.end - self.start, 3))

    @property
    def text(self) -> str:
        count = self.until - self.first
        return tr("{lasted}, {n:,} event", "{lasted}, {n:,} events", lasted=self.lasted, n=count)


def select(line: Timeline, one: float, other: float) -> SelectedRange:
    """Return the range between two places on `line`."""
    left, right = sorted((one, other))
    first, last = line.position_at(left), line.position_at(right)
    count = line.visits.count
    begin = 0 if left <= 0 else count if first is None else first
    until = count if last is None else last
    return SelectedRange(begin, max(until, begin), line.time_at(left), line.time_at(right))


def select_visits(visits: StateHistory, one: int, other: int, now: datetime) -> SelectedRange:
    """Return the range of the visits between two numbers, both included."""
    first, last = sorted((one, other))
    is_last = last + 1 >= visits.visit_count()
    until = visits.count if is_last else visits.entry_index(last + 1)
    start = visits.visit(first).start
    end = visits.visit(last).end or now
    return SelectedRange(visits.entry_index(first), until, start, max(start, end))
