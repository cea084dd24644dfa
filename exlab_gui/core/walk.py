"""The way a session took through its machine, to be asked about at any moment of it."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from exlab_gui.core.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.core.events import Event, Mark
from exlab_gui.core.machine import Edge, StateMachine

# With no other envelope than these, an event entered a state only where it bears another state.
_BETWEEN_TRANSITIONS = (type(None), ProgressEnvelope, WarningEnvelope)


class Stay(NamedTuple):
    """One state for as long as the session stayed in it; `end` is None where it still is there."""

    state: str
    start: datetime
    end: datetime | None


class Walk:
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
        self.extend()

    def extend(self) -> None:
        """Take in the events that the history has gained since the last time."""
        history = self.history
        state = history[self._entries[-1]].state if self._entries else None
        for index in range(self.count, len(history)):
            event = history[index]
            if event.state == state and (
                type(event.envelope) in _BETWEEN_TRANSITIONS or event.mark is Mark.LATE
            ):
                continue
            if state is not None:
                self._first_taken.setdefault((state, event.state), index)
            self._first_entered.setdefault(event.state, index)
            self._entries.append(index)
            state = event.state
        self.count = len(history)

    def entered(self, moment: int | None = None) -> Event:
        """Return the event that entered the state of `moment`."""
        return self.history[self._entries[self.stay_count(moment) - 1]]

    def state(self, moment: int | None = None) -> str:
        """Return the state of `moment`."""
        return self.entered(moment).state

    def last_edge(self, moment: int | None = None) -> Edge | None:
        """Return the transition that led into the state of `moment`; None for the first state."""
        place = self.stay_count(moment) - 1
        if place == 0:
            return None
        before, after = (self.history[self._entries[p]].state for p in (place - 1, place))
        return before, after

    def visited(self, state: str, moment: int | None = None) -> bool:
        """Return whether the session had been in `state` by `moment`."""
        return self._first_entered.get(state, self.count) < self._until(moment)

    def taken(self, edge: Edge, moment: int | None = None) -> bool:
        """Return whether the session had gone `edge` by `moment`."""
        return self._first_taken.get(edge, self.count) < self._until(moment)

    def violations(self, moment: int | None = None) -> list[Edge]:
        """Return the transitions taken by `moment` that the machine does not allow."""
        return [
            edge
            for edge in self._first_taken
            if not self.machine.allows(*edge) and self.taken(edge, moment)
        ]

    def stay_count(self, moment: int | None = None) -> int:
        """Return how many states, repeated ones included, were entered by `moment`."""
        if moment is None:
            return len(self._entries)
        return bisect_left(self._entries, self._until(moment))

    def stay(self, place: int, moment: int | None = None) -> Stay:
        """Return the state entered as number `place` (from 0), and when, as known at `moment`."""
        entered = self.history[self._entries[place]]
        if place + 1 >= self.stay_count(moment):
            return Stay(entered.state, entered.at, None)
        return Stay(entered.state, entered.at, self.history[self._entries[place + 1]].at)

    def entry_index(self, place: int) -> int:
        """Return the index in the history of the event that began stay number `place`."""
        return self._entries[place]

    def _until(self, moment: int | None) -> int:
        return self.count if moment is None else min(max(moment, 1), self.count)
