"""What differs between two state machines, in words."""

from collections.abc import Iterator

from exlab_gui.core.machine import StateMachine


def differences(a: StateMachine, b: StateMachine) -> Iterator[str]:
    """Yield a line for each way in which `b` differs from `a`; none where they do the same.

    In this order: where a session begins, states, transitions, phases. The order in which a
    machine lists its states is no difference. A removed state's phase goes without saying.
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
