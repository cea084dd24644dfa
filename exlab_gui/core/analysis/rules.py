"""What a machine asks of each event of a session, and what to say where it fails (§4.7)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from exlab_gui.core.analysis.legality import why_illegal
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import KINDS
from exlab_gui.core.protocol.events import Origin
from exlab_gui.core.transitions import count_shortest_paths

BETWEEN_TRANSITIONS = frozenset({"progress", "warning"})
"""The kinds of envelope that come while a session stays in a state (§4.6.2)."""

_ON_ENTRY = frozenset(KINDS) - BETWEEN_TRANSITIONS
_BEARS_PHASE = frozenset({"phase", "failed"}) | BETWEEN_TRANSITIONS


class Severity(StrEnum):
    """Whether a session that bears a finding still conforms to its machine."""

    VIOLATION = "violation"
    NOTE = "note"


class Rule(StrEnum):
    """What a finding is about."""

    ILLEGAL_TRANSITION = "illegal_transition"
    EVENT_AFTER_END = "event_after_end"
    UNKNOWN_STATE = "unknown_state"
    WRONG_PHASE = "wrong_phase"
    WRONG_ENVELOPE = "wrong_envelope"
    TIME_BACKWARDS = "time_backwards"
    NUMBER_MISSING = "number_missing"
    NUMBER_REPEATED = "number_repeated"
    PROGRESS_BEYOND_TOTAL = "progress_beyond_total"
    NEVER_ENDED = "never_ended"
    STATES_SKIPPED = "states_skipped"

    @property
    def severity(self) -> Severity:
        """Whether the rule is broken, or something is only worth knowing."""
        notes = (Rule.NEVER_ENDED, Rule.STATES_SKIPPED)
        return Severity.NOTE if self in notes else Severity.VIOLATION


Violation = tuple[Rule, str]
"""A rule that does not hold, and the sentence that says why."""


class EventContext(NamedTuple):
    """An event, as far as the machine has a say in it.

    `before` is the state that the session was in, None where the event is the first. `kind` and
    `phase` are those of its envelope, where it has any. `bare` is an event that has nothing to
    tell but its state; `after_gap` one that lacks the events before it; `unobserved` one before
    which states may have passed that nobody saw.
    """

    before: str | None
    state: str
    origin: Origin
    kind: str | None
    phase: str | None
    bare: bool
    after_gap: bool
    unobserved: bool = False

    @property
    def enters(self) -> bool:
        """Whether the event enters its state, be it the one that the session was in."""
        return self.state != self.before or self.kind in _ON_ENTRY or self.bare


def check_event(machine: StateMachine, case: EventContext) -> Iterator[Violation]:
    """Yield what `machine` has against `case`."""
    if case.before in machine.terminal:
        yield Rule.EVENT_AFTER_END, f"The session had already ended in {case.before}."
    elif case.state in machine.table:
        yield from _judge_transition(machine, case)
        yield from _judge_envelope(machine, case)
    elif case.state != case.before:
        yield Rule.UNKNOWN_STATE, f"{case.state} is not a state of this machine."


def _judge_transition(machine: StateMachine, case: EventContext) -> Iterator[Violation]:
    # Only an observer can miss states, and only lost events can hide them.
    may_skip = case.origin is Origin.OBSERVED or case.after_gap
    before = case.before
    if before is None:
        before = machine.initial
        if case.state == before:
            return
        if not may_skip:
            yield Rule.ILLEGAL_TRANSITION, f"A session begins in {before}, not in {case.state}."
            return
    if not case.enters or before not in machine.table:
        return
    reason = why_illegal(machine, before, case.state)
    if reason is None:
        return
    ways = count_shortest_paths(before, case.state, machine.table) if may_skip else 0
    if case.unobserved and ways:
        yield (
            Rule.STATES_SKIPPED,
            f"What passed between {before} and {case.state} was not observed.",
        )
    elif ways == 1:
        path = machine.path(before, case.state) or ()
        yield (
            Rule.STATES_SKIPPED,
            f"Between {before} and {case.state} the session passed, unseen, through "
            f"{' → '.join(path[1:-1])}.",
        )
    else:
        yield Rule.ILLEGAL_TRANSITION, reason


def _judge_envelope(machine: StateMachine, case: EventContext) -> Iterator[Violation]:
    due = machine.emits(case.state)
    # A simulated session emits what it has to; an observer may have seen the state alone.
    strictly = case.origin is Origin.SIMULATED and case.enters and not case.after_gap
    if case.kind is None:
        wrong = strictly and due is not None
    elif case.kind in BETWEEN_TRANSITIONS:
        wrong = strictly or case.state in machine.terminal
    else:
        wrong = case.kind in _ON_ENTRY and case.kind != due
    if wrong:
        yield (
            Rule.WRONG_ENVELOPE,
            f"{case.state} emits {due or 'nothing'} on entering, not {case.kind or 'nothing'}.",
        )
    elif case.kind in _BEARS_PHASE:
        # A failure reports what failed, every other envelope what goes on.
        reporting = (case.before or machine.initial) if case.kind == "failed" else case.state
        phase = machine.phase(reporting)
        if reporting in machine.table and case.phase != phase:
            yield (
                Rule.WRONG_PHASE,
                f"The phase is {case.phase or 'none'}, but {reporting} has {phase or 'none'}.",
            )
