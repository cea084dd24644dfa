"""Why a transition is illegal, and what would be legal."""

from exlab_gui.core.machine import StateMachine


def why_illegal(machine: StateMachine, current: str, new_state: str) -> str | None:
    """Return why `current` → `new_state` is illegal, and what leads there, or None."""
    if machine.allows(current, new_state):
        return None
    if current in machine.terminal:
        return f"The session is over: {current} is a terminal state, nothing follows it."
    if new_state == current:
        return f"The session is in {current} now; a state never goes to itself."
    sources = machine.preceding(new_state)
    if not sources:
        return f"Not legal from {current}. No state leads to {new_state}."
    reason = f"Not legal from {current}. {new_state} is reached only from {_either(sources)}"
    path = machine.path(current, new_state)
    if path is None:
        return f"{reason}, and no legal path leads there from {current}."
    steps = len(path) - 1
    return f"{reason}: {steps} steps away ({' → '.join(path[1:])})."


def _either(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
