"""One line of plain text about an event: what the log's ``Detail`` column says."""

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
    r"""Return what happened with `event`, as one line of at most `MAX_LENGTH` characters.

    `before` is the state that the session was in: where it is given, a change of state that has
    nothing else to tell says where it came from. Characters that cannot be seen are written out
    (``\n``). The text may hold anything else that came from outside: show it as plain text.
    """
    return sanitize(_tell(event, before))


def reservation(event: Event) -> str:
    """Return in what way `event` is less than seen as it happened, or nothing."""
    if event.origin is Origin.INFERRED:
        return "  (inferred)"
    match event.mark:
        case Mark.GAP:
            return "  (what passed before it was not observed)"
        case Mark.LATE:
            return "  (known before)"
    return ""


def _tell(event: Event, before: str | None) -> str:
    if event.envelope is not None:
        told = event.envelope.summary
        if told is None and event.mark is Mark.LATE:
            told = event.envelope.phase
        if told is not None:
            return told
    if event.wire is not None and event.envelope is None:
        return event.wire[: 4 * MAX_LENGTH].decode(errors="replace")
    if event.cause is not None:
        return _tell_cause(event.cause)
    if event.seq == 1:
        return "opened"
    return "" if before is None else f"{before} → {event.state}"


def _tell_cause(cause: Cause) -> str:
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
