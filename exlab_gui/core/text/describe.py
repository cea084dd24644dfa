"""Events in one line of plain text, as in the log's ``Detail`` column."""

from typing import assert_never

from exlab_gui.core.protocol.envelopes import as_text, result_summary
from exlab_gui.core.protocol.events import (
    Abandoned,
    Cancelled,
    Cause,
    Event,
    Mark,
    Origin,
    Reported,
    Resumed,
)
from exlab_gui.core.text.sanitize import MAX_LENGTH, sanitize


def describe(event: Event, before: str | None = None) -> str:
    """Return one line about `event` that is safe to show as plain text.

    If `before`, the state before it, is given, a transition without other text names both states.
    """
    return sanitize(_text(event, before))


def reservation(event: Event) -> str:
    """Return how `event` is known, if it was not observed when it happened."""
    if event.origin is Origin.INFERRED:
        return "  (inferred)"
    match event.mark:
        case Mark.GAP:
            return "  (earlier states were not observed)"
        case Mark.LATE:
            return "  (known before)"
        case Mark.RESULT:
            return "  (known from its result only)"
        case Mark.LOSS:
            return "  (the event stream broke off: earlier events may be lost)"
    return ""


def _text(event: Event, before: str | None) -> str:
    if event.envelope is not None:
        summary = event.envelope.summary
        if summary is None and event.mark is Mark.LATE:
            summary = event.envelope.phase
        if summary is not None:
            return summary
    if event.wire is not None and event.envelope is None:
        return event.wire[: 4 * MAX_LENGTH].decode(errors="replace")
    if event.cause is not None:
        return _cause_text(event.cause)
    if event.seq == 1:
        return "opened"
    return "" if before is None else f"{before} → {event.state}"


def _cause_text(cause: Cause) -> str:
    match cause:
        case Resumed(answers=answers):
            given = ", ".join(f"{key} = {as_text(value)}" for key, value in answers.items())
            return f"resumed: {given or 'no answers'}"
        case Cancelled(discard_files=discard):
            return f"cancelled: the partly made folder is {'discarded' if discard else 'kept'}"
        case Abandoned(idle_s=idle):
            return f"session_abandoned: no heartbeat for {idle:,.0f} s"
        case Reported(error=error, result=result):
            return error.summary if error is not None else result_summary(result or {})
    assert_never(cause)
