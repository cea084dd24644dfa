"""What is wrong with a scenario's keys and values, in words for those who write them by hand."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

import msgspec

from exlab_gui.core.protocol.envelopes import KINDS, FieldType
from exlab_gui.core.scenario.json_positions import JSONText, Keys
from exlab_gui.core.scenario.scenario import Step
from exlab_gui.core.session import SessionKind
from exlab_gui.core.text.suggest import unknown_name_message

_WORDS = {
    "array": "a list",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "null": "null",
    "object": "an object in { }",
    "str": "text",
}
_STEPS = tuple(str(step.__struct_config__.tag) for step in get_args(Step))

_MESSAGE = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_KEY = re.compile(r"\.(\w+)|\[(\d+)\]")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_TYPE = re.compile(r"Expected `(.*)`, got `(.*)`")
_LENGTH = re.compile(r"Expected `(.*)` of length (.*)")
_RANGE = re.compile(r"Expected `.*` (<=|>=|<|>) (.*)")
_BOUNDS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}


def schema_fault(text: JSONText, error: msgspec.ValidationError) -> tuple[Keys, str]:
    """Return where in `text` is what `error` complains of, and what is wrong there."""
    found = _MESSAGE.fullmatch(str(error))
    assert found is not None, "the pattern takes any text"
    path = _path(found["path"] or "")
    return path, _say(text, path, found["what"])


def unknown_keys(raw: Any, value: Any, path: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Yield each key of `raw` that was not taken into `value`, which was made from it."""
    if isinstance(value, msgspec.Struct):
        known = dict(zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True))
        tag = value.__struct_config__.tag_field
        for key in raw:
            if key in known:
                yield from unknown_keys(raw[key], getattr(value, known[key]), (*path, key))
            elif key != tag:
                keys = [tag, *known] if tag else known
                yield (*path, key), unknown_name_message(key, keys, "a key here")
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from unknown_keys(raw[index], entry, (*path, index))


def _path(found: str) -> Keys:
    return tuple(key or int(index) for key, index in _KEY.findall(found))


def _say(text: JSONText, path: Keys, what: str) -> str:
    if found := _MISSING.fullmatch(what):
        return _say_missing(found[1], text.at(path))
    name = _name(path)
    if found := _TYPE.fullmatch(what):
        return f"{name} must be {_words(found[1])}, not {_words(found[2])}"
    if found := _LENGTH.fullmatch(what):
        if found[2] == ">= 1":
            return f"{name} must not be empty"
        unit = "characters" if found[1] == "str" else "entries"
        return f"{name} must have {_bound(found[2])} {unit}"
    if found := _RANGE.fullmatch(what):
        return f"{name} must be {_bound(f'{found[1]} {found[2]}')}"
    return unknown_name_message(str(text.at(path)), _choices(path), f"a value of {name}")


def _say_missing(key: str, there: dict[str, Any]) -> str:
    meant = get_close_matches(key, there, 1)
    return f'"{key}" is missing' + (f'; is "{meant[0]}" meant to be it?' if meant else "")


def _bound(comparison: str) -> str:
    sign, number = comparison.split()
    return f"{_BOUNDS[sign]} {float(number):,g}"


def _words(types: str) -> str:
    return " or ".join(_WORDS.get(name, name) for name in types.split(" | "))


def _name(path: Keys) -> str:
    """Return the innermost key on `path`, and the number of the list entry in it."""
    match path:
        case (*_, str(key)):
            return f'"{key}"'
        case (*outer, int(index)):
            return f"entry {index + 1} of {_name(tuple(outer))}"
        case _:
            return "the file's content"


def _choices(path: Keys) -> tuple[str, ...]:
    """Return the values that may stand at `path`, where only certain ones may."""
    match path:
        case ("kind",):
            return get_args(SessionKind)
        case (*_, "kind"):
            return KINDS
        case (*_, "do"):
            return _STEPS
        case _:
            return get_args(FieldType)
