"""Machines of the library transitions: a machine, or an object that has one."""

from itertools import chain
from typing import Any

from exlab_gui.machines.description import Description, UnfitError, name_of
from exlab_gui.machines.readers.reader import Reader, loaded


def _finds(thing: Any) -> bool:
    return isinstance(thing, loaded("transitions.core", "Machine"))


def _read(thing: Any) -> Description | None:
    if _finds(thing):
        return _of_machine(thing)
    machines = [one for one in getattr(thing, "__dict__", {}).values() if _finds(one)]
    if isinstance(thing, type) or len(machines) != 1:
        return None
    return _of_machine(machines[0])


def _of_machine(machine: Any) -> Description:
    names = {key: name_of(state.value) for key, state in machine.states.items()}
    if any(getattr(state, "states", None) for state in machine.states.values()):
        raise UnfitError("has states inside others; only flat machines are shown")
    initial = machine.initial
    return Description(
        tuple(names.values()),
        frozenset(
            (names[one.source], names[one.dest])
            for name, event in machine.events.items()
            if not _is_automatic(machine, name)
            for one in chain.from_iterable(event.transitions.values())
            if one.dest is not None  # an internal transition stays in its state
        ),
        None if initial is None else names[getattr(initial, "name", initial)],
    )


def _is_automatic(machine: Any, event: str) -> bool:
    """Return whether the library itself made `event`, which leads anywhere."""
    goal = event.removeprefix("to_")
    return machine.auto_transitions and goal != event and goal in machine.states


READER = Reader("a machine of transitions", _finds, _read)
