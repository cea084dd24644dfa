"""The question of a plugin in text that is safe to show; answers are sent unchanged."""

from typing import Any

from exlab_gui.core.protocol.envelopes import UNKNOWN_QUESTION, InputRequiredEnvelope, as_text
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import joined, phrase

_LONGEST_TITLE = 200
_LONGEST_PROSE = 4_000


def asked_for(asked: InputRequiredEnvelope) -> str:
    """Return the plugin and its reason in one line."""
    return sanitize(": ".join(filter(None, (asked.plugin, asked.reason))))


def question(asked: InputRequiredEnvelope) -> str:
    """Return the plugin and its reason with its line breaks."""
    if asked == UNKNOWN_QUESTION:
        return phrase("The session waits for input, but the question is not known.")
    return sanitize(
        phrase("{plugin} asks: {reason}", plugin=asked.plugin, reason=asked.reason),
        _LONGEST_PROSE,
        keep="\n",
    )


def title(field: Field) -> str:
    return sanitize(field.label or field.id, _LONGEST_TITLE)


def remarks(asked: InputRequiredEnvelope) -> str:
    """Return what does not conform in the question as a whole; one sentence a line."""
    return sanitize(joined(asked.odd, "\n"), _LONGEST_PROSE, keep="\n")


def remark(field: Field) -> str:
    """Return what does not conform in `field`, or nothing."""
    if field.odd is None:
        return ""
    return sanitize(
        phrase("⚠ From the plugin: {remarks}.", remarks=joined(field.odd.remarks, "; ")),
        _LONGEST_PROSE,
    )


def hint(field: Field) -> str:
    return sanitize(field.hint or "", _LONGEST_PROSE, keep="\n")


def answer(given: Any) -> str:
    """Return an answer that was sent, or nothing if there was none."""
    if given is None:
        return ""
    if isinstance(given, bool):
        return phrase("Yes") if given else phrase("No")
    return sanitize(as_text(given), _LONGEST_PROSE, keep="\n")


def option(text: str) -> str:
    return sanitize(text, _LONGEST_TITLE)
