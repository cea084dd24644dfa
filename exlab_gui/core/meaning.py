"""What states and kinds of events mean to an operator, by the names of the colours for it."""

from typing import Literal

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.translation import phrase, translatable

Meaning = Literal["input", "warning", "success", "flawed", "failure", "aborted"]
"""Waiting for input, a warning, and the ways to end: `flawed` is done, but a plugin failed."""

ENDINGS: tuple[Meaning, ...] = ("success", "flawed", "failure", "aborted")
"""The ways to end."""

STATUS_WORDS: dict[Meaning | None, str] = translatable(
    {
        "input": "Waiting",
        None: "Running",
        "failure": "Failed",
        "success": "Done",
        "flawed": "Flawed",
        "aborted": "Aborted",
        "warning": "Lost",
    }
)
"""How a session stands, in a word, by what its state means; filters list it in this order.

Of a lost session, only the last state is known.
"""

FLAW = phrase("a plugin failed")
"""What a flawed session lacks, behind its state."""

_KINDS: dict[str, Meaning] = {
    "input_required": "input",
    "warning": "warning",
    "done": "success",
    "failed": "failure",
    "problem": "failure",
}


def kind_meaning(kind: str) -> Meaning | None:
    """Return the meaning of a row of this kind in the log, or None if it has no special one."""
    return _KINDS.get(kind)


def state_meaning(machine: StateMachine, state: str) -> Meaning | None:
    """Return the meaning of `state` alone, or None if it is only a step.

    That is the meaning of the envelope that the state emits; an exit that emits nothing is
    aborted, any other terminal state a success. An unknown state is a failure.
    """
    if state not in machine.table:
        return "failure"
    emitted = machine.emits(state)
    if emitted in _KINDS:
        return _KINDS[emitted]
    if state in machine.exits:
        return "aborted"
    return "success" if state in machine.terminal else None
