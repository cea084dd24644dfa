"""What a plugin's question asks for, and whether answers fit it (§4.6.2)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from exlab_gui.core.protocol.envelopes import Field


def initial_value(field: Field, today: date) -> str | bool:
    """Return what the editor of `field` holds before the operator touches it.

    That is the field's default; without one, today for a date, False for a boolean, else nothing.
    """
    match field.type:
        case "boolean":
            return field.default is True or field.default == "true"
        case "date":
            return _iso_date(field.default) or today.isoformat()
    return "" if field.default is None else str(field.default)


def wrong_answers(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with `answers`: a sentence by the id of each field concerned."""
    return {field.id: said for field in fields if (said := _wrong(field, answers.get(field.id)))}


def _wrong(field: Field, answer: Any) -> str | None:
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return "This has to be filled in." if field.required else None
    match field.type:
        case "choice" if answer not in field.options:
            return f"Choose one of: {', '.join(field.options)}."
        case "date" if _iso_date(answer) is None:
            return "This is not a date: write it as 2026-01-31."
        case "boolean" if not isinstance(answer, bool):
            return "This is either yes or no."
    return None


def _iso_date(text: Any) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError):
        return None
