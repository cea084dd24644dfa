"""The rules that a machine sets for the events of a session (§4.7)."""

from collections.abc import Iterator, Set
from datetime import datetime
from enum import StrEnum

from exlab_gui.core.analysis.legality import why_illegal
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.emission import state_told_by
from exlab_gui.core.protocol.envelopes import (
    ENVELOPES,
    InputRequiredEnvelope,
    ProgressEnvelope,
)
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.durations import duration
from exlab_gui.core.transitions import count_shortest_paths


class Severity(StrEnum):
    """Whether a session with such a finding still conforms to its machine."""

    VIOLATION = "violation"
    NOTE = "note"


class Rule(StrEnum):
    """The rule that a finding is about."""

    ILLEGAL_TRANSITION = "illegal_transition"
    EVENT_AFTER_END = "event_after_end"
    UNKNOWN_STATE = "unknown_state"
    NEVER_ENTERED = "never_entered"
    WRONG_PHASE = "wrong_phase"
    WRONG_ENVELOPE = "wrong_envelope"
    TIME_BACKWARDS = "time_backwards"
    NUMBER_MISSING = "number_missing"
    NUMBER_REPEATED = "number_repeated"
    PROGRESS_BEYOND_TOTAL = "progress_beyond_total"
    NEVER_ENDED = "never_ended"
    STATES_SKIPPED = "states_skipped"
    ODD_QUESTION = "odd_question"

    @property
    def severity(self) -> Severity:
        notes = (Rule.NEVER_ENDED, Rule.STATES_SKIPPED, Rule.ODD_QUESTION)
        return Severity.NOTE if self in notes else Severity.VIOLATION

    @property
    def is_problem(self) -> bool:
        """Whether it counts as a problem: a violation, or what could not be understood."""
        return self.severity is Severity.VIOLATION or self is Rule.ODD_QUESTION


Violation = tuple[Rule, str]
"""A rule that does not hold, and the sentence that says why."""


def check_event(
    machine: StateMachine, event: Event, before: str | None, *, after_gap: bool = False
) -> Iterator[Violation]:
    """Yield the violations of `event` in a session that was in `before` until then.

    `before` is None for the first event; `after_gap`: events before it are missing.
    """
    if before in machine.terminal:
        yield Rule.EVENT_AFTER_END, f"The session had already ended in {before}."
    elif event.state in machine.table:
        yield from _check_transition(machine, event, before, after_gap)
        yield from _check_envelope(machine, event, before, after_gap)
    elif event.state != before:
        yield Rule.UNKNOWN_STATE, f"{event.state} is not a state of this machine."


def check_late(
    machine: StateMachine, event: Event, before: str | None, entered: Set[str]
) -> Iterator[Violation]:
    """Yield the violations of the late `event` of a session in `before` that `entered` these."""
    told = event.state
    if told in entered and event.envelope is not None:
        told_of = state_told_by(machine, event.envelope)
        if told_of is None:
            yield Rule.WRONG_PHASE, f"No state has the phase {event.phase or 'none'}."
        elif event.origin is Origin.SIMULATED or not _may_have_passed(
            machine, told_of, before, entered
        ):
            told = told_of
    if told not in entered:
        yield (
            Rule.NEVER_ENTERED,
            f"The message is late, but the session was never in {told}.",
        )


def _may_have_passed(
    machine: StateMachine, state: str, before: str | None, entered: Set[str]
) -> bool:
    """Return whether a session now in `before` may have been in `state`, unobserved."""
    if before is None or before not in machine.table:
        return True
    return machine.path(state, before) is not None and any(
        machine.path(known, state) for known in entered if known in machine.table
    )


def _check_transition(
    machine: StateMachine, event: Event, before: str | None, after_gap: bool
) -> Iterator[Violation]:
    # Only an observer can miss states, and only lost events can hide them.
    may_skip = event.origin is Origin.OBSERVED or after_gap
    if before is None:
        before = machine.initial
        if event.state == before:
            return
        if not may_skip:
            yield Rule.ILLEGAL_TRANSITION, f"A session begins in {before}, not in {event.state}."
            return
    elif not event.enters(before):
        return
    if before not in machine.table:
        return
    reason = why_illegal(machine, before, event.state)
    if reason is None:
        return
    paths = count_shortest_paths(before, event.state, machine.table) if may_skip else 0
    if event.after_gap and paths:
        yield (
            Rule.STATES_SKIPPED,
            f"The states between {before} and {event.state} were not observed.",
        )
    elif paths == 1:
        path = machine.path(before, event.state) or ()
        yield (
            Rule.STATES_SKIPPED,
            f"Between {before} and {event.state} the session passed, unobserved, through "
            f"{' → '.join(path[1:-1])}.",
        )
    else:
        yield Rule.ILLEGAL_TRANSITION, reason


def _check_envelope(
    machine: StateMachine, event: Event, before: str | None, after_gap: bool
) -> Iterator[Violation]:
    state, expected, envelope = event.state, machine.emits(event.state), ENVELOPES.get(event.kind)
    # A simulated session emits what it has to; an observer may have seen the state alone.
    strictly = event.origin is Origin.SIMULATED and event.enters(before) and not after_gap
    if envelope is None:
        wrong = strictly and expected is not None and event.wire is None
    elif envelope.enters:
        wrong = event.kind != expected
    else:
        wrong = strictly or state in machine.terminal
    if wrong:
        emitted = "nothing" if envelope is None else event.kind
        yield (
            Rule.WRONG_ENVELOPE,
            f"{state} emits {expected or 'nothing'} on entering, not {emitted}.",
        )
    elif envelope is not None and envelope.phase_from is not None:
        reporting = (before or machine.initial) if envelope.phase_from == "before" else state
        phase = machine.phase(reporting)
        if reporting in machine.table and event.phase != phase:
            yield (
                Rule.WRONG_PHASE,
                f"The phase is {event.phase or 'none'}, but {reporting} has {phase or 'none'}.",
            )


def check_order(event: Event, expected: int, at: datetime) -> Iterator[Violation]:
    """Yield how `event` breaks the order: number `expected` comes next, and no time before `at`."""
    if event.seq > expected:
        missing = event.seq - expected
        which = (
            f"Number {expected} is"
            if missing == 1
            else f"{missing:,} numbers from {expected} on are"
        )
        yield Rule.NUMBER_MISSING, f"{which} missing before {event.seq}."
    elif event.seq < expected:
        yield (
            Rule.NUMBER_REPEATED,
            f"Number {event.seq} is repeated or late, not {expected}.",
        )
    if event.at < at:
        yield Rule.TIME_BACKWARDS, f"The time goes back by {duration(at - event.at, 6)}."


def check_question(event: Event) -> Iterator[Violation]:
    """Yield what does not conform in a plugin's question; the server does not check it."""
    if isinstance(event.envelope, InputRequiredEnvelope) and event.envelope.remarks:
        remarks = " ".join(event.envelope.remarks)
        yield Rule.ODD_QUESTION, f"The plugin's question is not as it should be. {remarks}"


def check_progress(event: Event) -> Iterator[Violation]:
    """Yield a violation if more is done than there is to do."""
    if isinstance(event.envelope, ProgressEnvelope):
        current, total = event.envelope.current, event.envelope.total
        if current > total:
            yield Rule.PROGRESS_BEYOND_TOTAL, f"{current} of {total} are done."
