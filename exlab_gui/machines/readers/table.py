"""Tables of transitions: a mapping from each state to those that may follow it."""

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import chain
from types import ModuleType
from typing import Any

from exlab_gui.machines.description import Description, UnfitError, listed, name_of
from exlab_gui.machines.readers.reader import Reader

STATES, TABLE, PHASES = EXPORTS = ("SessionState", "VALID_TRANSITIONS", "state_to_phase")
"""The names that a module has; only the table is needed."""


def of_module(module: ModuleType) -> Description | None:
    """Return the machine of a module that has a table under its usual name, or None."""
    if not hasattr(module, TABLE):
        return None
    table = getattr(module, TABLE)
    if not isinstance(table, Mapping):
        raise UnfitError(f"has a {TABLE} that is no mapping")
    known = getattr(module, STATES, None)
    members = _members(table) if known is None else listed(known, STATES)
    pending = getattr(known, "PENDING", None)
    phases = getattr(module, PHASES, None)
    return _description(
        members,
        table,
        initial=None if pending is None else name_of(pending),
        phases=() if phases is None else tuple((name_of(m), _phase(phases, m)) for m in members),
    )


def _read(thing: Any) -> Description | None:
    return _description(_members(thing), thing) if isinstance(thing, Mapping) else None


def _finds(thing: Any) -> bool:
    """Return whether `thing` leads from members of one enumeration to such members, or none."""
    if not isinstance(thing, Mapping) or not thing:
        return False
    kind = type(next(iter(thing)))
    if not issubclass(kind, Enum) or not all(isinstance(state, kind) for state in thing):
        return False
    try:
        following = [one for after in thing.values() for one in _following(after, "")]
    except UnfitError:
        return False
    return bool(following) and all(isinstance(one, kind) for one in following)


def _members(table: Mapping[Any, Any]) -> list[Any]:
    """Return the states of `table`: all of their enumeration, or those that it names."""
    states = listed(table, TABLE)
    kinds = {type(state) for state in states}
    if len(kinds) == 1 and issubclass(kind := kinds.pop(), Enum):
        return list(kind)
    # Without other names, a text is that of one state, and not of one per letter.
    named = {after for after in table.values() if isinstance(after, str)}
    after = chain.from_iterable(_following(after, "", named) for after in table.values())
    return list({name_of(state): state for state in (*states, *after)}.values())


def _description(
    members: Iterable[Any],
    table: Mapping[Any, Any],
    *,
    initial: str | None = None,
    phases: tuple[tuple[str, str | None], ...] = (),
) -> Description:
    names = {name_of(member): member for member in members}
    # A table may name members of an enumeration by their values.
    by_value = {
        member.value: name
        for name, member in names.items()
        if isinstance(member, Enum) and isinstance(member.value, str | int)
    }

    def name(state: Any) -> str:
        try:
            return by_value.get(state) or name_of(state)
        except TypeError:  # not hashable
            return name_of(state)

    transitions = set()
    for state, after in listed(table.items(), TABLE):
        source = name(state)
        transitions |= {(source, name(one)) for one in _following(after, source, names)}
    return Description(tuple(names), frozenset(transitions), initial, phases)


def _following(after: Any, source: str, known: Iterable[str] = ()) -> list[Any]:
    """Return what may follow `source`; a table of events leads from each to a state."""
    if after is None:
        return []
    if isinstance(after, Enum) or (isinstance(after, str) and after in known):
        return [after]
    return listed(after.values() if isinstance(after, Mapping) else after, source)


def _phase(phases: Any, state: Any) -> str | None:
    try:
        if isinstance(phases, Mapping):
            given = phases.get(state, phases.get(name_of(state)))
        else:
            given = phases(state)
    except Exception as error:
        kind = type(error).__name__
        raise UnfitError(f"has a {PHASES} that raises {kind} for {name_of(state)}") from None
    return None if given is None else name_of(given)


READER = Reader("a table of transitions", _finds, _read)
