"""One line of plain text about an event: what the log's ``Detail`` column says."""

import unicodedata
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
    Reported,
    Resumed,
)

MAX_LENGTH = 400
"""No description is longer than this many characters."""

# Control, format and unassigned characters, lone surrogates, and what breaks a line.
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))


def describe(event: Event, before: str | None = None) -> str:
    r"""Return what happened with `event`, as one line of at most `MAX_LENGTH` characters.

    `before` is the state that the session was in: where it is given, a change of state that has
    nothing else to tell says where it came from. Characters that cannot be seen are written out
    (``\n``). The text may hold anything else that came from outside: show it as plain text.
    """
    return one_line(_tell(event, before))


def one_line(text: str, limit: int = MAX_LENGTH) -> str:
    """Return `text` with its unseen characters written out, cut with … to `limit` characters."""
    text = text[: limit + 1]
    if not text.isprintable():
        text = "".join(_seen(character) for character in text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _tell(event: Event, before: str | None) -> str:
    match event.envelope:
        case ProgressEnvelope(current=current, total=total):
            return f"{current} of {total}"
        case WarningEnvelope(message=message):
            return message
        case InputRequiredEnvelope(fields=fields, reason=reason, plugin=plugin):
            asked = ", ".join(field.label or field.id for field in fields)
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


def _seen(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape").decode("ascii")
