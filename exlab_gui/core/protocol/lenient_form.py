"""A plugin's question, read leniently: a server passes on whatever a plugin gives as fields.

Each field is taken by itself. What does not conform is shown as well as it can be, with a remark.
"""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import msgspec

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope, as_text
from exlab_gui.core.protocol.form import (
    BOOLEANS,
    Field,
    FieldType,
    FieldValue,
    Oddity,
    rules,
)
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import phrase, translatable

_TYPES: Mapping[str, FieldType] = {name: name for name in get_args(FieldType)}
_OTHER_NAMES: Mapping[str, FieldType] = {"bool": "boolean", "checkbox": "boolean"}
_NUMBERS = frozenset(("int", "integer", "float", "number"))
_LONGEST_QUOTE = 40
_WORDS = translatable(
    {
        "reason": ("The plugin's reason is missing.", "The plugin's reason is no text."),
        "plugin": ("The plugin's plugin is missing.", "The plugin's plugin is no text."),
    }
)


def read_question(message: Mapping[str, Any]) -> InputRequiredEnvelope:
    """Return the question in `message`, whatever it holds."""
    odd: list[str] = []
    given = message.get("fields")
    if not isinstance(given, list):
        odd.append(phrase("The plugin gave no list of fields."))
        given = []
    fields: dict[str, Field] = {}
    for number, entry in enumerate(given, 1):
        if not isinstance(entry, dict):
            odd.append(
                phrase(
                    "Field {number} is left out: {entry} is not a field.",
                    number=number,
                    entry=_quoted(entry),
                )
            )
        elif not (key := _id(entry)):
            what = f" ({_quoted(entry['label'])})" if entry.get("label") else ""
            odd.append(
                phrase(
                    "Field {number}{what} is left out: no answer can be sent without an id.",
                    number=number,
                    what=what,
                )
            )
        elif key in fields:
            odd.append(
                phrase(
                    "Field {number} is left out: {key} is the id of one before it.",
                    number=number,
                    key=_quoted(key),
                )
            )
        else:
            fields[key] = _Reading(key, entry).field
    words = {}
    for name, (missing, no_text) in _WORDS.items():
        value = message.get(name, "")
        if name not in message or not isinstance(value, str):
            odd.append(phrase(missing if value in ("", None) else no_text))
        words[name] = "" if value is None else as_text(value)
    return InputRequiredEnvelope(tuple(fields.values()), **words, odd=tuple(odd))


def _id(entry: Mapping[str, Any]) -> str:
    """Return what the answer is sent under; a plugin may have called it `name`."""
    for name in ("id", "name"):
        value = entry.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            return as_text(value)
    return ""


class _Reading:
    """The reading of one field, with the remarks about it."""

    def __init__(self, key: str, given: Mapping[str, Any]) -> None:
        self._given = given
        self._remarks: list[str] = []
        self._values: dict[str, str] = {}
        self._as_json = False
        if given.get("id") != key:
            self._remarks.append(
                phrase("no id") if "id" not in given else phrase("the id is not text")
            )
        label = self._text("label")
        if label is None:
            self._remarks.append(phrase("no label"))
        options = self._options()
        kind = self._kind(options)
        default = self._default(kind, options)
        required = self._required()
        hint = self._text("hint")
        self.field = Field(key, label or "", kind, required, default, options, hint, self._oddity())

    def _oddity(self) -> Oddity | None:
        if not self._remarks:
            return None
        values = [(text, json) for text, json in self._values.items() if json != as_json(text)]
        return Oddity(tuple(self._remarks), tuple(values), self._as_json)

    def _text(self, name: str) -> str | None:
        value = self._given.get(name)
        if value is None or isinstance(value, str):
            return value
        self._remarks.append(phrase("the {name} is not text", name=name))
        return as_text(value)

    def _required(self) -> bool:
        value = self._given.get("required", False)
        if isinstance(value, bool):
            return value
        self._remarks.append(phrase('"required" is {value}', value=_quoted(value)))
        return BOOLEANS.get(as_text(value).casefold(), bool(value))

    def _options(self) -> tuple[str, ...]:
        given = self._given.get("options", [])
        if not isinstance(given, list):
            self._remarks.append(phrase("the options are not a list"))
            return ()
        if not all(isinstance(one, str) for one in given):
            self._remarks.append(phrase("some options are not text"))
        texts: dict[str, None] = {}
        for option in given:
            json = as_json(option)
            if json in self._values.values():
                continue
            text = as_text(option)
            while text in texts:  # such as 1 and "1"
                text = json if text != json else f"{text} ({type(option).__name__})"
            texts[text] = None
            self._values[text] = json
        return tuple(texts)

    def _kind(self, options: Sequence[str]) -> FieldType:
        given = self._given.get("type", "string")
        name = given if isinstance(given, str) else ""
        kind = _TYPES.get(name)
        if kind == "choice" and not options:
            self._remarks.append(phrase("no options to choose from"))
            return "string"
        if kind is None:
            self._remarks.append(phrase("the type {type} is unknown", type=_quoted(given)))
            self._as_json = name in _NUMBERS
            kind = _OTHER_NAMES.get(name, "string")
            if options:
                kind = "choice"
            elif isinstance(self._given.get("default"), bool):
                kind = "boolean"
        return kind

    def _default(self, kind: FieldType, options: Sequence[str]) -> FieldValue | None:
        default = self._given.get("default")
        if default is None:
            return None
        text = as_text(default)
        if kind == "choice":
            json = as_json(default)
            same = (one for one in options if self._values[one] == json)
            shown: FieldValue | None = next(same, text if text in options else None)
            good = json == self._values.get(str(shown))
        else:
            shown, good = rules(kind).read(default, text)
            if shown == text and not good:
                self._values[text] = as_json(default)
                self._as_json = not isinstance(default, bool)
        if not good:
            left_out = phrase("the default {default} is left out", default=_quoted(default))
            other = phrase("the default {default} is of another type", default=_quoted(default))
            self._remarks.append(left_out if shown is None else other)
        return shown


def as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _quoted(value: Any) -> str:
    return sanitize(as_json(value), _LONGEST_QUOTE)
