"""Random machines, walks, histories and envelopes, for the tests that hold for any of them."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from hypothesis import strategies as st
from msgspec import structs

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Envelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.form import Field, FieldType
from exlab_gui.core.state_machine import Phase

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)

_LETTERS = "abcdefgh"


@st.composite
def machines(draw: st.DrawFn, *, self_loops: bool = False) -> StateMachine:
    """Return a machine of up to eight states, in any order and however odd.

    It may have no terminal state or none but those, states that nothing leads to, and cycles. At
    most one state holds for input. With `self_loops`, a state may follow itself.
    """
    states = draw(st.permutations(_LETTERS[: draw(st.integers(1, len(_LETTERS)))]))
    table = {
        state: draw(st.frozensets(st.sampled_from(states))) - (set() if self_loops else {state})
        for state in states
    }
    phases: dict[str, str | None] = {
        state: draw(st.sampled_from([None, f"doing {state}"])) for state in states
    }
    if draw(st.booleans()):
        phases[draw(st.sampled_from(states))] = Phase.INPUT_REQUIRED
    return StateMachine(draw(st.sampled_from(states)), table, phases)


@st.composite
def walks(
    draw: st.DrawFn, machine: StateMachine = CREATION_MACHINE, *, max_steps: int = 30
) -> list[str]:
    """Return the states of a legal walk through `machine`, from its initial one."""
    walk = [machine.initial]
    for _ in range(draw(st.integers(0, max_steps))):
        following = machine.following(walk[-1])
        if not following:
            break
        walk.append(draw(st.sampled_from(following)))
    return walk


@st.composite
def session_histories(
    draw: st.DrawFn,
    machine: StateMachine = CREATION_MACHINE,
    *,
    legal: bool = False,
    max_events: int = 40,
) -> list[Event]:
    """Return a session's history, with progress and warnings between its changes of state.

    Time stands still between two events, or goes on. Unless `legal`, any state may follow any
    other, itself included, and a session goes on after its end.
    """
    state, at = machine.initial, START
    history = [Event(1, at, state, Origin.SIMULATED)]
    for seq in range(2, draw(st.integers(1, max_events)) + 1):
        at += timedelta(microseconds=draw(st.sampled_from([0, 1, 250_000, 90_000_000])))
        following = machine.following(state) if legal else machine.states
        phase = machine.phase(state)
        may_emit = bool(phase and following) if legal else True
        envelope: Envelope | None
        if may_emit and draw(st.booleans()):
            envelope = draw(between_envelopes(phase or "no phase of this machine"))
        elif following:
            before, state = state, draw(st.sampled_from(following))
            envelope = entry_envelope(machine, before, state, at)
        else:
            break
        history.append(Event(seq, at, state, draw(st.sampled_from(Origin)), envelope))
    return history


@st.composite
def odd_histories(draw: st.DrawFn, machine: StateMachine = CREATION_MACHINE) -> list[Event]:
    """Return a history with late messages, and with such as are not understood or bear nothing."""
    odd = {
        "late": {"mark": Mark.LATE},
        "gap": {"mark": Mark.GAP},
        "wire": {"envelope": None, "wire": b'{"kind":"phase"}'},
        "bare": {"envelope": None},
        "plain": {},
    }
    return [
        structs.replace(event, **odd[draw(st.sampled_from([*odd]))])
        for event in draw(session_histories(machine))
    ]


def between_envelopes(phase: str) -> st.SearchStrategy[Envelope]:
    """Return progress and warnings that bear `phase`."""
    progress = st.integers(0, 9).flatmap(
        lambda total: st.builds(
            ProgressEnvelope, st.just(phase), st.integers(0, total), st.just(total)
        )
    )
    return progress | st.builds(WarningEnvelope, st.just(phase), st.text())


def json_values() -> st.SearchStrategy[Any]:
    """Return what JSON can hold."""
    scalars = (
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text()
    )
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    )


def errors() -> st.SearchStrategy[Error]:
    """Return errors, with and without what they may carry besides code and message."""
    return st.builds(Error, st.text(), st.text(), st.none() | st.text(), json_values())


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """Return a field of an input form."""
    kind = draw(st.sampled_from(get_args(FieldType)))
    options = draw(st.lists(st.text(), min_size=kind == "choice", max_size=3).map(tuple))
    defaults = {
        "choice": st.sampled_from(options or ("",)),
        "date": st.dates().map(str),
        "boolean": st.booleans() | st.sampled_from(("true", "false")),
    }
    return Field(
        id=draw(st.text(min_size=1)),
        label=draw(st.text()),
        type=kind,
        required=draw(st.booleans()),
        default=draw(st.none() | defaults.get(kind, st.text())),
        options=options,
        hint=draw(st.none() | st.text()),
    )


def questions() -> st.SearchStrategy[InputRequiredEnvelope]:
    """Return questions that conform."""
    asked = st.lists(fields(), max_size=3, unique_by=lambda field: field.id).map(tuple)
    return st.builds(InputRequiredEnvelope, asked, st.text(), st.text())


def envelopes() -> st.SearchStrategy[Envelope]:
    """Return envelopes of every kind, with any content."""
    texts, counts = st.text(), st.integers(0, 2**31)
    return st.one_of(
        st.builds(PhaseEnvelope, texts, texts),
        st.builds(ProgressEnvelope, texts, counts, counts),
        questions(),
        st.builds(WarningEnvelope, texts, texts),
        st.builds(DoneEnvelope, st.dictionaries(texts, json_values(), max_size=4)),
        st.builds(FailedEnvelope, st.none() | texts, errors()),
    )
