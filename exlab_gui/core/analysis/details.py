"""The details of a session at a position, and what an event changed in them."""

from collections.abc import Mapping
from typing import NamedTuple

from exlab_gui.core.analysis.outcome import NO_RESULT, headline
from exlab_gui.core.analysis.status import pending_question
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.text.translation import phrase


class Change(NamedTuple):
    """A detail that an event changed; empty if there was none before, or is none any more."""

    name: str
    before: str
    after: str


def details(visits: StateHistory, position: int | None = None) -> Mapping[str, str]:
    """Return the details at `position` (None: now) by their names, without those that are none.

    They are those that the window shows above the log.
    """
    state = visits.state(position)
    told = headline(visits, position)
    awaits = pending_question(visits, position) is not None
    found = {
        "State": state,
        "Phase": visits.machine.phase(state) or "",
        "Next action": phrase("awaiting input") if awaits else "",
        told.name: "" if told == NO_RESULT else told.text,
    }
    return {name: text for name, text in found.items() if text}


def changes(visits: StateHistory, index: int) -> list[Change]:
    """Return what the event at `index` changed in the details; nothing for the first event."""
    if index == 0:
        return []
    before, after = details(visits, index), details(visits, index + 1)
    return [
        Change(name, before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys((*after, *before))
        if before.get(name) != after.get(name)
    ]
