"""A recorded session as steps that take a simulated one the same way."""

from itertools import pairwise
from typing import NamedTuple, assert_never

import msgspec

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Rule
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    InputRequiredEnvelope,
    PhaseEnvelope,
)
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Event, Mark, Reported, Resumed
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.protocol.form import can_be_typed, rules, wrong_answers
from exlab_gui.core.scenario.file import ScenarioError, parse_scenario
from exlab_gui.core.scenario.scenario import Answer, Cancel, Emit, Enter, Fail, Scenario, Step, Wait
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.core.session import ABANDONED_AFTER
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.trace import Recording

MAX_EVENTS = 1_000
"""The most events of a recording that is reproduced: nobody would read a longer test."""


class ReproduceError(PlainError, ValueError):
    """A recording cannot be reproduced; the message says why, in one sentence."""


class ReplayStep(NamedTuple):
    """One step of the simulated session, and the event that comes of it.

    `via_ui` says whether a user can do it in the window, with the same outcome.
    """

    step: Step
    via_ui: bool
    event: Event


def reproduce(
    recording: Recording, machine: StateMachine = CREATION_MACHINE
) -> tuple[Scenario, list[ReplayStep]]:
    """Return the scenario of a simulated session that does the same as `recording`, and its steps.

    The events of the steps are those of the simulated session: the states, envelopes and answers
    that were recorded; for an envelope that an observer missed, the usual one. Raises
    ReproduceError if there is no such session.
    """
    _assert_reproducible(recording, machine)
    # What was found out after the end is nothing that a session does.
    events = [event for event in recording.events if not isinstance(event.cause, Explained)]
    for event in events:
        if event.mark is Mark.LATE:
            raise ReproduceError(f"Its event {event.seq} reports a state that fits nowhere.")
    steps = tuple(_step(machine, before.state, event) for before, event in pairwise(events))
    scenario = Scenario(
        title=recording.header.label[:200] or "Recording",
        kind="project" if recording.header.kind == "project" else "run",
        steps=steps or (Wait(seconds=1.0),),
    )
    try:
        parse_scenario(msgspec.json.encode(scenario), "the session", machine)
    except ScenarioError as error:
        raise ReproduceError(f"No scenario does the same: {error}") from None
    again = list(simulate(scenario, machine, events[0].at))
    if [event.state for event in again] != [event.state for event in events]:
        raise ReproduceError("A simulated session enters other states.")
    asked: InputRequiredEnvelope | None = None
    replayed = []
    for step, event in zip(steps, again[1:], strict=True):
        replayed.append(ReplayStep(step, _is_via_ui(step, asked), event))
        if isinstance(event.envelope, InputRequiredEnvelope):
            asked = event.envelope
    return scenario, replayed


def _assert_reproducible(recording: Recording, machine: StateMachine) -> None:
    for problem in recording.problems:
        raise ReproduceError(f"Its line {problem.line:,} cannot be read: {problem.sentence}")
    if recording.machine != machine:
        raise ReproduceError("It is of another state machine.")
    count = len(recording.events)
    if not 0 < count <= MAX_EVENTS:
        raise ReproduceError(f"It has {count:,} events; a test needs 1 to {MAX_EVENTS:,}.")
    for found in check(machine, recording.events):
        if found.rule is not Rule.NEVER_ENDED:
            raise ReproduceError(f"Its event {found.seq} breaks a rule: {found.sentence}")


def _step(machine: StateMachine, before: str, event: Event) -> Step:
    state, envelope = event.state, event.envelope
    if envelope is None and event.wire is not None:
        raise ReproduceError(f"Its event {event.seq} is a message that no simulation emits.")
    match event.cause:
        case Resumed(answers=answers):
            return Answer(inputs=answers)
        case Cancelled(discard_files=discard):
            return Cancel(discard_files=discard)
        case Abandoned(idle_s=idle):
            return Wait(seconds=idle)
        case Reported(error=Error(code="cancelled") as error):
            discarded = msgspec.structs.replace(event, cause=Cancelled(True)).error
            return Cancel(discard_files=error == discarded)
        case Reported(error=Error(code="session_abandoned")) if machine.awaits_input(before):
            return Wait(seconds=ABANDONED_AFTER.total_seconds() + 1)
        case Reported() | Explained() | None:
            pass
        case _:
            assert_never(event.cause)
    if machine.emits(state) == "failed" and event.error is not None:
        return Fail(error=event.error)
    if machine.emits(state) == "done" and event.result is not None:
        envelope = DoneEnvelope(dict(event.result))
    elif envelope is not None and not event.enters(before):
        return Emit(envelope=envelope)
    usual = entry_envelope(machine, before, state, event.at)
    is_usual = isinstance(envelope, PhaseEnvelope) or envelope == usual
    return Enter(state=state, emits=None if is_usual else envelope)


def _is_via_ui(step: Step, asked: InputRequiredEnvelope | None) -> bool:
    match step:
        case Enter(emits=None) | Cancel():
            return True
        case Fail(error=Error(code=code, message=message, field=field, details=None)):
            # The dialog takes a code in another case for the known one.
            known = code and code == code.lower() and field != ""
            return bool(known) and all(map(can_be_typed, (code, message, field or "")))
        case Answer(inputs=inputs) if asked is not None:
            return (
                inputs.keys() == {field.id for field in asked.fields}
                and not wrong_answers(asked.fields, inputs)
                and all(
                    rules(field.type).can_be_entered(field, inputs[field.id])
                    for field in asked.fields
                )
            )
    return False
