"""The rules for the messages of a session: their kind, their phase, their content (§4.7)."""

from collections.abc import Iterator

from exlab_gui.core.analysis.rules.rule import Rule, Violation
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import ENVELOPES, InputRequiredEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.translation import joined, phrase


def check_envelope(
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
        emitted = phrase("nothing") if envelope is None else event.kind
        yield (
            Rule.WRONG_ENVELOPE,
            phrase(
                "{state} emits {expected} on entering, not {emitted}.",
                state=state,
                expected=expected or phrase("nothing"),
                emitted=emitted,
            ),
        )
    elif envelope is not None and envelope.phase_from is not None:
        reporting = (before or machine.initial) if envelope.phase_from == "before" else state
        phase = machine.phase(reporting)
        if reporting in machine.table and event.phase != phase:
            yield (
                Rule.WRONG_PHASE,
                phrase(
                    "The phase is {phase}, but {reporting} has {right}.",
                    phase=event.phase or phrase("none"),
                    reporting=reporting,
                    right=phase or phrase("none"),
                ),
            )


def check_question(event: Event) -> Iterator[Violation]:
    """Yield what does not conform in a plugin's question; the server does not check it."""
    if isinstance(event.envelope, InputRequiredEnvelope) and event.envelope.remarks:
        remarks = joined(event.envelope.remarks)
        yield (
            Rule.ODD_QUESTION,
            phrase("The plugin's question is not as it should be. {remarks}", remarks=remarks),
        )


def check_progress(event: Event) -> Iterator[Violation]:
    """Yield a violation if more is done than there is to do."""
    if isinstance(event.envelope, ProgressEnvelope):
        current, total = event.envelope.current, event.envelope.total
        if current > total:
            yield (
                Rule.PROGRESS_BEYOND_TOTAL,
                phrase("{current} of {total} are done.", current=current, total=total),
            )
