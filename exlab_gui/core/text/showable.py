"""State machines that can be shown: not too large, and with names that are safe."""

from exlab_gui.core.limits import STATES, TRANSITIONS
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import phrase


def why_not_shown(machine: StateMachine) -> str | None:
    """Return why `machine` cannot be shown, as the end of a sentence about it, or None."""
    states, transitions = len(machine.states), len(machine.edges)
    if states > STATES or transitions > TRANSITIONS:
        return phrase(
            "has {states:,} states and {transitions:,} transitions; at most {most} and "
            "{most_transitions} are shown",
            states=states,
            transitions=transitions,
            most=STATES,
            most_transitions=TRANSITIONS,
        )
    phases = filter(None, machine.phases.values())
    for what, name in (*(("state", s) for s in machine.states), *(("phase", p) for p in phases)):
        safe = sanitize(name, MAX_NAME)
        if safe != name or not name:
            characters = phrase("1 to {max_name} printable characters", max_name=MAX_NAME)
            return phrase(
                'has a {what} whose name is not {characters}: "{safe}"',
                what=what,
                characters=characters,
                safe=safe,
            )
    return None


def concern_about(machine: StateMachine) -> str | None:
    """Return a warning about states of `machine` that no path leads to or from, or None."""
    concerns = []
    lost = machine.unreachable
    if lost:
        concerns.append(
            phrase(
                "No path leads from {initial} to {lost}.",
                initial=machine.initial,
                lost=", ".join(lost),
            )
        )
    if not machine.terminal.difference(lost):
        concerns.append(
            phrase("Sessions of this machine never end: no terminal state can be reached.")
        )
    return " ".join(concerns) or None
