"""Two sessions side by side: how far they went the same way, and how long each took."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.text.durations import Span

_NONE = Span.exactly(timedelta())


class Spent(NamedTuple):
    """The time that each of two sessions spent in a state, visits and all."""

    state: str
    first: Span
    second: Span


class Divergence(NamedTuple):
    """What one session did after the two had parted.

    `event_index` is the place, in its history, of the first event of its own way, None where it has
    none; `states` are those that it entered from there on.
    """

    event_index: int | None
    states: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Where two sessions part, what each did after, and the time spent per state.

    `common` are the states that both entered, in the same order, before they parted. `spent` has
    the states that either was in, in the order of the first one's machine.
    """

    common: tuple[str, ...]
    first: Divergence
    second: Divergence
    spent: tuple[Spent, ...]

    @property
    def parted(self) -> bool:
        """Whether the sessions went different ways, or one of them further than the other."""
        return bool(self.first.states or self.second.states)


def span_spent(visits: StateHistory) -> dict[str, Span]:
    """Return how long the session was in each state that it entered, in the order of entering.

    A session that still is in a state is taken to have been so until its last event. Where the
    clock was set back, the time is none rather than negative.
    """
    spent: dict[str, Span] = {}
    until = visits.history[-1].at
    for place in range(visits.visit_count()):
        visit = visits.visit(place)
        spent[visit.state] = spent.get(visit.state, _NONE) + visit.lasted(until)
    return spent


def compare(first: StateHistory, second: StateHistory) -> Comparison:
    """Return how the way of one session compares to that of another.

    What counts are the states that were entered, not when.
    """
    entered, others = _entered(first), _entered(second)
    differing = (n for n, (a, b) in enumerate(zip(entered, others, strict=False)) if a != b)
    common = next(differing, min(len(entered), len(others)))
    spent, other_spent = span_spent(first), span_spent(second)
    return Comparison(
        common=entered[:common],
        first=_way(first, entered, common),
        second=_way(second, others, common),
        spent=tuple(
            Spent(state, spent.get(state, _NONE), other_spent.get(state, _NONE))
            for state in dict.fromkeys((*first.machine.states, *entered, *others))
            if state in spent or state in other_spent
        ),
    )


def _entered(visits: StateHistory) -> tuple[str, ...]:
    return tuple(visits.visit(place).state for place in range(visits.visit_count()))


def _way(visits: StateHistory, entered: tuple[str, ...], common: int) -> Divergence:
    index = visits.entry_index(common) if common < len(entered) else None
    return Divergence(index, entered[common:])
