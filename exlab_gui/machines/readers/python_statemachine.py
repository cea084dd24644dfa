"""Machines of the library python-statemachine: a class, or an object of one."""

from typing import Any

from exlab_gui.machines.description import Description, UnfitError, name_of
from exlab_gui.machines.readers.reader import Reader, loaded


def _class_of(thing: Any) -> Any:
    """Return the class that `thing` is, or is an object of, if it has states; else None."""
    made_by = loaded("statemachine.factory", "StateMachineMetaclass")
    kind = thing if isinstance(thing, type) else type(thing)
    return kind if isinstance(kind, made_by) and len(kind.states) else None


def _read(thing: Any) -> Description | None:
    machine = _class_of(thing)
    if machine is None:
        return None
    states = list(machine.states)
    names = {state.id: _name(state) for state in states}
    transitions = set()
    for state in states:
        if getattr(state, "states", None) or getattr(state, "parallel", False):
            raise UnfitError(f"has states inside {state.id}; only flat machines are shown")
        if getattr(state, "history", None):
            raise UnfitError(f"has a history in {state.id}; only flat machines are shown")
        for one in state.transitions:
            targets = getattr(one, "targets", [one.target])
            if len(targets) > 1:
                raise UnfitError(f"has a transition from {state.id} to several states at once")
            if not one.internal:
                transitions |= {(names[state.id], names[t.id]) for t in targets if t is not None}
    return Description(
        tuple(names.values()), frozenset(transitions), names[machine.initial_state.id]
    )


def _name(state: Any) -> str:
    """Return the value of a state if that is a name, else its id."""
    try:
        return name_of(state.value)
    except UnfitError:
        return str(state.id)


READER = Reader(
    "a machine of python-statemachine", lambda thing: _class_of(thing) is not None, _read
)
