"""What is wrong with JSON that msgspec cannot decode, in plain words."""

import re

_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
    "datetime": "a time",
}
_FAULTS = (
    (r"Object missing required field `(.+)`", '"{0}" is missing'),
    (r"Expected `int`, got `float`", "{place} must be a whole number"),
    (r"Expected `(.+)`, got `(.+)`", "{place} must be {0}, not {1}"),
    (r"Expected `datetime` with a timezone component", "{place} has no time zone"),
    (r"Expected `(?:int|float)` (<=?|>=?) (.+)", "{place} must be {0} {1}"),
    (r"Expected `.+` of (length .+)", "{place} must have a {0}"),
    (r"Invalid (?:enum )?value .*", "{place} has an unknown value"),
    (r"Invalid RFC3339 encoded datetime", "{place} is not a time such as 2026-01-31T12:00:00Z"),
    (r"Invalid base64 encoded string", "{place} is not in base64"),
    (r"JSON is malformed: .* \(byte (\d+)\)", "it is not JSON, from byte {0} on"),
    (r"(?:Number|Integer value) out of range", "{place} is a number that is too large"),
    (r"Input data was truncated", "it is cut off"),
)


def decode_fault(error: Exception) -> str:
    """Return what is wrong, as the end of a sentence; it quotes nothing of what was read."""
    if isinstance(error, RecursionError):
        return "objects and lists are nested too deep"
    message, _, place = str(error).partition(" - at `$")
    place = place.removesuffix("`").lstrip(".")
    for pattern, words in _FAULTS:
        if found := re.fullmatch(pattern, message):
            parts = [_named(part) for part in found.groups()]
            fault = words.format(*parts, place=f'"{place}"' if place else "it")
            return f'{fault} in "{place}"' if place and "{place}" not in words else fault
    return f'"{place}" cannot be understood' if place else "it cannot be understood"


def _named(part: str) -> str:
    return " or ".join(_TYPES.get(one, one) for one in part.split(" | "))
