"""A machine as a reader finds it, and the checks that every machine of others has to pass."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from typing import Any

from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.text.sanitize import PlainError, sanitize
from exlab_gui.core.text.showable import why_not_shown

_MOST = 1000  # of anything that is listed: more than a machine may have, and not endless
_CONVENTION = "pending"


class MachineError(PlainError):
    """A machine cannot be shown; the message says which one and why, in one sentence."""

    def __init__(self, name: str, reason: str) -> None:
        shown = sanitize(name, 200) or '""'
        super().__init__(f"{shown} {sanitize(reason, 500)}.")


class UnfitError(Exception):
    """The message completes a sentence that begins with the name of the module or file."""


@dataclass(frozen=True)
class Description:
    """The states in their order, the transitions, and what else is known.

    `initial` is None if that is not said. A state without a phase reports none.
    """

    states: tuple[str, ...]
    transitions: frozenset[Edge]
    initial: str | None = None
    phases: tuple[tuple[str, str | None], ...] = ()


def checked(description: Description) -> StateMachine:
    """Return the machine that is described; raises UnfitError if it cannot be shown.

    If it is not said, the initial state is the state ``pending``; without it, the first of those
    from which the most states can be reached.
    """
    states = list(dict.fromkeys(description.states))
    if not states:
        raise UnfitError("has no states")
    following: dict[str, set[str]] = {state: set() for state in states}
    for source, target in sorted(description.transitions):
        if source not in following:
            raise UnfitError(f"has transitions from an unknown state: {source}")
        if target not in following:
            raise UnfitError(f"has a transition to an unknown state: {source} → {target}")
        following[source].add(target)
    phases = dict(description.phases)
    machine = StateMachine(
        description.initial or (_CONVENTION if _CONVENTION in following else states[0]),
        {state: frozenset(after) for state, after in following.items()},
        {state: phases.get(state) for state in states},
    )
    if reason := why_not_shown(machine):
        raise UnfitError(reason)
    if description.initial or _CONVENTION in following:
        return machine
    return replace(machine, initial=max(states, key=lambda state: _reach(machine, state)))


def _reach(machine: StateMachine, state: str) -> int:
    return len(machine.reachable(state) | {state})


def listed(things: Iterable[Any], what: str) -> list[Any]:
    """Return the first `_MOST` of `things`, which may be endless or not iterable."""
    try:
        return list(islice(things, _MOST))
    except Exception as error:
        raise UnfitError(f"has no list of states in {what}: {type(error).__name__}") from None


def name_of(member: Any) -> str:
    """Return the name of a state or phase: a text, the text of a member of an enumeration.

    A member whose value is no text is called by its own name, in lower case if it is a constant.
    """
    value = getattr(member, "value", member)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(member, Enum):
        return member.name.lower() if member.name.isupper() else member.name
    raise UnfitError(f"has {value!r:.80} where the name of a state or phase was expected")
