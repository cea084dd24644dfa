"""A recorded session, told again: step by step, so that a simulated one can go the same way."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules import Rule
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.emission import DEFAULT_ERROR, entry_envelope
from exlab_gui.core.protocol.envelopes import (
    KNOWN_ERROR_CODES,
    Envelope,
    Error,
    FailedEnvelope,
    Field,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Event, Resumed
from exlab_gui.core.protocol.form import wrong_answers
from exlab_gui.core.scenario.file import ScenarioError, parse_scenario
from exlab_gui.core.scenario.scenario import Answer, Cancel, Emit, Enter, Fail, Scenario, Step, Wait
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.core.trace import Recording

MAX_EVENTS = 1_000
"""No recording with more events than this is told again: nobody would read it."""

_EARLIEST_DATE = date(1753, 1, 1)
_MAX_TYPED = 1_000


class RetellingError(ValueError):
    """A recording cannot be told again; the message says why, in one sentence."""


class ReplayStep(NamedTuple):
    """One thing that happened: the step of a scenario that does it again, and the event.

    `via_ui` says whether a user can do the same in the window, with the same outcome.
    """

    step: Step
    via_ui: bool
    event: Event


class Retelling(NamedTuple):
    """A session told again: each thing that happened after its opening, and all as a scenario."""

    moves: tuple[ReplayStep, ...]
    scenario: Scenario


def retell(recording: Recording, machine: StateMachine = CREATION_MACHINE) -> Retelling:
    """Return how a simulated session of `machine` goes the way of `recording`.

    The events of the moves are those of the simulated session: the same states, and the envelopes
    and answers that were recorded. Raises RetellingError where there is no such way.
    """
    _assert_whole(recording, machine)
    events = recording.events
    moves = list(_moves(machine, events))
    scenario = Scenario(
        title=recording.header.label[:200] or "Recording",
        kind="project" if recording.header.kind == "project" else "run",
        steps=tuple(step for step, _ in moves) or (Wait(seconds=1.0),),
    )
    try:
        parse_scenario(msgspec.json.encode(scenario), "the session", machine)
    except ScenarioError as error:
        raise RetellingError(f"No scenario does the same: {error}") from None
    again = list(simulate(scenario, machine, events[0].at))
    for event, other in zip(events, again, strict=False):
        if not _same(event, other):
            raise RetellingError(f"A simulated session does not do the same as event {event.seq}.")
    if len(again) != len(events):
        raise RetellingError("A simulated session does not do the same.")
    told = zip(moves, again[1:], strict=False)
    return Retelling(tuple(ReplayStep(*move, event) for move, event in told), scenario)


def _assert_whole(recording: Recording, machine: StateMachine) -> None:
    if recording.machine != machine:
        raise RetellingError("It is of another state machine.")
    if recording.problems:
        problem = recording.problems[0]
        raise RetellingError(f"Its line {problem.line:,} cannot be read: {problem.sentence}")
    if not recording.events:
        raise RetellingError("It holds no event.")
    if len(recording.events) > MAX_EVENTS:
        raise RetellingError(
            f"It has {len(recording.events):,} events; a test is made of at most {MAX_EVENTS:,}."
        )
    for found in check(machine, recording.events):
        if found.rule is not Rule.NEVER_ENDED:
            raise RetellingError(f"Its event {found.seq} is no example to follow: {found.sentence}")
    for event in recording.events:
        if event.wire is not None:
            raise RetellingError(f"Its event {event.seq} is a message that no simulation emits.")


def _moves(machine: StateMachine, events: Sequence[Event]) -> Iterator[tuple[Step, bool]]:
    asked: InputRequiredEnvelope | None = None
    for before, event in pairwise(events):
        step = _step(machine, before.state, event)
        yield step, _is_by_hand(step, event, asked)
        if isinstance(event.envelope, InputRequiredEnvelope):
            asked = event.envelope


def _step(machine: StateMachine, before: str, event: Event) -> Step:
    match event.cause, event.envelope:
        case Resumed(answers=answers), _:
            return Answer(inputs=answers)
        case Cancelled(discard_files=discard), _:
            return Cancel(discard_files=discard)
        case Abandoned(idle_s=idle), _:
            return Wait(seconds=idle)
        case _, ProgressEnvelope() | WarningEnvelope():
            return Emit(envelope=event.envelope)
        case _, FailedEnvelope(error=error):
            return Fail(error=error)
        case _, PhaseEnvelope():
            return Enter(state=event.state)
    plain = entry_envelope(machine, before, event.state, event.at)
    return Enter(state=event.state, emits=None if event.envelope == plain else event.envelope)


def _same(event: Event, other: Event) -> bool:
    """Return whether `other`, simulated, tells all that `event` does, but for times."""
    if event.state != other.state:
        return False
    match event.cause, other.cause:
        case Abandoned(), Abandoned():
            return True
        case cause, others if cause != others:
            return False
    # Whoever only watched may have seen the state alone.
    return event.envelope is None or _timeless(event.envelope) == _timeless(other.envelope)


def _timeless(envelope: Envelope | None) -> Envelope | None:
    return PhaseEnvelope(envelope.phase, "") if isinstance(envelope, PhaseEnvelope) else envelope


def _is_by_hand(step: Step, event: Event, asked: InputRequiredEnvelope | None) -> bool:
    match step:
        case Enter(emits=emits):
            return emits is None
        case Cancel():
            return True
        case Answer(inputs=inputs):
            return asked is not None and _fit_the_form(asked, inputs)
        case Fail(error=error):
            return _fits_the_dialog(error)
    return False


def _fit_the_form(asked: InputRequiredEnvelope, inputs: dict[str, Any]) -> bool:
    """Return whether the form that `asked` makes can give these answers, and gives no others."""
    fields = {field.id: field for field in asked.fields}
    if len(fields) != len(asked.fields) or not inputs.keys() <= fields.keys():
        return False
    if wrong_answers(asked.fields, inputs):
        return False
    return all(
        _can_be_given(field, inputs[field.id])
        if field.id in inputs
        # Of all fields only a choice that was not made gives no answer.
        else field.type == "choice" and field.default not in field.options
        for field in asked.fields
    )


def _can_be_given(field: Field, answer: Any) -> bool:
    match field.type:
        case "boolean":
            return isinstance(answer, bool)
        case "choice":
            return isinstance(answer, str)
        case "date":
            return isinstance(answer, str) and _is_plain_date(answer)
        case "text":
            return isinstance(answer, str) and _can_be_typed(answer.replace("\n", ""))
    return isinstance(answer, str) and _can_be_typed(answer)


def _is_plain_date(text: str) -> bool:
    day = date.fromisoformat(text)
    return day.isoformat() == text and day >= _EARLIEST_DATE


def _fits_the_dialog(error: Error) -> bool:
    if error == DEFAULT_ERROR:
        return True
    if error.details is not None or not error.code or error.field == "":
        return False
    texts = error.code, error.message, error.field or ""
    if any(text != text.strip() for text in (error.code, error.field or "")):
        return False
    # The list of known codes changes another case to its own.
    code_stays = error.code in KNOWN_ERROR_CODES or error.code.lower() not in KNOWN_ERROR_CODES
    return code_stays and all(map(_can_be_typed, texts))


def _can_be_typed(text: str) -> bool:
    return text.isprintable() and len(text) <= _MAX_TYPED
