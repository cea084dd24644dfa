"""Machines of the library automat: built ones, their builders, and classes that have one."""

from typing import Any

from exlab_gui.machines.description import Description, UnfitError
from exlab_gui.machines.readers.reader import Reader, loaded

_HOLDERS = (
    ("automat._typed", "TypeMachine", "__automat_automaton__"),
    ("automat._typed", "TypeMachineBuilder", "_automaton"),
    ("automat._methodical", "MethodicalMachine", "_automaton"),
)
"""The classes that have a machine, and the attribute that it is."""


def _held(thing: Any) -> Any:
    for module, name, attribute in _HOLDERS:
        if isinstance(thing, loaded(module, name)):
            return getattr(thing, attribute, None)
    return None


def _automaton(thing: Any) -> Any:
    """Return the automaton of `thing`, or the only one in a class; None if there is none."""
    if not isinstance(thing, type):
        return _held(thing)
    found = [held for one in vars(thing).values() if (held := _held(one)) is not None]
    return found[0] if len(found) == 1 else None


def _read(thing: Any) -> Description | None:
    automaton = _automaton(thing)
    if automaton is None:
        return None
    initial = _name(automaton.initialState)
    steps = [(_name(source), _name(target)) for source, _, target, _ in automaton.allTransitions()]
    # The library keeps no order: the nearest states come first, then by name.
    order = [initial]
    for state in order:
        following = sorted({target for source, target in steps if source == state})
        order += (target for target in following if target not in order)
    others = sorted({*map(_name, automaton.states())}.difference(order))
    return Description((*order, *others), frozenset(steps), initial)


def _name(state: Any) -> str:
    if state is None or isinstance(state, str):  # in place of one that is not given
        raise UnfitError("has no initial state")
    return str(state.method.__name__ if hasattr(state, "method") else state.name)


READER = Reader("a machine of automat", lambda thing: _automaton(thing) is not None, _read)
