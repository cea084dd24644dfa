"""What a plugin's question asks for: the types of field, and which answers fit them (§4.6.2)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, assert_never

import msgspec

from exlab_gui.core.text.translation import phrase

FieldType = Literal["string", "text", "choice", "date", "boolean"]

FieldValue = str | bool
"""What an editor holds, and an operator answers."""

EARLIEST_DATE = date(100, 1, 1)
"""No editor goes back further."""

BOOLEANS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}
"""What plugins write for yes and no, in small letters."""

_MAX_TYPED = 1_000


class Oddity(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a field differs from what a plugin may ask for, and what its answers are sent as.

    `values` has the JSON of a default or an option by the text that is shown for it. With
    `as_json`, any other answer that is a number, a list or an object in JSON is sent as that.
    """

    remarks: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()
    as_json: bool = False


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a plugin asks the operator for.

    On the wire `type` and `required` always stand, whether or not they were said; the rest only
    if it was. `odd` never stands there.
    """

    id: str
    label: str
    # A factory's value counts as said: omit_defaults does not leave it out.
    type: FieldType = msgspec.field(default_factory=lambda: "string")
    required: bool = msgspec.field(default_factory=lambda: False)
    default: FieldValue | None = None
    options: tuple[str, ...] = ()
    hint: str | None = None
    odd: Oddity | None = None


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
        return None if isinstance(field.default, str | None) else '"default" must be text'

    def wrong(self, field: Field, answer: Any) -> str | None:
        """Return what is wrong with `answer`, which is not blank, or None."""
        return None

    def read(self, default: Any, text: str) -> tuple[FieldValue | None, bool]:
        """Return a `default`, which has this `text`, as the editor can hold it, or None.

        With it comes whether it is of the type that it has to be.
        """
        return text, isinstance(default, str)

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
        return None if answer in field.options else phrase("Choose one of the options.")

    def can_be_entered(self, field: Field, answer: Any) -> bool:
        return answer in field.options


class _DateRules(FieldRules):
    def initial(self, field: Field, today: date) -> FieldValue:
        return _iso_date(field.default) or today.isoformat()

    def fault(self, field: Field) -> str | None:
        good = field.default is None or is_date(field.default)
        return None if good else '"default" must be a date such as 2026-01-31'

    def wrong(self, field: Field, answer: Any) -> str | None:
        return None if _iso_date(answer) else phrase("This is not a date: write it as 2026-01-31.")

    def read(self, default: Any, text: str) -> tuple[FieldValue | None, bool]:
        return (text, True) if is_date(text) else (None, False)

    def can_be_entered(self, field: Field, answer: Any) -> bool:
        return _iso_date(answer) == answer and date.fromisoformat(answer) >= EARLIEST_DATE


class _BooleanRules(FieldRules):
    def initial(self, field: Field, today: date) -> FieldValue:
        return field.default is True or field.default == "true"

    def fault(self, field: Field) -> str | None:
        good = field.default in (None, True, False, "true", "false")
        return None if good else '"default" must be true or false'

    def wrong(self, field: Field, answer: Any) -> str | None:
        return None if isinstance(answer, bool) else phrase("This is either yes or no.")

    def read(self, default: Any, text: str) -> tuple[FieldValue | None, bool]:
        shown = default if isinstance(default, bool) else BOOLEANS.get(text.casefold())
        return shown, isinstance(default, bool) or default in ("true", "false")

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


def faults(fields: Sequence[Field]) -> Iterator[str]:
    """Yield what is wrong with `fields` as a question, though each part is of the right type."""
    ids: set[str] = set()
    for field in fields:
        if not field.id:
            yield '"id" must not be empty'
        if field.id in ids:
            yield f'"{field.id}" is the id of a field before it'
        ids.add(field.id)
        if fault := rules(field.type).fault(field):
            yield fault
        if field.odd is not None:
            yield '"odd" is not a part of a field'


def wrong_answers(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with `answers`: a sentence by the id of each field concerned.

    An answer is what the editor of its field holds, or what is sent.
    """
    return {field.id: fault for field in fields if (fault := _wrong(field, answers.get(field.id)))}


def answers_to_send(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return `answers`, which the editors of `fields` hold, in the types that the plugin gave.

    What was not answered is left out.
    """
    given = {field.id: (field, answers.get(field.id)) for field in fields}
    return {
        key: _sent(field, answer) for key, (field, answer) in given.items() if answer is not None
    }


def can_be_typed(line: str) -> bool:
    """Return whether a test can type `line` in a bearable time, and nothing trims it."""
    return line == line.strip() and line.isprintable() and len(line) <= _MAX_TYPED


def _sent(field: Field, answer: Any) -> Any:
    if field.odd is None or not isinstance(answer, str):
        return answer
    for text, original in field.odd.values:
        if text == answer:
            return msgspec.json.decode(original)
    if field.odd.as_json:
        try:
            value = msgspec.json.decode(answer)
        except msgspec.DecodeError:
            return answer
        if isinstance(value, int | float | list | dict) and not isinstance(value, bool):
            return value
    return answer


def _wrong(field: Field, answer: Any) -> str | None:
    if field.odd is not None and not isinstance(answer, str | None):
        sent = msgspec.json.encode(answer).decode()
        answer = next((text for text, json in field.odd.values if json == sent), answer)
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        unseen = field.odd is not None and "" in dict(field.odd.values)
        return phrase("Required") if field.required and not unseen else None
    return rules(field.type).wrong(field, answer)


def is_date(text: Any) -> bool:
    return _iso_date(text) is not None


def _iso_date(text: Any) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError):
        return None
