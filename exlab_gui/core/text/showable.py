"""State machines that can be shown: not too large, and with names that are safe."""

from exlab_gui.core.limits import STATES, TRANSITIONS
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize


def why_not_shown(machine: StateMachine) -> str | None:
    """Return why `machine` cannot be shown, as the end of a sentence about it, or None."""
    states, transitions = len(machine.states), len(machine.edges)
    if states > STATES or transitions > TRANSITIONS:
        return (
            f"has {states:,} states and {transitions:,} transitions; "
            f"at most {STATES} and {TRANSITIONS} are shown"
        )
    phases = filter(None, machine.phases.values())
    for what, name in (*(("state", s) for s in machine.states), *(("phase", p) for p in phases)):
        safe = sanitize(name, MAX_NAME)
        if safe != name or not name:
            characters = f"1 to {MAX_NAME} printable characters"
            return f'has a {what} whose name is not {characters}: "{safe}"'
    return None


def concern_about(machine: StateMachine) -> str | None:
    """Return a warning about states of `machine` that no path leads to or from, or None."""
    concerns = []
    lost = machine.unreachable
    if lost:
        concerns.append(f"No path leads from {machine.initial} to {', '.join(lost)}.")
    if not machine.terminal.difference(lost):
        concerns.append("Sessions of this machine never end: no terminal state can be reached.")
    return " ".join(concerns) or None
