"""Why a transition is illegal, and what would be legal."""

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.translation import phrase


def why_illegal(machine: StateMachine, current: str, new_state: str) -> str | None:
    """Return why `current` → `new_state` is illegal, and what leads there, or None."""
    if machine.allows(current, new_state):
        return None
    if current in machine.terminal:
        return phrase(
            "The session is over: {current} is a terminal state, nothing follows it.",
            current=current,
        )
    if new_state == current:
        return phrase(
            "The session is in {current} now; a state never goes to itself.", current=current
        )
    sources = machine.preceding(new_state)
    if not sources:
        return phrase(
            "Not legal from {current}. No state leads to {new_state}.",
            current=current,
            new_state=new_state,
        )
    reason = phrase(
        "Not legal from {current}. {new_state} is reached only from {sources}",
        current=current,
        new_state=new_state,
        sources=_either(sources),
    )
    path = machine.path(current, new_state)
    if path is None:
        return phrase(
            "{reason}, and no legal path leads there from {current}.",
            reason=reason,
            current=current,
        )
    steps = len(path) - 1
    return phrase(
        "{reason}: {steps} steps away ({path}).",
        reason=reason,
        steps=steps,
        path=" → ".join(path[1:]),
    )


def _either(names: tuple[str, ...]) -> str:
    return (
        names[0]
        if len(names) == 1
        else phrase("{names} or {last}", names=", ".join(names[:-1]), last=names[-1])
    )
