"""Which colour a kind of event and a state have: by what the machine says of them, not by name."""

from functools import lru_cache

from exlab_gui.core.machine import StateMachine
from exlab_gui.theme.colours import Colours

_KINDS = {
    "input_required": "input",
    "warning": "warning",
    "done": "success",
    "failed": "failure",
    "problem": "failure",
}


def kind_colour(kind: str) -> str:
    """Return the name in `Colours` for a line of the log of this kind; ``text`` for a plain one."""
    return _KINDS.get(kind, "text")


def state_role(machine: StateMachine, state: str) -> str | None:
    """Return the name in `Colours` of what `state` means, or None where it is just a step.

    A state means what entering it emits; an exit that emits nothing is an aborted session, and
    any other end is a success.
    """
    emitted = machine.emits(state)
    if emitted in _KINDS:
        return _KINDS[emitted]
    if state in machine.exits:
        return "aborted"
    return "success" if state in machine.terminal else None


def state_fill(colours: Colours, machine: StateMachine, state: str) -> tuple[str, str]:
    """Return the fill of `state`'s bar in the timeline, and the colour of text on it.

    A state that the machine does not know is filled as a failure: it should not have been entered.
    """
    if state not in machine.table:
        return colours.failure, colours.on_meaning
    role = state_role(machine, state)
    if role is not None:
        return getattr(colours, role), colours.on_meaning
    return colours.bars[_places(machine)[state] % len(colours.bars)], colours.on_bar


@lru_cache(maxsize=16)  # asked for every bar of a timeline at every repaint
def _places(machine: StateMachine) -> dict[str, int]:
    """Return the place of each mere step among the steps, in the table's order."""
    steps = (state for state in machine.states if state_role(machine, state) is None)
    return {state: place for place, state in enumerate(steps)}
