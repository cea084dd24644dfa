"""The shapes of messages."""

from datetime import date
from typing import Any

from tests.fuzz.reference.parsing import BadError, UnclearError, is_text, whole


def is_envelope(said: Any) -> bool:
    """Return whether `said` has the shape of one of the envelopes."""
    if not isinstance(said, dict) or not is_text(said.get("kind")):
        return False
    try:
        match said["kind"]:
            case "phase":
                return is_text(said["phase"]) and is_text(said["at"])
            case "progress":
                whole(said["current"]), whole(said["total"])
                return is_text(said["phase"])
            case "input_required":
                return True
            case "warning":
                return is_text(said["phase"]) and is_text(said["message"])
            case "done":
                return isinstance(said["result"], dict)
            case "failed":
                phase = said["phase"]
                return (phase is None or is_text(phase)) and _is_error(said["error"])
    except (KeyError, BadError):
        pass
    return False


def is_odd(question: dict[str, Any]) -> bool:
    """Return whether a plugin's question does not conform."""
    fields = question.get("fields")
    if not isinstance(fields, list) or not all(map(_is_field, fields)):
        return True
    if len({field["id"] for field in fields}) < len(fields):
        return True
    return not (is_text(question.get("reason")) and is_text(question.get("plugin")))


def _is_field(said: Any) -> bool:
    if not isinstance(said, dict) or not (is_text(said.get("id")) and is_text(said.get("label"))):
        return False
    if "odd" in said:
        raise UnclearError("the program's own word")
    default, options = said.get("default"), said.get("options", [])
    if not (isinstance(options, list) and all(map(is_text, options))):
        return False
    match said.get("type", "string"):
        case "string" | "text":
            fits = default is None or is_text(default)
        case "choice":
            fits = bool(options) and (default is None or default in options)
        case "date":
            fits = default is None or _is_date(default)
        case "boolean":
            fits = default in (None, True, False, "true", "false")
        case _:
            fits = False
    return (
        fits
        and said["id"] != ""
        and isinstance(said.get("required", True), bool)
        and (said.get("hint") is None or is_text(said["hint"]))
    )


def _is_date(text: Any) -> bool:
    try:
        return is_text(text) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_error(said: Any) -> bool:
    return (
        isinstance(said, dict)
        and is_text(said.get("code"))
        and is_text(said.get("message", ""))
        and (said.get("field") is None or is_text(said["field"]))
    )
