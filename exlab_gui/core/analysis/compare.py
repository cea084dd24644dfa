"""Two sessions side by side: where they diverge, and how long each visit took."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.progress import CHUNK, Progress, no_progress, step, tracked
from exlab_gui.core.text.durations import Span

_NONE = Span.exactly(timedelta())

_FAR = 12
_SKIPS = sorted(
    ((a, b) for a in range(_FAR) for b in range(_FAR) if a or b), key=lambda skip: (sum(skip), skip)
)
"""How many visits each session may have for itself before both enter the same state again."""


class Side(NamedTuple):
    """One of two sessions, as it is at the time `until`."""

    visits: StateHistory
    until: datetime

    @property
    def is_over(self) -> bool:
        return self.visits.state() in self.visits.machine.terminal

    def lasted(self, place: int) -> Span | None:
        """Return the dwell time of visit number `place`; None if the session ended there."""
        visit = self.visits.visit(place)
        return None if visit.end is None and self.is_over else visit.lasted(self.until)


class Pair(NamedTuple):
    """The numbers of two visits that correspond; None: the other session has no such visit."""

    first: int | None
    second: int | None

    @property
    def differs(self) -> bool:
        return self.first is None or self.second is None


class Difference(NamedTuple):
    """How much longer the second of two visits took."""

    time: timedelta
    is_exact: bool


class Divergence(NamedTuple):
    """The states that one session entered after the two diverged.

    `event_index` is that of the first event after it, None if there is none.
    """

    event_index: int | None
    states: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Where two sessions diverge, and which of their visits correspond.

    `common` are the states that both entered first, in the same order. `pairs` has every visit
    once, in the order of both sessions; `rows` has the index in it of each visit of either.
    `largest` is the index of the pair whose times differ most, None if no times differ.
    """

    sides: tuple[Side, Side]
    common: tuple[str, ...]
    first: Divergence
    second: Divergence
    pairs: Sequence[Pair]
    rows: tuple["array[int]", "array[int]"]
    largest: int | None

    @property
    def diverged(self) -> bool:
        """Whether the sessions entered different states, or one of them more than the other."""
        return bool(self.first.states or self.second.states)

    def state(self, row: int) -> str:
        """Return the state of the visits in `row`."""
        side, place = next(
            (side, place)
            for side, place in zip(self.sides, self.pairs[row], strict=True)
            if place is not None
        )
        return side.visits.visit(place).state

    def difference(self, row: int) -> Difference | None:
        """Return how the times of `row` differ, or None if there are not two of them."""
        return _difference(self.sides, self.pairs[row])


def time_spent(visits: StateHistory, progress: Progress = no_progress) -> dict[str, Span]:
    """Return the time spent in each state, in the order of entering; never negative.

    The last visit is taken to end with the last event.
    """
    spent: dict[str, Span] = {}
    until = visits.history[-1].at
    count = visits.visit_count()
    for place in tracked(range(count), progress, 0, count):
        visit = visits.visit(place)
        spent[visit.state] = spent.get(visit.state, _NONE) + visit.lasted(until)
    return spent


def compare(first: Side, second: Side, progress: Progress = no_progress) -> Comparison:
    """Compare the visits of two sessions, whenever they were."""
    entered = _entered(first.visits, step(progress, 0, of=4))
    others = _entered(second.visits, step(progress, 1, of=4))
    differing = (n for n, (a, b) in enumerate(zip(entered, others, strict=False)) if a != b)
    common = next(differing, min(len(entered), len(others)))
    pairs = list(align(entered, others, step(progress, 2, of=4)))
    rows = array("I"), array("I")
    largest, most = None, timedelta()
    progress = step(progress, 3, of=4)
    for row, pair in enumerate(tracked(pairs, progress, 0, len(pairs))):
        for places, place in zip(rows, pair, strict=True):
            if place is not None:
                places.append(row)
        difference = _difference((first, second), pair)
        if difference is not None and abs(difference.time) > most:
            largest, most = row, abs(difference.time)
    return Comparison(
        sides=(first, second),
        common=entered[:common],
        first=_divergence(first.visits, entered, common),
        second=_divergence(second.visits, others, common),
        pairs=pairs,
        rows=rows,
        largest=largest,
    )


def align(
    one: Sequence[str], other: Sequence[str], progress: Progress = no_progress
) -> Iterator[Pair]:
    """Yield which visits of two paths correspond, and those of one path alone.

    Where the paths differ, the visits up to the nearest state that both enter are of one alone.
    """
    a = b = done = 0
    while a < len(one) and b < len(other):
        if done % CHUNK == 0:
            progress(a + b, len(one) + len(other))
        done += 1
        if one[a] == other[b]:
            yield Pair(a, b)
            a, b = a + 1, b + 1
            continue
        skipped = next((skip for skip in _SKIPS if _meet(one, other, a, b, skip)), (1, 1))
        yield from (Pair(place, None) for place in range(a, a + skipped[0]))
        yield from (Pair(None, place) for place in range(b, b + skipped[1]))
        a, b = a + skipped[0], b + skipped[1]
    yield from (Pair(place, None) for place in range(a, len(one)))
    yield from (Pair(None, place) for place in range(b, len(other)))


def _meet(one: Sequence[str], other: Sequence[str], a: int, b: int, skip: tuple[int, int]) -> bool:
    a, b = a + skip[0], b + skip[1]
    return a < len(one) and b < len(other) and one[a] == other[b]


def _difference(sides: tuple[Side, Side], pair: Pair) -> Difference | None:
    if pair.first is None or pair.second is None:
        return None
    first, second = sides[0].lasted(pair.first), sides[1].lasted(pair.second)
    if first is None or second is None:
        return None
    is_exact = first.least == first.most and second.least == second.most
    return Difference(second.middle - first.middle, is_exact)


def _entered(visits: StateHistory, progress: Progress) -> tuple[str, ...]:
    count = visits.visit_count()
    places = tracked(range(count), progress, 0, count)
    return tuple(visits.history[visits.entry_index(place)].state for place in places)


def _divergence(visits: StateHistory, entered: tuple[str, ...], common: int) -> Divergence:
    index = visits.entry_index(common) if common < len(entered) else None
    return Divergence(index, entered[common:])
