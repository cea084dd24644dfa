"""Values in JSON, and what is not clear about them."""

import json
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

MAX_LENGTH, MAX_DEPTH, MAX_STATES, MAX_TRANSITIONS, MAX_NAME = 524_288, 64, 60, 200, 80
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
INT64 = range(-(2**63), 2**63)
UNSHOWN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}

TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):?(\d\d)?)"
)


class UnclearError(Exception):
    """The format does not say what such a line means.

    It has a key twice, half a character, or a number without end.
    """


class BadError(Exception):
    """A line that cannot be read, or a file."""


class Number(str):
    """A number as it is written."""

    __slots__ = ()


def parse(line: bytes) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(found)) < len(found):
            raise UnclearError("a key twice")
        return dict(found)

    def refuse(constant: str) -> None:
        raise BadError(constant)

    if len(line) > MAX_LENGTH:
        raise BadError("too long")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise BadError("not UTF-8") from None
    if re.search(r"\\u[dD][89a-fA-F]", text):
        raise UnclearError("half a character")
    if re.search(r"\d{19}|[eE][+-]?\d{3}", text):
        raise UnclearError("a number without end")
    try:
        value = json.loads(
            text,
            object_pairs_hook=pairs,
            parse_int=Number,
            parse_float=Number,
            parse_constant=refuse,
        )
    except (ValueError, RecursionError):
        raise BadError("not JSON") from None
    if _depth(value) > MAX_DEPTH:
        raise BadError("too deep")
    return value


def _depth(value: Any) -> int:
    if not isinstance(value, dict | list):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0)


def need(condition: object) -> None:
    if not condition:
        raise BadError


def is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Number)


def texts(value: Any, *, or_null: bool = False) -> bool:
    return isinstance(value, dict) and all(
        is_text(text) or (or_null and text is None) for text in value.values()
    )


def whole(value: Any) -> int:
    if not isinstance(value, Number) or not re.fullmatch(r"-?\d+", value):
        raise BadError
    return int(value)


def time_of(value: Any, *, of_any_year: bool = False) -> datetime:
    found = TIME.fullmatch(value) if is_text(value) else None
    need(found and value.isascii())
    assert found
    try:
        at = datetime.fromisoformat(_plain(found))
        need(of_any_year or EARLIEST <= at <= LATEST)
    except (ValueError, OverflowError):
        raise BadError from None
    return at


def _plain(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = found.groups()
    if fraction and len(fraction) > 6:
        raise UnclearError("what is rounded")
    if sign and int(minutes or 0) > 59:
        raise BadError
    zone = f"{sign}{hours}:{minutes or '00'}" if sign else "+00:00"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}.{(fraction or '0'):0<6}{zone}"


def is_name(text: str) -> bool:
    return 1 <= len(text) <= MAX_NAME and not {unicodedata.category(c) for c in text} & UNSHOWN
