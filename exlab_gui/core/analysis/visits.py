"""The way a session took through its machine, to be asked about at any moment of it."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.text.durations import Span


class Certainty(StrEnum):
    """How it is known that a session was in a state, or took a transition; the surest first."""

    OBSERVED = "observed"
    INFERRED = "inferred"
    """It was not seen, but nothing else can have happened."""

    UNOBSERVED = "unobserved"
    """The session came from the one state to the other, in some way that nobody saw."""


class Visit(NamedTuple):
    """One state for as long as the session stayed in it; `end` is None where it still is there.

    Where the session may have come, or gone, at any time since `start_from`, or `end_from`, that
    is given. `known` is how the way into the state is known.
    """

    state: str
    start: datetime
    end: datetime | None
    start_from: datetime | None = None
    end_from: datetime | None = None
    known: Certainty = Certainty.OBSERVED

    def lasted(self, now: datetime) -> Span:
        """Return how long it lasted, up to `now` where it goes on; never negative."""
        end = self.end or now
        return Span.between(self.start_from or self.start, self.start, self.end_from or end, end)


class StateHistory:
    """An index over a history that grows at its end.

    Every question may be asked of a *moment*: the session as it was after so many events (None:
    after all of them). Each takes at most O(log n), so that a window can be moved to any place in
    a million events at once. A history holds at least one event.
    """

    def __init__(self, machine: StateMachine, history: Sequence[Event]) -> None:
        self.machine = machine
        self.history = history
        self.count = 0  # of the events taken in
        self._entries: list[int] = []  # indices of the events that entered a state
        self._first_entered: dict[str, int] = {}
        self._first_taken: dict[Edge, int] = {}
        self._first_known: dict[tuple[str | Edge, Certainty], int] = {}
        self.extend()

    def extend(self) -> None:
        """Take in the events that the history has gained since the last time."""
        history = self.history
        state = history[self._entries[-1]].state if self._entries else None
        for index in range(self.count, len(history)):
            event = history[index]
            if not event.enters(state):
                continue
            if state is not None:
                edge = (state, event.state)
                self._first_taken.setdefault(edge, index)
                how = _way_known(history[self._entries[-1]], event)
                self._first_known.setdefault((edge, how), index)
            self._first_entered.setdefault(event.state, index)
            self._first_known.setdefault((event.state, _entry_known(event)), index)
            self._entries.append(index)
            state = event.state
        self.count = len(history)

    def entered(self, position: int | None = None) -> Event:
        """Return the event that entered the state of `position`."""
        return self.history[self._entries[self.visit_count(position) - 1]]

    def state(self, position: int | None = None) -> str:
        """Return the state of `position`."""
        return self.entered(position).state

    def last_edge(self, position: int | None = None) -> Edge | None:
        """Return the transition that led into the state of `position`; None for the first state."""
        place = self.visit_count(position) - 1
        if place == 0:
            return None
        before, after = (self.history[self._entries[p]].state for p in (place - 1, place))
        return before, after

    def visited(self, state: str, position: int | None = None) -> bool:
        """Return whether the session had been in `state` by `position`."""
        return self._first_entered.get(state, self.count) < self._until(position)

    def taken(self, edge: Edge, position: int | None = None) -> bool:
        """Return whether the session had gone `edge` by `position`."""
        return self._first_taken.get(edge, self.count) < self._until(position)

    def known(self, what: str | Edge, position: int | None = None) -> Certainty | None:
        """Return how it is known, at best, that by `position` the session had been in a state.

        The same goes for an edge that it had taken. None where it had not.
        """
        until = self._until(position)
        first = self._first_known
        return next((how for how in Certainty if first.get((what, how), self.count) < until), None)

    def off_table(self, position: int | None = None) -> list[Edge]:
        """Return the transitions taken by `position` that the machine does not have.

        One that is known as unobserved is a gap, any other one is a violation.
        """
        return [
            edge
            for edge in self._first_taken
            if not self.machine.allows(*edge) and self.taken(edge, position)
        ]

    def visit_count(self, position: int | None = None) -> int:
        """Return how many states, repeated ones included, were entered by `position`."""
        if position is None:
            return len(self._entries)
        return bisect_left(self._entries, self._until(position))

    def visit(self, place: int, position: int | None = None) -> Visit:
        """Return the state entered as number `place` (from 0), and when, as known at `position`."""
        entered = self.history[self._entries[place]]
        known = Certainty.UNOBSERVED if entered.mark is Mark.GAP else _entry_known(entered)
        if place + 1 >= self.visit_count(position):
            return Visit(entered.state, entered.at, None, entered.earliest, None, known)
        left = self.history[self._entries[place + 1]]
        return Visit(entered.state, entered.at, left.at, entered.earliest, left.earliest, known)

    def lasted(self, position: int | None = None) -> Span:
        """Return how long it took from the first event into the state of `position`."""
        first, last = self.history[0], self.entered(position)
        return Span.between(first.earliest or first.at, first.at, last.earliest or last.at, last.at)

    def entry_index(self, place: int) -> int:
        """Return the index in the history of the event that began stay number `place`."""
        return self._entries[place]

    def _until(self, position: int | None) -> int:
        return self.count if position is None else min(max(position, 1), self.count)


def _entry_known(event: Event) -> Certainty:
    return Certainty.INFERRED if event.origin is Origin.INFERRED else Certainty.OBSERVED


def _way_known(before: Event, event: Event) -> Certainty:
    """Return how it is known that the session went straight from one entry to the next."""
    if event.mark is Mark.GAP:
        return Certainty.UNOBSERVED
    return (
        Certainty.INFERRED
        if Origin.INFERRED in (before.origin, event.origin)
        else Certainty.OBSERVED
    )
