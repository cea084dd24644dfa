"""The differences between two state machines, in words."""

from collections.abc import Iterator

from exlab_gui.core.machine import StateMachine


def differences(a: StateMachine, b: StateMachine) -> Iterator[str]:
    """Yield a line for each difference of `b` from `a`: initial state, states, transitions, phases.

    The order of the states is no difference, and the phase of a removed state is left out.
    """
    if a.initial != b.initial:
        yield f"initial state: {a.initial} became {b.initial}"
    for state in a.states:
        if state not in b.table:
            yield f"state removed: {state}"
    for state in b.states:
        if state not in a.table:
            yield f"state added: {state}"
    for before, after in a.edges:
        if not b.allows(before, after):
            yield f"transition removed: {before} → {after}"
    for before, after in b.edges:
        if not a.allows(before, after):
            yield f"transition added: {before} → {after}"
    for state in a.states:
        if state in b.table and a.phase(state) != b.phase(state):
            yield f"phase of {state}: {a.phase(state) or 'none'} became {b.phase(state) or 'none'}"
    for state in b.states:
        if state not in a.table and (phase := b.phase(state)):
            yield f"phase of {state}: {phase}"
