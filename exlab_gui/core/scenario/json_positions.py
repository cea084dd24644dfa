"""JSON as people write it by hand: where each value stands, and what is wrong with the text."""

import math
import re
from typing import Any

import msgspec

Keys = tuple[str | int, ...]
"""The keys and indices that lead from the top of a document to one value in it."""

MAX_DEPTH = 40
"""How many objects and lists may stand inside one another."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[][{}:,]|[^][{}:,"\s]+', re.DOTALL)
_TEXT_OR_NUMBER = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?', re.DOTALL)
_PLACED = re.compile(r"JSON is malformed: (.*) \(byte (\d+)\)")
_TOO_DEEP = f"more than {MAX_DEPTH} objects and lists stand inside one another"


class JSONTextError(ValueError):
    """The text is no JSON that can be used; ``offset`` is the byte where, None where unknown."""

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.offset = offset


class JSONText:
    """A document of UTF-8 JSON text: its `value`, and where each part of that stands.

    Raises JSONTextError for text that is not UTF-8 or not JSON, for nesting deeper than
    `MAX_DEPTH`, numbers too large for a float, and keys that stand twice in one object.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.value = _decode(data)
        self._offsets = _offsets(data)

    def offset(self, path: Keys) -> int:
        """Return the byte where the key or the list entry at `path` begins.

        Where `path` leads nowhere, that of the innermost object or list on the way there.
        """
        while path not in self._offsets:
            path = path[:-1]
        return self._offsets[path]

    def at(self, path: Keys) -> Any:
        """Return the value at `path`. Raises LookupError or TypeError where it leads nowhere."""
        value = self.value
        for key in path:
            value = value[key]
        return value


def line_and_column(data: bytes, offset: int) -> tuple[int, int]:
    """Return the line and the column of the byte at `offset`, both counted from 1."""
    before = data[:offset]
    line_start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[line_start:].decode(errors="replace")) + 1


def _decode(data: bytes) -> Any:
    try:
        data.decode()
        return msgspec.json.decode(data)
    except UnicodeDecodeError as error:
        raise JSONTextError("the text is not encoded as UTF-8", error.start) from None
    except RecursionError:
        raise JSONTextError(_TOO_DEEP) from None
    except msgspec.ValidationError:  # the only thing that can be wrong with a value of any type
        raise JSONTextError("a number is too large", _offset_of_huge_number(data)) from None
    except msgspec.DecodeError as error:
        raise _not_json(data, str(error)) from None


def _not_json(data: bytes, message: str) -> JSONTextError:
    if found := _PLACED.fullmatch(message):
        return JSONTextError(f"this is not valid JSON: {found[1]}", int(found[2]))
    return JSONTextError(
        "this is not valid JSON: the text ends before every bracket and quotation mark is closed",
        len(data),
    )


def _offset_of_huge_number(data: bytes) -> int | None:
    numbers = (found for found in _TEXT_OR_NUMBER.finditer(data) if found[0][:1] != b'"')
    return next((number.start() for number in numbers if math.isinf(float(number[0]))), None)


def _offsets(data: bytes) -> dict[Keys, int]:
    """Return where each key and each list entry of `data`, which is valid JSON, begins."""
    offsets: dict[Keys, int] = {}
    path: list[Any] = []  # of an object, None until its next key has been read
    for token in _TOKEN.finditer(data):
        match text := token[0]:
            case b"{" | b"[":
                offsets.setdefault(tuple(path), token.start())
                path.append(0 if text == b"[" else None)
                if len(path) > MAX_DEPTH:
                    raise JSONTextError(_TOO_DEEP, token.start())
            case b"}" | b"]":
                path.pop()
            case b",":
                path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
            case b":":
                continue
            case _ if path and path[-1] is None:
                path[-1] = key = msgspec.json.decode(text)
                if tuple(path) in offsets:
                    raise JSONTextError(f'"{key}" stands twice in the same object', token.start())
                offsets[tuple(path)] = token.start()
            case _:
                offsets.setdefault(tuple(path), token.start())
    return offsets
