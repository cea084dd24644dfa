"""A scenario simulated at once: to check it, or to print it."""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from exlab_gui.core.analysis.legality import why_illegal
from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.limits import FORM_FIELDS
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Envelope,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.form import faults
from exlab_gui.core.scenario.scenario import (
    Answer,
    Cancel,
    Emit,
    Enter,
    Fail,
    Scenario,
    Step,
    perform,
)
from exlab_gui.core.session import Session, SessionStore
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.core.text.translation import joined, phrase


class StepError(PlainError, ValueError):
    """Step number `index`, from 0, is not legal."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


def simulate(scenario: Scenario, machine: StateMachine, start: datetime) -> Iterator[Event]:
    """Yield the events of a session of `machine` that is opened at `start` and runs `scenario`.

    Time is simulated, not waited for. Raises StepError at the first step that is not legal, or has
    an unknown name.
    """
    clock = SimulatedClock(lambda: start)
    store = SessionStore(machine, clock)
    session = store.open(scenario.kind, scenario.request)
    yield session.history[0]
    for index, step in enumerate(scenario.steps):
        for fault in _faults(step, session):
            raise StepError(index, fault)
        known = len(session.history)
        clock.advance(step.after)
        try:
            perform(step, store, session.session_id, clock.advance)
        except ValueError as error:
            raise StepError(index, _why_illegal(step, session) or str(error)) from None
        yield from session.history[known:]


def _why_illegal(step: Step, session: Session) -> str | None:
    match step:
        case Enter(state=state) if why := why_illegal(session.machine, session.state, state):
            return joined((session.state, " → ", state, ": ", why), "")
        case Cancel() | Fail() if session.is_over:
            return why_illegal(session.machine, session.state, session.state)
    return None


def _faults(step: Step, session: Session) -> Iterator[str]:
    match step:
        case Enter(state=state, emits=envelope):
            if state not in session.machine.states:
                yield unknown_name_message(state, session.machine.states, phrase("a state"))
            if envelope is not None:
                yield from _envelope_faults(envelope, session)
        case Emit(envelope=envelope):
            yield from _envelope_faults(envelope, session)
        case Answer(inputs=inputs) if session.pending_input is not None:
            asked = [field.id for field in session.pending_input.fields]
            for key in inputs:
                if key not in asked:
                    yield unknown_name_message(key, asked, phrase("a field that was asked for"))


def _envelope_faults(envelope: Envelope, session: Session) -> Iterator[str]:
    phase = envelope.phase
    known = [phase for phase in session.machine.phases.values() if phase is not None]
    if phase is not None and phase not in known:
        yield unknown_name_message(phase, known, phrase("a phase"))
    match envelope:
        case ProgressEnvelope(current=current, total=total):
            if not 0 <= current <= total:
                yield phrase(
                    '"current" must lie between 0 and "total", which is {total}', total=total
                )
        case InputRequiredEnvelope(fields=fields, odd=odd):
            if odd:
                yield phrase('"odd" is not a part of a question')
            if len(fields) > FORM_FIELDS:
                yield phrase('"fields" must have at most {most:,} entries', most=FORM_FIELDS)
            yield from faults(fields[:FORM_FIELDS])
        case PhaseEnvelope() | WarningEnvelope() | DoneEnvelope() | FailedEnvelope():
            pass  # what else they hold is free
        case _:
            assert_never(envelope)
