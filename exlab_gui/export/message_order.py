"""Late messages of a live session, put where they belong."""

from collections.abc import Iterable
from itertools import pairwise, starmap

from msgspec.structs import replace

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.emission import state_told_by
from exlab_gui.core.protocol.events import Event, Mark


class MisplacedError(ValueError):
    """A late message fits nowhere between the events that were observed."""


def in_order(machine: StateMachine, events: Iterable[Event]) -> list[Event]:
    """Return `events` as if no message of the event stream had been late.

    The envelope of a late message is that of the entry that it reports; if that was not observed,
    the entry is added. What a message tells between two entries follows the one that the stream has
    come to. Raises MisplacedError.
    """
    ordered: list[Event] = []
    reported = 0  # the event that the stream has come to
    for event in events:
        if event.mark is not Mark.LATE or event.envelope is None:
            ordered.append(event)
            # A snapshot tells of a question too, but not of any other envelope.
            if event.envelope is not None and event.kind != "input_required":
                reported = len(ordered) - 1
        elif not event.envelope.enters:
            state = ordered[reported].state
            reported += 1
            ordered.insert(reported, replace(event, state=state, mark=None))
        else:
            reported = _put_entry(machine, ordered, reported, event)
    return ordered


def _put_entry(machine: StateMachine, ordered: list[Event], reported: int, late: Event) -> int:
    """Put `late`, which reports an entry after that at `reported`, in its place; return that."""
    state = state_told_by(machine, late.envelope) if late.envelope else None
    for place in range(reported + 1, len(ordered)):
        entry = ordered[place]
        if entry.state == state and entry.enters(ordered[place - 1].state):
            if entry.envelope is None:
                ordered[place] = replace(entry, envelope=late.envelope)
            return place
    before = ordered[reported].state
    place = next(
        (n for n in range(reported + 1, len(ordered)) if ordered[n].enters(before)), len(ordered)
    )
    after = [event.state for event in ordered[place : place + 1]]
    if state is None or not all(starmap(machine.allows, pairwise([before, state, *after]))):
        raise MisplacedError(f"Its event {late.seq} reports a state that fits nowhere.")
    ordered.insert(place, replace(late, state=state, mark=None))
    return place
