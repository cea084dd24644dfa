"""Three machines that are not ExLab-Wizard's, to be shown like its own."""

import random

from exlab_gui.core.machine import StateMachine
from tests.helpers import spec

NEW, BEFORE, AFTER = "lims_register", "cache_write", "post_validate"


def _one_state_more() -> StateMachine:
    """Return the creation machine with the state that is announced (registering with the LIMS)."""
    states = (*spec.STATES[:6], NEW, *spec.STATES[6:])
    following = spec.FOLLOWING | {
        BEFORE: {NEW, "failed", "aborted"},
        NEW: {AFTER, "failed", "aborted"},
    }
    table = {state: frozenset(following[state]) for state in states}
    return StateMachine("pending", table, spec.PHASES | {NEW: "registering_lims"})


def _two_loops() -> StateMachine:
    """Return a machine with two states that lead back, and names that look like markup."""
    table = {
        "queued": {"running", "cancelled"},
        "running": {"<b>asks</b>", "cools & waits", "saved", "cancelled"},
        "<b>asks</b>": {"running", "cancelled"},
        "cools & waits": {"running", "cancelled"},
        "saved": {"finished", "cancelled"},
        "finished": set[str](),
        "cancelled": set[str](),
    }
    phases = {"running": "running", "<b>asks</b>": "input_required", "finished": "done"}
    return StateMachine("queued", {a: frozenset(after) for a, after in table.items()}, phases)


def _sixty_states() -> StateMachine:
    """Return a machine of 60 states and 200 transitions, by lot but always the same."""
    lot = random.Random(60)
    ends = {"failed", "aborted"}
    names = [f"{'long_' * lot.randint(0, 2)}state_{number}" for number in range(58)]
    table = {name: set(ends) for name in names[:-1]} | {names[-1]: set[str]()}
    for number, name in enumerate(names[1:], 1):
        table[names[lot.randrange(max(0, number - 6), number)]].add(name)
    while sum(map(len, table.values())) < 200:
        state, following = lot.choice(names[:-1]), lot.choice(names)
        if state != following:
            table[state].add(following)
    table |= {end: set[str]() for end in sorted(ends)}
    return StateMachine(names[0], {a: frozenset(after) for a, after in table.items()}, {})


OTHERS = {
    "one state more": _one_state_more(),
    "two loops": _two_loops(),
    "60 states": _sixty_states(),
}
"""The machines, by what is peculiar about them."""
