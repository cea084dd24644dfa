"""Events in one line of plain text, as in the log's ``Detail`` column."""

from datetime import timedelta
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
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.sanitize import MAX_LENGTH, MAX_SENTENCE, sanitize
from exlab_gui.core.text.translation import joined, phrase, translatable

_STATUS = translatable(
    {
        "success": "success",
        "failed": "failed",
        "skipped": "skipped",
        "timeout": "timeout",
        "policy_violation": "policy violation",
    }
)
"""How plugins end, as far as it is known; the set is open."""


def describe(event: Event, before: str | None = None) -> str:
    """Return one line about `event` that is safe to show as plain text.

    If `before`, the state before it, is given, a transition without other text names both states.
    """
    return sanitize(_text(event, before))


def describe_in_full(event: Event, before: str | None = None) -> str:
    """Return what `describe` does, with its line breaks, and cut much later."""
    return sanitize(_text(event, before), MAX_SENTENCE, keep="\n")


def reservation(event: Event) -> str:
    """Return how `event` is known, in brackets, if it was not observed when it happened."""
    if event.origin is Origin.INFERRED:
        return phrase("(inferred)")
    if isinstance(event.cause, Explained):
        return ""
    match event.mark:
        case Mark.GAP:
            return phrase("(earlier states were not observed)")
        case Mark.LATE:
            return phrase("(known before)")
        case Mark.RESULT:
            return phrase("(known from its result only)")
        case Mark.LOSS:
            return phrase("(the event stream broke off: earlier events may be lost)")
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
        return phrase("opened")
    return "" if before is None else f"{before} → {event.state}"


def _cause_text(cause: Cause) -> str:
    match cause:
        case Resumed(answers=answers):
            given = ", ".join(f"{key} = {as_text(value)}" for key, value in answers.items())
            return phrase("resumed: {answers}", answers=given or phrase("no answers"))
        case Cancelled(discard_files=discard):
            if discard:
                return phrase("cancelled: the partly made folder is discarded")
            return phrase("cancelled: the partly made folder is kept")
        case Abandoned(idle_s=idle):
            return phrase("session_abandoned: no heartbeat for {idle:,.0f} s", idle=idle)
        case Reported(error=error, result=result):
            return error.summary if error is not None else result_summary(result or {})
        case Explained():
            return _explanation(cause)
    assert_never(cause)


def _explanation(explained: Explained) -> str:
    """Return the failures first, since there may be many plugins."""
    plugins = sorted(explained.plugins, key=lambda plugin: not plugin.failed)
    text = [plugin_text(plugin) for plugin in plugins]
    if explained.log:
        text.append(phrase("server log: {line}", line=explained.log[0]))
    if explained.readme is not None:
        text.append(explained.readme)
    return joined(text, " · ") or phrase("nothing more is known")


def plugin_text(plugin: AppliedPlugin) -> str:
    """Return how `plugin` ended, in one line."""
    parts: list[str] = [phrase(_STATUS.get(plugin.status, plugin.status.replace("_", " ")))]
    if plugin.exit_code is not None:
        parts.append(phrase("exit code {code}", code=plugin.exit_code))
    if plugin.duration_ms is not None:
        parts.append(duration(timedelta(milliseconds=plugin.duration_ms), 3))
    if count := len(plugin.files):
        parts.append(phrase("{n:,} file", "{n:,} files", n=count))
    name = " ".join(filter(None, (plugin.plugin, plugin.version)))
    mark = "⚠ " if plugin.failed else ""
    return joined((f"{mark}{name}: ", joined(parts, ", ")), "")
