"""The rules for the states of a session: which may follow which (§4.7)."""

from collections.abc import Iterator, Set

from exlab_gui.core.analysis.legality import why_illegal
from exlab_gui.core.analysis.rules.messages import check_envelope
from exlab_gui.core.analysis.rules.rule import Rule, Violation
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.emission import state_told_by
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.transitions import count_shortest_paths


def check_event(
    machine: StateMachine, event: Event, before: str | None, *, after_gap: bool = False
) -> Iterator[Violation]:
    """Yield the violations of `event` in a session that was in `before` until then.

    `before` is None for the first event; `after_gap`: events before it are missing.
    """
    if before in machine.terminal:
        yield (
            Rule.EVENT_AFTER_END,
            phrase("The session had already ended in {before}.", before=before),
        )
    elif event.state in machine.table:
        yield from _check_transition(machine, event, before, after_gap)
        yield from check_envelope(machine, event, before, after_gap)
    elif event.state != before:
        yield (
            Rule.UNKNOWN_STATE,
            phrase("{state} is not a state of this machine.", state=event.state),
        )


def check_late(
    machine: StateMachine, event: Event, before: str | None, entered: Set[str]
) -> Iterator[Violation]:
    """Yield the violations of the late `event` of a session in `before` that `entered` these."""
    told = event.state
    if told in entered and event.envelope is not None:
        told_of = state_told_by(machine, event.envelope)
        if told_of is None:
            yield (
                Rule.WRONG_PHASE,
                phrase("No state has the phase {phase}.", phase=event.phase or phrase("none")),
            )
        elif event.origin is Origin.SIMULATED or not _may_have_passed(
            machine, told_of, before, entered
        ):
            told = told_of
    if told not in entered:
        yield (
            Rule.NEVER_ENTERED,
            phrase("The message is late, but the session was never in {told}.", told=told),
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
            yield (
                Rule.ILLEGAL_TRANSITION,
                phrase(
                    "A session begins in {before}, not in {state}.",
                    before=before,
                    state=event.state,
                ),
            )
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
            phrase(
                "The states between {before} and {state} were not observed.",
                before=before,
                state=event.state,
            ),
        )
    elif paths == 1:
        path = machine.path(before, event.state) or ()
        yield (
            Rule.STATES_SKIPPED,
            phrase(
                "Between {before} and {state} the session passed, unobserved, through {path}.",
                before=before,
                state=event.state,
                path=" → ".join(path[1:-1]),
            ),
        )
    else:
        yield Rule.ILLEGAL_TRANSITION, reason
