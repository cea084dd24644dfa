"""What a plugin asks, in words that are safe to show; its answers are sent as they are."""

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.text.sanitize import sanitize

_LONGEST_TITLE = 200
_LONGEST_PROSE = 4_000


def asked_for(asked: InputRequiredEnvelope) -> str:
    """Return who asks and why, in one line."""
    return sanitize(": ".join(filter(None, (asked.plugin, asked.reason))))


def question(asked: InputRequiredEnvelope) -> str:
    """Return who asks and why, in several lines if the plugin has written several."""
    return sanitize(f"{asked.plugin} asks: {asked.reason}", _LONGEST_PROSE, keep="\n")


def title(field: Field) -> str:
    """Return the label of `field`; if it has none, its id."""
    return sanitize(field.label or field.id, _LONGEST_TITLE)


def hint(field: Field) -> str:
    """Return the hint of `field`, in several lines if the plugin has written several."""
    return sanitize(field.hint or "", _LONGEST_PROSE, keep="\n")


def option(text: str) -> str:
    """Return an option of a field as it is listed."""
    return sanitize(text, _LONGEST_TITLE)
