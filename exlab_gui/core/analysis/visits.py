"""The visits of a session, which can be asked for at any position of its history."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.progress import CHUNK, Progress, no_progress, tracked
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.text.durations import Span


class Certainty(StrEnum):
    """How a visit or a transition is known; the surest first."""

    OBSERVED = "observed"
    INFERRED = "inferred"
    """It was not observed, but nothing else can have happened, apart from loops."""

    UNOBSERVED = "unobserved"
    """The session came from the one state to the other by a path that nobody observed."""


class Visit(NamedTuple):
    """One stay in a state; `end` is None if it goes on.

    If the session may have entered, or left, at any time since `start_from`, or `end_from`, that is
    given. `known` is how the entry is known.
    """

    state: str
    start: datetime
    end: datetime | None
    start_from: datetime | None = None
    end_from: datetime | None = None
    known: Certainty = Certainty.OBSERVED

    def lasted(self, now: datetime) -> Span:
        """Return the dwell time, up to `now` if the visit goes on; never negative."""
        end = self.end or now
        return Span.between(self.start_from or self.start, self.start, self.end_from or end, end)


class StateHistory:
    """An index over a history that grows at its end.

    A *position* is a number of events after which the session is asked about (None: all of them).
    Each question takes at most O(log n), so that the playhead moves freely in a million events. A
    history holds at least one event.
    """

    def __init__(
        self, machine: StateMachine, history: Sequence[Event], progress: Progress = no_progress
    ) -> None:
        self.machine = machine
        self.history = history
        self.count = 0  # of the events taken in
        self._entries: list[int] = []  # indices of the events that entered a state
        self._explanations: list[int] = []
        # By state and by edge: the first event from which each was known so, of the first entries.
        self._first: dict[str | Edge, dict[Certainty, int]] = {}
        self._ordered = 0
        self.extend(progress)

    def extend(self, progress: Progress = no_progress) -> None:
        """Take in the new events of the history."""
        history, count = self.history, len(self.history)
        state = history[self._entries[-1]].state if self._entries else None
        for index in tracked(range(self.count, count), progress, self.count, count):
            event = history[index]
            if event.enters(state):
                self._entries.append(index)
                state = event.state
            elif isinstance(event.cause, Explained):
                self._explanations.append(index)
        self.count = count
        if len(self._entries) - self._ordered >= CHUNK:  # to order more later would take long
            self._first_known()

    def entered(self, position: int | None = None) -> Event:
        """Return the event that entered the state of `position`."""
        return self.history[self._entries[self.visit_count(position) - 1]]

    def left(self, position: int | None = None) -> Event | None:
        """Return the event that left the state of `position`, or None if none has."""
        place = self.visit_count(position)
        return None if place == len(self._entries) else self.history[self._entries[place]]

    def state(self, position: int | None = None) -> str:
        return self.entered(position).state

    def last_edge(self, position: int | None = None) -> Edge | None:
        """Return the transition that led into the state of `position`; None for the first state."""
        place = self.visit_count(position) - 1
        if place == 0:
            return None
        before, after = (self.history[self._entries[p]].state for p in (place - 1, place))
        return before, after

    def explanation(self, position: int | None = None) -> Explained | None:
        """Return what was found out by `position` about the end of the session, if it is over."""
        begin = self._entries[self.visit_count(position) - 1]
        place = bisect_left(self._explanations, begin)
        found = self._explanations[place : place + 1]
        if not found or found[0] >= self._until(position):
            return None
        cause = self.history[found[0]].cause
        return cause if isinstance(cause, Explained) else None

    def visited(self, state: str, position: int | None = None) -> bool:
        return self.known(state, position) is not None

    def taken(self, edge: Edge, position: int | None = None) -> bool:
        return self.known(edge, position) is not None

    def known(self, what: str | Edge, position: int | None = None) -> Certainty | None:
        """Return how it is known, at best, that a state was entered or an edge taken, or None."""
        first = self._first_known().get(what)
        if first is None:
            return None
        until = self._until(position)
        return next((how for how in Certainty if first.get(how, until) < until), None)

    def off_table(self, position: int | None = None) -> list[Edge]:
        """Return the transitions taken by `position` that are not in the table.

        An unobserved one is a gap, any other one is a violation.
        """
        return [
            what
            for what in self._first_known()
            if isinstance(what, tuple)
            and not self.machine.allows(*what)
            and self.taken(what, position)
        ]

    def visit_count(self, position: int | None = None) -> int:
        """Return the number of visits by `position`."""
        if position is None:
            return len(self._entries)
        return bisect_left(self._entries, self._until(position))

    def visit(self, place: int, position: int | None = None) -> Visit:
        """Return visit number `place`, from 0, as known at `position`."""
        entered = self.history[self._entries[place]]
        known = Certainty.UNOBSERVED if entered.after_gap else _entry_known(entered)
        if place + 1 >= self.visit_count(position):
            return Visit(entered.state, entered.at, None, entered.earliest, None, known)
        left = self.history[self._entries[place + 1]]
        return Visit(entered.state, entered.at, left.at, entered.earliest, left.earliest, known)

    def lasted(self, position: int | None = None) -> Span:
        """Return the time from the first event to the entry of the state of `position`."""
        first, last = self.history[0], self.entered(position)
        return Span.between(first.earliest or first.at, first.at, last.earliest or last.at, last.at)

    def path(self, position: int | None = None) -> list[str]:
        """Return the states of all visits by `position`, one after the other."""
        count = self.visit_count(position)
        return [self.history[index].state for index in self._entries[:count]]

    def entry_index(self, place: int) -> int:
        """Return the index in the history of the event that began visit number `place`."""
        return self._entries[place]

    def position_like(self, other: "StateHistory", position: int | None) -> int | None:
        """Return the position of this history at which it shows what `other` does at `position`.

        This is `other`, corrected: the visit is the one that is as often in its state.
        """
        if position is None:
            return None
        entered = other.path(position)
        state, times = entered[-1], entered.count(entered[-1])
        alike = [index for index in self._entries if self.history[index].state == state]
        return alike[min(times, len(alike)) - 1] + 1 if alike else None

    def _first_known(self) -> dict[str | Edge, dict[Certainty, int]]:
        """Return `_first` of all entries: most sessions are short, and never asked for it."""
        first, history, entries = self._first, self.history, self._entries
        for place in range(self._ordered, len(entries)):
            event = history[entries[place]]
            first.setdefault(event.state, {}).setdefault(_entry_known(event), entries[place])
            if place:
                before = history[entries[place - 1]]
                edge = first.setdefault((before.state, event.state), {})
                edge.setdefault(_edge_known(before, event), entries[place])
        self._ordered = len(entries)
        return first

    def _until(self, position: int | None) -> int:
        return self.count if position is None else min(max(position, 1), self.count)


def _entry_known(event: Event) -> Certainty:
    return Certainty.INFERRED if event.origin is Origin.INFERRED else Certainty.OBSERVED


def _edge_known(before: Event, event: Event) -> Certainty:
    """Return how the transition from one entry to the next is known."""
    if event.after_gap:
        return Certainty.UNOBSERVED
    inferred = Origin.INFERRED in (before.origin, event.origin)
    return Certainty.INFERRED if inferred else Certainty.OBSERVED
