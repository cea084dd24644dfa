"""Coverage: how often sessions took each state and each transition of their machine (§4.7)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Self

import msgspec

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.machine_data import MachineData
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.translation import Phrase, phrase

NEVER = phrase("never")  # in place of 0
_ARROW = " → "


class Taken(msgspec.Struct, frozen=True, rename={"source": "from", "target": "to"}):
    """How many times sessions took the transition from `source` to `target`."""

    source: str
    target: str
    times: int


class Counts(msgspec.Struct, frozen=True):
    """What some sessions took; what is missing was never taken."""

    sessions: int
    states: dict[str, int]
    transitions: tuple[Taken, ...]


class CoverageData(Counts, frozen=True, kw_only=True):
    """Coverage as JSON, with its whole machine: all states and transitions are listed.

    `tests` has the share of each test, if they are known. The shares of all, from 0 to 1, are there
    for other programs; they are not read.
    """

    machine: MachineData
    state_share: float
    transition_share: float
    tests: dict[str, Counts] = {}


class Coverage:
    """How often each state of `machine` was entered, and each transition taken, by `sessions`.

    `states` and `transitions` count them all, in the table's order, but what cannot be reached.
    Nothing else is counted. `tests` has the coverage of each test whose sessions were counted.
    """

    def __init__(self, machine: StateMachine) -> None:
        self.machine = machine
        self.tests: dict[str, Coverage] = {}
        self.sessions = 0
        lost = machine.unreachable
        self.states = {state: 0 for state in machine.states if state not in lost}
        self.transitions = {edge: 0 for edge in machine.edges if edge[0] not in lost}

    @classmethod
    def of(cls, data: CoverageData) -> Self:
        """Return the coverage in `data`; raises ValueError if its machine is invalid."""
        coverage = cls(data.machine.restored())
        coverage._take_over(data)
        for test, counts in data.tests.items():
            coverage._of_test(test)._take_over(counts)
        return coverage

    def add_path(self, states: Sequence[str]) -> None:
        """Count a session that entered `states`, one after the other."""
        self._count(1, Counter(states), Counter(pairwise(states)))

    def add(self, history: Sequence[Event]) -> None:
        """Count a session; a history without events is none."""
        if history:
            self.add_visits(StateHistory(self.machine, history))

    def add_visits(
        self,
        visits: StateHistory,
        position: int | None = None,
        *,
        inherited: int = 0,
        test: str | None = None,
    ) -> None:
        """Count a session of `test` up to `position`, but not what a fork has `inherited`."""
        indices = [visits.entry_index(place) for place in range(visits.visit_count(position))]
        entered = [visits.history[index].state for index in indices]
        first = bisect_left(indices, inherited)
        counts = Counter(entered[first:]), Counter(pairwise(entered[max(first - 1, 0) :]))
        self._count(1, *counts)
        if test is not None:
            self._of_test(test)._count(1, *counts)

    def merge(self, other: "Coverage") -> None:
        """Add the counts of `other`; raises ValueError if it is of another machine."""
        if other.machine != self.machine:
            raise ValueError("coverage of different state machines cannot be merged")
        self._count(other.sessions, other.states, other.transitions)
        for test, counted in other.tests.items():
            self._of_test(test).merge(counted)

    @property
    def state_share(self) -> float:
        """The share of the states that were entered, from 0 to 1."""
        return _share(self.states)

    @property
    def transition_share(self) -> float:
        """The share of the transitions that were taken, from 0 to 1 (of none: 1)."""
        return _share(self.transitions)

    def is_under(self, percent: float) -> bool:
        """Return whether fewer than `percent` of the states or of the transitions were taken."""
        return any(
            100 * _taken(counts) < percent * len(counts)
            for counts in (self.states, self.transitions)
        )

    def data(self) -> CoverageData:
        return CoverageData(
            machine=MachineData.of(self.machine),
            sessions=self.sessions,
            states=dict(self.states),
            transitions=tuple(Taken(*edge, times) for edge, times in self.transitions.items()),
            state_share=self.state_share,
            transition_share=self.transition_share,
            tests={test: one.counts() for test, one in sorted(self.tests.items())},
        )

    def counts(self) -> Counts:
        """Return what was taken."""
        taken = self.transitions.items()
        return Counts(
            self.sessions,
            {state: times for state, times in self.states.items() if times},
            tuple(Taken(*edge, times) for edge, times in taken if times),
        )

    def lines(self) -> Iterator[str]:
        """Yield the lines of a table of all states and transitions, and the summary."""
        states = self.states.items()
        edges = [(_ARROW.join(edge), times) for edge, times in self.transitions.items()]
        width = max(len("transition"), *(len(name) for name, _ in (*states, *edges)))
        for heading, rows in (("state", states), ("transition", edges)):
            yield f"{heading:<{width}}  times"
            for name, times in rows:
                yield f"{name:<{width}}  {f'{times:,}' if times else NEVER:>5}"
            yield ""
        yield self.summary()

    def summary(self) -> str:
        return phrase(
            "{n:,} session: {states}, {transitions}.",
            "{n:,} sessions: {states}, {transitions}.",
            n=self.sessions,
            states=_taken_of("{taken} of {all} states ({share:.1f} %)", self.states),
            transitions=_taken_of("{taken} of {all} transitions ({share:.1f} %)", self.transitions),
        )

    def _of_test(self, test: str) -> "Coverage":
        return self.tests.setdefault(test, Coverage(self.machine))

    def _take_over(self, counts: Counts) -> None:
        taken = {(one.source, one.target): one.times for one in counts.transitions}
        self._count(counts.sessions, counts.states, taken)

    def _count(
        self, sessions: int, states: Mapping[str, int], transitions: Mapping[Edge, int]
    ) -> None:
        self.sessions += sessions
        for state in self.states:
            self.states[state] += states.get(state, 0)
        for edge in self.transitions:
            self.transitions[edge] += transitions.get(edge, 0)


def _taken(counts: Mapping[Any, int]) -> int:
    return sum(times > 0 for times in counts.values())


def _taken_of(text: str, counts: Mapping[Any, int]) -> Phrase:
    return phrase(text, taken=_taken(counts), all=len(counts), share=100 * _share(counts))


def _share(counts: Mapping[Any, int]) -> float:
    return _taken(counts) / len(counts) if counts else 1.0
