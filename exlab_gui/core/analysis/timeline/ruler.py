"""What stands below a timeline: ticks at round times, and marks for problems."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple, Protocol

from exlab_gui.core.analysis.problems import Problem, Severity
from exlab_gui.core.analysis.timeline.bars import Timeline

_STEPS = tuple(
    timedelta(seconds=seconds)
    for seconds in (
        *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30),
        *(60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400),
    )
)
_MOST_TICKS = 100

_MARK = 4.0  # marks that are nearer to each other are one
_EXACT = 200  # problems of which each is looked up
_LOOKED_AT = 50  # problems of one place, for the worst of them

_ORDER: tuple[Severity, ...] = ("note", "warning", "violation")


class Scale(Protocol):
    """Where times stand along a line."""

    def since_at(self, x: float) -> timedelta: ...

    def x_since(self, since: timedelta) -> float: ...


class Axis(NamedTuple):
    """A line along which time runs evenly, `per_second` units a second; time 0 is at `zero`."""

    zero: float
    per_second: float

    def since_at(self, x: float) -> timedelta:
        return timedelta(seconds=(x - self.zero) / self.per_second)

    def x_since(self, since: timedelta) -> float:
        return self.zero + since / timedelta(seconds=1) * self.per_second


def ticks(
    line: Scale, left: float, right: float, apart: float
) -> Iterator[tuple[float, timedelta]]:
    """Yield the x of round times from `left` to `right`, and the time since the start.

    The line is not equally wide everywhere: what would come nearer than `apart` is left out.
    """
    first, last = line.since_at(left), line.since_at(right)
    if last <= first:
        return
    room = max((right - left) / apart, 1.0)
    step = next((step for step in _STEPS if (last - first) / step <= room), None)
    if step is None:
        step = _STEPS[-1] * (1 + int((last - first) / _STEPS[-1] / room))
    number = -(-first // step)
    before = left - apart
    for _ in range(_MOST_TICKS):
        since = step * number
        if since > last:
            return
        x = line.x_since(since)
        if x - before >= apart:
            yield x, since
            before = x
        number += 1


def marks(
    line: Timeline, problems: Sequence[Problem], left: float, right: float
) -> Iterator[tuple[float, Severity]]:
    """Yield where on `line`, from `left` to `right`, problems are, and the worst of each place."""
    if len(problems) <= _EXACT:
        yield from _exact(line, problems, left, right)
        return
    known, x = 0 if left <= 0 else _until(line, left), left
    while x < right:
        until = _until(line, x + _MARK)
        start = bisect_right(problems, known, key=_position)
        end = bisect_right(problems, until, lo=start, key=_position)
        if end > start:
            found = problems[start : min(end, start + _LOOKED_AT)]
            yield x + _MARK / 2, _worst(problem.severity for problem in found)
        known, x = until, x + _MARK


def _until(line: Timeline, x: float) -> int:
    position = line.position_at(x)
    return line.visits.count if position is None else position


def _exact(
    line: Timeline, problems: Sequence[Problem], left: float, right: float
) -> Iterator[tuple[float, Severity]]:
    at: dict[int, tuple[float, Severity]] = {}
    for problem in problems:
        x = line.x_of(_position(problem))
        if left <= x <= right:
            place = int(x / _MARK)
            before = at.get(place, (x, "note"))
            at[place] = before[0], _worst((before[1], problem.severity))
    yield from at.values()


def _position(problem: Problem) -> int:
    return problem.event_index + 1


def _worst(severities: Iterable[Severity]) -> Severity:
    return max(severities, key=_ORDER.index)
