"""What is wrong with JSON that msgspec cannot decode, in plain words."""

import re

from exlab_gui.core.text.translation import phrase, translatable

_TYPES = translatable(
    {
        "int": "a whole number",
        "float": "a number",
        "str": "text",
        "bool": "true or false",
        "object": "an object",
        "array": "a list",
        "null": "null",
        "datetime": "a time",
    }
)
_FAULTS = (
    (r"Object missing required field `(.+)`", translatable('"{part0}" is missing')),
    (r"Expected `int`, got `float`", translatable("{place} must be a whole number")),
    (r"Expected `(.+)`, got `(.+)`", translatable("{place} must be {part0}, not {part1}")),
    (r"Expected `datetime` with a timezone component", translatable("{place} has no time zone")),
    (r"Expected `(?:int|float)` (<=?|>=?) (.+)", translatable("{place} must be {part0} {part1}")),
    (r"Expected `.+` of (length .+)", translatable("{place} must have a {part0}")),
    (r"Invalid (?:enum )?value .*", translatable("{place} has an unknown value")),
    (
        r"Invalid RFC3339 encoded datetime",
        translatable("{place} is not a time such as 2026-01-31T12:00:00Z"),
    ),
    (r"Invalid base64 encoded string", translatable("{place} is not in base64")),
    (
        r"JSON is malformed: .* \(byte (\d+)\)",
        translatable("it is not JSON, from byte {part0} on"),
    ),
    (
        r"(?:Number|Integer value) out of range",
        translatable("{place} is a number that is too large"),
    ),
    (r"Input data was truncated", translatable("it is cut off")),
)


def decode_fault(error: Exception) -> str:
    """Return what is wrong, as the end of a sentence; it quotes nothing of what was read."""
    if isinstance(error, RecursionError):
        return phrase("objects and lists are nested too deep")
    message, _, place = str(error).partition(" - at `$")
    place = place.removesuffix("`").lstrip(".")
    for pattern, words in _FAULTS:
        if found := re.fullmatch(pattern, message):
            parts = {f"part{number}": _named(part) for number, part in enumerate(found.groups())}
            where = f'"{place}"' if place else phrase("it")
            fault = phrase(words, **parts, place=where)
            outside = place and "{place}" not in words
            return phrase('{fault} in "{place}"', fault=fault, place=place) if outside else fault
    if not place:
        return phrase("it cannot be understood")
    return phrase('"{place}" cannot be understood', place=place)


def _named(part: str) -> str:
    names = [phrase(_TYPES[one]) if one in _TYPES else one for one in part.split(" | ")]
    named = names[0]
    for name in names[1:]:
        named = phrase("{one} or {other}", one=named, other=name)
    return named
