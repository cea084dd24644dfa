"""One line of plain text about an event: what the log's ``Detail`` column says."""

from typing import Any

import msgspec

from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
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
from exlab_gui.core.text.question import title
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
    match event.envelope:
        case ProgressEnvelope(current=current, total=total):
            return f"{current} of {total}"
        case WarningEnvelope(message=message):
            return message
        case InputRequiredEnvelope(fields=fields, reason=reason, plugin=plugin):
            asked = ", ".join(map(title, fields))
            return f"{plugin}: {reason} ({asked})"
        case DoneEnvelope(result=result):
            return _tell_result(result)
        case FailedEnvelope(error=error):
            return _tell_error(error)
        case PhaseEnvelope(phase=phase) if event.mark is Mark.LATE:
            return phase
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
            given = ", ".join(f"{key} = {_value(value)}" for key, value in answers.items())
            return f"resumed: {given or 'no answers'}"
        case Cancelled(discard_files=discard):
            return f"cancelled: the partly made folder is {'discarded' if discard else 'kept'}"
        case Abandoned(idle_s=idle):
            return f"session_abandoned: no heartbeat for {idle:,.0f} s"
        case Reported(error=error, result=result):
            return _tell_error(error) if error is not None else _tell_result(result or {})


def _tell_result(result: dict[str, Any]) -> str:
    told = [_value(result[key]) for key in ("path", "sync_status") if result.get(key) is not None]
    if result.get("blocked") is True:
        told.append("blocked")
    return " · ".join(told)


def _tell_error(error: Error) -> str:
    told = f"{error.code}: {error.message}" if error.message else error.code
    return told if error.field is None else f"{told} ({error.field})"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
