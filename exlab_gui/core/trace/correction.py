"""A session's history with late messages put where they belong.

Messages of the event stream can arrive long after the states that they tell of were polled or
inferred. Recordings keep all in the order of arrival; everything that is shown is corrected.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.emission import state_told_by
from exlab_gui.core.protocol.envelopes import Envelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.trace.inference import infer_path
from exlab_gui.core.trace.time_bounds import ANY_TIME, in_time, narrowed

_LATE = Mark.LATE  # looked up once, for a million events


class _Visit:
    """The event that entered a state, and what came until the next one was entered."""

    __slots__ = ("entry", "messages")

    def __init__(self, entry: Event) -> None:
        self.entry = entry
        self.messages: list[Event] = []


class CorrectedHistory:
    """The history of a session whose `arrivals` are added one by one.

    A late message about an entry that was polled or inferred makes it an observed one; one about a
    state that was not known to have been entered adds it. What lies between is inferred anew. A
    late message that fits nowhere stays where it arrived.
    """

    def __init__(self, machine: StateMachine) -> None:
        self.machine: Final = machine
        self.arrivals: Final[list[Event]] = []
        self.last_entry: Event
        """The arrival that entered the last state."""
        self.state: str
        """The state that was entered last; it is asked for at each poll of each session."""
        self._visits: list[_Visit] = []
        self._told = 0  # the visit that the stream has come to; it tells nothing of the first
        self._events = self.arrivals
        self._is_outdated = False
        self._places: list[int] = []

    @property
    def places(self) -> Sequence[int]:
        """The index of the arrival that each of the `events` comes from."""
        return self._places if self.events is not self.arrivals else range(len(self.arrivals))

    @property
    def events(self) -> Sequence[Event]:
        """The events in order: a sequence that grows, and after a correction a new one.

        Without any correction, that is `arrivals`.
        """
        if self._is_outdated:
            self._events, self._is_outdated = self._ordered(), False
        return self._events

    @property
    def entered(self) -> Event:
        """The event that entered it."""
        return self._visits[-1].entry

    @property
    def caught_up(self) -> bool:
        """Whether the stream has told of the last known state."""
        return self._told == len(self._visits) - 1

    def expects(self, state: str) -> bool:
        """Return whether `state` was entered, and the stream has not told of that yet."""
        return self._untold(state) is not None

    def come_to(self, envelope: Envelope) -> str | None:
        """Note that the stream has come to `envelope`, which was sent during a visit.

        Who began to listen late, or shares the stream, has missed how that began. Return the state
        in which it was sent if no such visit is known.
        """
        state = state_told_by(self.machine, envelope)
        if state is None or state == self._visits[self._told].entry.state:
            return None
        if (place := self._untold(state)) is not None:
            self._told = place
            return None
        return None if state in self.machine.terminal else state

    def add(self, event: Event, *, told: bool) -> None:
        """Add an arrival; `told`: the stream has told of everything until then."""
        self.arrivals.append(event)
        if event.mark is Mark.LATE and self._visits:
            if self._put_in_place(event):
                self._is_outdated = True
                return
        elif not self._visits or event.enters(self.state):
            self._visits.append(_Visit(event))
            self.last_entry, self.state = event, event.state
            self._follow(event, told)
            return
        self._visits[-1].messages.append(event)
        self._follow(event, told)

    def _follow(self, event: Event, told: bool) -> None:
        if told:
            self._told = len(self._visits) - 1
        if self._events is not self.arrivals and not self._is_outdated:
            self._events.append(replace(event, seq=len(self._events) + 1))
            self._places.append(event.seq - 1)

    def _untold(self, state: str) -> int | None:
        """Return the first visit to `state` that the stream has not told of yet, or None."""
        untold = range(self._told + 1, len(self._visits))
        return next((place for place in untold if self._visits[place].entry.state == state), None)

    def _put_in_place(self, late: Event) -> bool:
        """Put `late` where it belongs; return whether that is known."""
        envelope = late.envelope
        if late.origin is not Origin.OBSERVED or late.state != self.state:
            return False
        if envelope is None:
            return self._is_end(late) and self._confirm_end()
        if not envelope.enters:
            if (missed := self.come_to(envelope)) is not None:
                self._insert(missed, late, None)
            visit = self._visits[self._told]
            state = visit.entry.state
            visit.messages.append(replace(late, state=state, mark=None, earliest=ANY_TIME))
            return True
        state_told = state_told_by(self.machine, envelope)
        if state_told is None:
            return False
        if (place := self._untold(state_told)) is not None:
            self._confirm(place, late, envelope)
            return True
        return self._insert(state_told, late, envelope)

    def _is_end(self, late: Event) -> bool:
        """Return whether `late` only says that the stream was read to its end."""
        is_over = late.state in self.machine.terminal
        return is_over and late.wire is None and not isinstance(late.cause, Explained)

    def _confirm_end(self) -> bool:
        """Take what no message tells of: the session ended in the state that was told of last."""
        if self._told == len(self._visits) - 2:
            self._told += 1
            self._close_gap(self._told)
        return True

    def _confirm(self, place: int, late: Event, envelope: Envelope) -> None:
        """Take the entry at `place` for observed, as `late` tells of it.

        A failure tells in which state it struck, too: nothing else may have told of that.
        """
        failed_in = self._state_before(place, envelope)
        if failed_in is not None:
            count = len(self._visits)
            self._insert_at(place, failed_in, late, None)
            place += len(self._visits) - count
        visit, follows = self._visits[place], place == self._told + 1
        entry = visit.entry
        earliest, at = narrowed(entry.earliest or entry.at, entry.at, envelope)
        visit.entry = replace(
            entry,
            at=at,
            origin=Origin.OBSERVED,
            envelope=envelope,
            wire=late.wire,
            earliest=earliest,
        )
        self._told = place
        before = self.machine.phase(self._visits[place - 1].entry.state)
        if follows and (envelope.phase_from != "before" or envelope.phase == before):
            self._close_gap(place)

    def _close_gap(self, place: int) -> None:
        """Take note that nothing passed before the entry at `place`, if the table allows that."""
        before, visit = self._visits[place - 1].entry.state, self._visits[place]
        if visit.entry.mark is Mark.GAP and self.machine.allows(before, visit.entry.state):
            visit.entry = replace(visit.entry, mark=None)

    def _insert(self, state: str, late: Event, envelope: Envelope | None) -> bool:
        """Add that `state` was entered after what the stream told of; return whether it can be.

        Without an `envelope`, `late` was sent in that state, but nothing told of its entry.
        """
        place = self._place_for(state)
        if place is not None:
            self._insert_at(place, state, late, envelope)
        return place is not None

    def _state_before(self, place: int, envelope: Envelope) -> str | None:
        """Return the state that `envelope` tells of before its own, if no visit there is known."""
        if envelope.phase_from != "before" or envelope.phase is None:
            return None
        before, state = self._visits[place - 1].entry.state, self.machine.told_by(envelope.phase)
        if state in (None, before) or not self.machine.path(before, str(state)):
            return None
        return state

    def _insert_at(self, place: int, state: str, late: Event, envelope: Envelope | None) -> None:
        before, after = self._visits[place - 1].entry, self._visits[place].entry
        passed, is_sure = infer_path(self.machine, before.state, state)
        if place == self._told + 1 and self.machine.allows(before.state, state):
            passed, is_sure = (), True
        follow, is_sure_after = infer_path(self.machine, state, after.state)
        earliest, at = narrowed(before.earliest or before.at, after.at, envelope)
        entry = Event(
            late.seq,
            at,
            state,
            Origin.OBSERVED,
            envelope,
            wire=late.wire if envelope else None,
            earliest=earliest,
            mark=None if is_sure else Mark.GAP,
        )
        if after.mark in (None, Mark.GAP):
            mark = None if is_sure_after else Mark.GAP
            self._visits[place].entry = replace(after, mark=mark)

        def inferred(states: Sequence[str]) -> Iterator[_Visit]:
            for one in states:
                yield _Visit(Event(late.seq, after.at, one, Origin.INFERRED, earliest=earliest))

        self._visits[place:place] = [*inferred(passed), _Visit(entry), *inferred(follow)]
        self._told = place + len(passed)

    def _place_for(self, state: str) -> int | None:
        """Return the place at which an entry of `state` fits best, or None if nowhere."""
        machine, best, found = self.machine, (False, -1), None
        visits = self._visits[self._told :]
        for place, (one, other) in enumerate(pairwise(visits), self._told + 1):
            before, after = one.entry.state, other.entry.state
            if machine.path(before, state) is None or machine.path(state, after) is None:
                continue
            steps = machine.allows(before, state) + machine.allows(state, after)
            fit = other.entry.mark is Mark.GAP, steps
            if fit > best:
                best, found = fit, place
        return found

    def _ordered(self) -> list[Event]:
        """Return all events, numbered, each with the time that its neighbours leave to it."""
        events = [event for visit in self._visits for event in (visit.entry, *visit.messages)]
        self._places = [event.seq - 1 for event in events]
        return in_time(events)


def is_late(event: Event) -> bool:
    """Return whether `event` is a message that was observed late, and may correct others."""
    return event.mark is _LATE and event.origin is Origin.OBSERVED


class Correction(NamedTuple):
    """A corrected history, and the index of the arrival that each event comes from."""

    events: Sequence[Event]
    places: Sequence[int]


def corrected(machine: StateMachine, arrivals: Sequence[Event]) -> Sequence[Event]:
    """Return the history that `arrivals` tell of, corrected; without late ones, that is the same.

    Arrivals that are not all there, or not in their order, are returned as they are.
    """
    return correct(machine, arrivals).events


def correct(machine: StateMachine, arrivals: Sequence[Event]) -> Correction:
    """Be `corrected`, and return where each event comes from as well."""
    as_they_are = Correction(arrivals, range(len(arrivals)))
    if not any(map(is_late, arrivals)):
        return as_they_are
    if any(event.seq != seq for seq, event in enumerate(arrivals, 1)):
        return as_they_are
    if any(before.at > event.at for before, event in pairwise(arrivals)):
        return as_they_are
    history = CorrectedHistory(machine)
    for event in arrivals:
        # What was polled has a range of times; of a polled state, no other envelope is known.
        told = event.mark is not Mark.LATE and event.envelope is not None and not event.earliest
        history.add(event, told=told)
    return Correction(history.events, history.places)
