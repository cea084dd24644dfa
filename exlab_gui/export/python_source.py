"""Values as Python source, laid out as formatters lay it out, in lines of 88 columns."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 88
"""The columns of a line, as formatters have it where nobody says otherwise."""

_STEP = 4


class Name(str):
    """A value that stands in the source by its name."""

    __slots__ = ()


def assignment(name: str, value: Any) -> str:
    """Return the statement that gives `value` the name `name`."""
    return f"{name} = {literal(value, len(name) + 3)}"


def call(function: str, arguments: Sequence[tuple[str, Any]], indent: int) -> str:
    """Return a statement, indented, that calls `function`.

    Before each argument stands what is said of it, ``name=`` or ``**``, or an empty text.
    """
    begun = " " * indent + function
    flat = ", ".join(f"{prefix}{_flat(value)}" for prefix, value in arguments)
    if len(begun) + 2 + _width(flat) <= WIDTH:
        return f"{begun}({flat})"
    return f"{begun}{_exploded('(', arguments, ')', indent)}"


def literal(value: Any, column: int = 0, indent: int = 0, after: int = 0) -> str:
    """Return the source of `value`, JSON or `Name`s, that begins in `column` of its line.

    The line is indented by `indent` columns, and needs `after` more of them behind the value. What
    is too long for it is given a line for each entry; text is not broken.
    """
    flat = _flat(value)
    if column + _width(flat) + after <= WIDTH or not isinstance(value, list | tuple | Mapping):
        return flat
    if isinstance(value, Mapping):
        parts = [(f"{text(key)}: ", entry) for key, entry in value.items()]
        return _exploded("{", parts, "}", indent)
    return _exploded("[", [("", entry) for entry in value], "]", indent)


def text(value: str) -> str:
    """Return the source of a text, in the quotes that need fewer escapes, double ones at best."""
    quote = "'" if value.count('"') > value.count("'") else '"'
    return quote + "".join(_character(one, quote) for one in value) + quote


def _exploded(opening: str, parts: Sequence[tuple[str, Any]], closing: str, indent: int) -> str:
    inner = indent + _STEP
    lines = [
        " " * inner + prefix + literal(value, inner + _width(prefix), inner, 1) + ","
        for prefix, value in parts
    ]
    return "\n".join([opening, *lines, " " * indent + closing]) if lines else opening + closing


def _flat(value: Any) -> str:
    match value:
        case Name():
            return str(value)
        case str():
            return text(value)
        case Mapping():
            inner = ", ".join(f"{text(key)}: {_flat(entry)}" for key, entry in value.items())
            return f"{{{inner}}}"
        case list() | tuple():
            return f"[{', '.join(map(_flat, value))}]"
        case float():
            return repr(value).replace("e+", "e")
    return repr(value)


def _character(one: str, quote: str) -> str:
    if one in ("\\", quote):
        return f"\\{one}"
    return one if one.isprintable() else one.encode("unicode_escape").decode("ascii")


def _width(line: str) -> int:
    """Return how many columns `line` takes: some characters take two of them, some none."""
    if line.isascii():
        return len(line)
    wide = sum(unicodedata.east_asian_width(one) in ("W", "F") for one in line)
    return len(line) + wide - sum(unicodedata.category(one) in ("Mn", "Me") for one in line)
