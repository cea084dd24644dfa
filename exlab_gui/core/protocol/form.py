"""What a plugin's question asks for: the types of field, and which answers fit them (§4.6.2)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, assert_never

import msgspec

FieldType = Literal["string", "text", "choice", "date", "boolean"]

FieldValue = str | bool
"""What an editor holds, and an operator answers."""

EARLIEST_DATE = date(100, 1, 1)
"""No editor goes back further."""

_MAX_TYPED = 1_000


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a plugin asks the operator for.

    On the wire `type` and `required` always stand, whether or not they were said; the rest only
    if it was.
    """

    id: str
    label: str
    # A factory's value counts as said: omit_defaults does not leave it out.
    type: FieldType = msgspec.field(default_factory=lambda: "string")
    required: bool = msgspec.field(default_factory=lambda: False)
    default: FieldValue | None = None
    options: tuple[str, ...] = ()
    hint: str | None = None


EXAMPLES = (
    Field("sample_id", "Sample ID", required=True, hint="As on the tube, e.g. S-0042"),
    Field("instrument_mode", "Instrument mode", "choice", True, "standard", ("standard", "fast")),
    Field("run_date", "Date of the run", "date"),
    Field("calibrated", "Calibrated today", "boolean", default=False),
    Field("remarks", "Remarks", "text"),
)
"""One field of each type: stepping by hand shows what a form can look like."""


class FieldRules:
    """The rules of one type of field; unless a type has others, those of a line of text."""

    def initial(self, field: Field, today: date) -> FieldValue:
        """Return what the editor of `field` holds before the operator touches it."""
        return "" if field.default is None else str(field.default)

    def fault(self, field: Field) -> str | None:
        """Return what is wrong with `field` as a question, or None."""
        return None

    def wrong(self, field: Field, answer: Any) -> str | None:
        """Return what is wrong with `answer`, which is not blank, or None."""
        return None

    def can_be_entered(self, field: Field, answer: Any) -> bool:
        """Return whether the editor of `field`, used by keys, gives exactly `answer`."""
        return isinstance(answer, str) and can_be_typed(answer)


class _TextRules(FieldRules):
    def can_be_entered(self, field: Field, answer: Any) -> bool:
        return isinstance(answer, str) and can_be_typed(answer.replace("\n", ""))


class _ChoiceRules(FieldRules):
    def fault(self, field: Field) -> str | None:
        if not field.options:
            return 'a field of type "choice" needs "options" to choose from'
        if field.default is not None and field.default not in field.options:
            return f'"{field.default}" is not among the "options"'
        return None

    def wrong(self, field: Field, answer: Any) -> str | None:
        return None if answer in field.options else "Choose one of the options."

    def can_be_entered(self, field: Field, answer: Any) -> bool:
        return answer in field.options


class _DateRules(FieldRules):
    def initial(self, field: Field, today: date) -> FieldValue:
        return _iso_date(field.default) or today.isoformat()

    def wrong(self, field: Field, answer: Any) -> str | None:
        return None if _iso_date(answer) else "This is not a date: write it as 2026-01-31."

    def can_be_entered(self, field: Field, answer: Any) -> bool:
        return _iso_date(answer) == answer and date.fromisoformat(answer) >= EARLIEST_DATE


class _BooleanRules(FieldRules):
    def initial(self, field: Field, today: date) -> FieldValue:
        return field.default is True or field.default == "true"

    def wrong(self, field: Field, answer: Any) -> str | None:
        return None if isinstance(answer, bool) else "This is either yes or no."

    def can_be_entered(self, field: Field, answer: Any) -> bool:
        return isinstance(answer, bool)


def rules(field_type: FieldType) -> FieldRules:
    """Return the rules of `field_type`."""
    match field_type:
        case "string":
            return FieldRules()
        case "text":
            return _TextRules()
        case "choice":
            return _ChoiceRules()
        case "date":
            return _DateRules()
        case "boolean":
            return _BooleanRules()
    assert_never(field_type)


def wrong_answers(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with `answers`: a sentence by the id of each field concerned."""
    return {field.id: fault for field in fields if (fault := _wrong(field, answers.get(field.id)))}


def can_be_typed(line: str) -> bool:
    """Return whether a test can type `line` in a bearable time, and nothing trims it."""
    return line == line.strip() and line.isprintable() and len(line) <= _MAX_TYPED


def _wrong(field: Field, answer: Any) -> str | None:
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return "Required" if field.required else None
    return rules(field.type).wrong(field, answer)


def _iso_date(text: Any) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError):
        return None
