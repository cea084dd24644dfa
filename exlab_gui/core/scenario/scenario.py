"""A scripted session: what a scenario file holds, and how one step of it is done.

``docs/scenarios.md`` describes the file; `exlab_gui.core.scenario.file` reads one.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec

from exlab_gui.core.protocol.envelopes import Envelope, Error
from exlab_gui.core.session import SessionKind, SessionStore

FORMAT = "exlab-scenario"
VERSION = 1
"""The version that is written, and the newest that is read."""

MAX_STEPS = 10_000
MAX_DELAY_S = 3_600.0
MAX_WAIT_S = 604_800.0  # a week

Delay = Annotated[float, msgspec.Meta(ge=0, le=MAX_DELAY_S)]


class _Step(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="do"):
    """One thing that happens, `after` so many simulated seconds since the step before it."""

    after: Delay = 0.6


class Enter(_Step, frozen=True, tag="enter"):
    """The session enters `state`; `emits` replaces the envelope that is emitted by default."""

    state: str
    emits: Envelope | None = None


class Emit(_Step, frozen=True, tag="emit"):
    """The session emits progress or a warning between two changes of state (§4.6.2)."""

    envelope: Envelope


class Answer(_Step, frozen=True, tag="answer"):
    """The operator answers what a plugin asked for, by the ids of its fields (§4.4.7)."""

    inputs: dict[str, Any]


class Cancel(_Step, frozen=True, tag="cancel"):
    """The operator cancels; `discard_files`: the partly made folder goes too (§4.4.7)."""

    discard_files: bool = False


class Fail(_Step, frozen=True, tag="fail"):
    error: Error


class Wait(_Step, frozen=True, tag="wait"):
    """Nobody attends for so many simulated seconds; then abandoned sessions are closed (§4.4.7)."""

    seconds: Annotated[float, msgspec.Meta(gt=0, le=MAX_WAIT_S)]


Step = Enter | Emit | Answer | Cancel | Fail | Wait


class Scenario(msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag=FORMAT):
    """A scripted session: what it is opened with, and what happens then, step by step."""

    version: int = VERSION
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    description: str = ""
    kind: SessionKind = "run"
    request: dict[str, Any] = {}
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1, max_length=MAX_STEPS)]


def along(states: Sequence[str], title: str) -> Scenario:
    """Return a scenario that enters `states`, one after the other, and emits what is usual."""
    return Scenario(title=title, steps=tuple(Enter(state) for state in states))


def perform(
    step: Step, store: SessionStore, session_id: str, pass_time: Callable[[float], None]
) -> None:
    """Carry out `step` through the store's own methods, and so through the guard.

    The caller waits for ``step.after`` first. `pass_time` advances the store's clock by seconds;
    only a `Wait` calls it. Raises ValueError, with nothing changed, if the step is not legal now.
    """
    match step:
        case Enter(state=state, emits=envelope):
            store.transition(session_id, state, envelope=envelope)
        case Emit(envelope=envelope):
            store.emit(session_id, envelope)
        case Answer(inputs=inputs):
            store.resume(session_id, inputs)
        case Cancel(discard_files=discard_files):
            store.cancel(session_id, discard_files=discard_files)
        case Fail(error=error):
            store.fail(session_id, error)
        case Wait(seconds=seconds):
            pass_time(seconds)
            store.close_abandoned()
