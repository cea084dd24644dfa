"""The colours of event kinds and states, by their meaning in the machine."""

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
    """Return the name in `Colours` for rows of this kind in the log."""
    return _KINDS.get(kind, "text")


def state_role(machine: StateMachine, state: str) -> str | None:
    """Return the name in `Colours` of the meaning of `state`, or None if it is only a step.

    That is the meaning of the envelope that the state emits; an exit that emits nothing is
    aborted, any other terminal state a success.
    """
    emitted = machine.emits(state)
    if emitted in _KINDS:
        return _KINDS[emitted]
    if state in machine.exits:
        return "aborted"
    return "success" if state in machine.terminal else None


def state_fill(colours: Colours, machine: StateMachine, state: str) -> tuple[str, str]:
    """Return the fill of `state`'s bar in the timeline, and the colour of text on it.

    An unknown state has the colour of a failure.
    """
    if state not in machine.table:
        return colours.failure, colours.on_meaning
    role = state_role(machine, state)
    if role is not None:
        return getattr(colours, role), colours.on_meaning
    return colours.bars[_places(machine)[state] % len(colours.bars)], colours.on_bar


@lru_cache(maxsize=16)  # called for every bar at every repaint
def _places(machine: StateMachine) -> dict[str, int]:
    """Return the index of each state without a meaning among those, in the table's order."""
    steps = (state for state in machine.states if state_role(machine, state) is None)
    return {state: place for place, state in enumerate(steps)}
