"""Two sessions side by side: where they diverge, and how long each took."""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.progress import Progress, no_progress, step, tracked
from exlab_gui.core.text.durations import Span

_NONE = Span.exactly(timedelta())


class Spent(NamedTuple):
    """The time that each of two sessions spent in a state, all visits together.

    None: it was never in that state.
    """

    state: str
    first: Span | None
    second: Span | None

    @property
    def difference(self) -> timedelta | None:
        """How much longer the second one took; None if either was never in the state."""
        if self.first is None or self.second is None:
            return None
        return self.second.middle - self.first.middle


class Divergence(NamedTuple):
    """The states that one session entered after the two diverged.

    `event_index` is that of the first event after it, None if there is none.
    """

    event_index: int | None
    states: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Where two sessions diverge, and the time spent in each state.

    `common` are the states that both entered first, in the same order. `spent` has the states that
    either was in, in the order of the first one's machine.
    """

    common: tuple[str, ...]
    first: Divergence
    second: Divergence
    spent: tuple[Spent, ...]

    @property
    def diverged(self) -> bool:
        """Whether the sessions entered different states, or one of them more than the other."""
        return bool(self.first.states or self.second.states)


def time_spent(
    visits: StateHistory, progress: Progress = no_progress, *, until: datetime | None = None
) -> dict[str, Span]:
    """Return the time spent in each state, in the order of entering; never negative.

    The last visit is taken to end at `until`, or with the last event.
    """
    spent: dict[str, Span] = {}
    until = until or visits.history[-1].at
    count = visits.visit_count()
    for place in tracked(range(count), progress, 0, count):
        visit = visits.visit(place)
        spent[visit.state] = spent.get(visit.state, _NONE) + visit.lasted(until)
    return spent


def compare(
    first: StateHistory,
    second: StateHistory,
    progress: Progress = no_progress,
    *,
    until: tuple[datetime | None, datetime | None] = (None, None),
) -> Comparison:
    """Compare the states that two sessions entered, whenever that was.

    `until`: the present time of each session that goes on.
    """
    entered = _entered(first, step(progress, 0, of=4))
    others = _entered(second, step(progress, 1, of=4))
    differing = (n for n, (a, b) in enumerate(zip(entered, others, strict=False)) if a != b)
    common = next(differing, min(len(entered), len(others)))
    spent = time_spent(first, step(progress, 2, of=4), until=until[0])
    other_spent = time_spent(second, step(progress, 3, of=4), until=until[1])
    return Comparison(
        common=entered[:common],
        first=_divergence(first, entered, common),
        second=_divergence(second, others, common),
        spent=tuple(
            Spent(state, spent.get(state), other_spent.get(state))
            for state in dict.fromkeys((*first.machine.states, *entered, *others))
            if state in spent or state in other_spent
        ),
    )


def _entered(visits: StateHistory, progress: Progress) -> tuple[str, ...]:
    count = visits.visit_count()
    places = tracked(range(count), progress, 0, count)
    return tuple(visits.history[visits.entry_index(place)].state for place in places)


def _divergence(visits: StateHistory, entered: tuple[str, ...], common: int) -> Divergence:
    index = visits.entry_index(common) if common < len(entered) else None
    return Divergence(index, entered[common:])
