"""The guard: what a call costs beside the look-ups in it, and beside a library's machine."""

from transitions import Machine

from exlab_gui.core.state_machine import (
    VALID_TRANSITIONS,
    SessionState,
    assert_transition,
    state_to_phase,
)
from tests.benchmarks.conftest import Comparison
from tests.benchmarks.path import PATH, START

PHASES = {state: state_to_phase(state) for state in SessionState}


def guarded(times: int) -> None:
    """Go along the path `times` times, through the guard."""
    for _ in range(times):
        state = START
        for new_state in PATH:
            assert_transition(state, new_state)
            state_to_phase(new_state)
            state = new_state


def inline(times: int) -> None:
    """Go along the path `times` times, with the guard's look-ups written out."""
    for _ in range(times):
        state = START
        for new_state in PATH:
            if new_state not in VALID_TRANSITIONS[state]:
                raise ValueError(f"illegal state transition {state} -> {new_state}")
            PHASES[new_state]
            state = new_state


class Model:
    """What the library's machine moves from state to state."""

    state: str


def library_model() -> Model:
    """Return a model whose triggers, named by the state that they lead to, are the table's."""
    model = Model()
    transitions = [
        {"trigger": f"go_to_{target}", "source": str(source), "dest": str(target)}
        for source, targets in VALID_TRANSITIONS.items()
        for target in targets
    ]
    Machine(
        model,
        states=[str(state) for state in SessionState],
        transitions=transitions,
        initial=str(START),
        auto_transitions=False,
    )
    return model


def test_against_inline_look_ups(compare: Comparison) -> None:
    """A step through the guard costs little more than the look-ups that it consists of."""
    compare(
        "guard and phase, along a legal path",
        lambda: guarded(200),
        "the same look-ups inline",
        lambda: inline(200),
        target="at most 1.6 ×",
        rounds=1000,
    )


def test_against_transitions(compare: Comparison) -> None:
    """A step through the guard is much cheaper than one of the library `transitions`."""
    model = library_model()
    triggers = [getattr(model, f"go_to_{state}") for state in PATH]

    def by_library() -> None:
        model.state = str(START)
        for trigger in triggers:
            trigger()

    compare(
        "guard and phase, along a legal path",
        lambda: guarded(1),
        "transitions 0.9.3 on the same machine",
        by_library,
        target="at least 20 × faster",
        rounds=1000,
        inverse=True,
    )
