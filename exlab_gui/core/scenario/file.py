"""Scenarios read from files.

``docs/scenarios.md`` describes the format, for those who write such files by hand.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from exlab_gui.core.clock import utc_now
from exlab_gui.core.files import open_file
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.scenario.scenario import FORMAT, VERSION, Scenario
from exlab_gui.core.scenario.simulation import StepError, simulate
from exlab_gui.core.text.sanitize import MAX_NAME, PlainError, sanitize
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.core.text.translation import joined, phrase, translatable

MAX_BYTES = 2**20
MAX_DEPTH = 40  # of nested objects and lists

_LONGEST = 4_000  # of a description, in characters
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_STEPS = re.compile(r'"steps"\s*:\s*(?=\[)')
_STEP = re.compile(r"`\$\.steps\[(\d+)\]")  # in the path that msgspec gives


_JSON_FAULTS = translatable(
    {
        "Expecting value": "a value is expected",
        "Expecting ',' delimiter": "a comma is expected",
        "Expecting ':' delimiter": "a colon is expected",
        "Expecting property name enclosed in double quotes": "a key in double quotes is expected",
        "Illegal trailing comma before end of object": "a comma stands before the end of an object",
        "Illegal trailing comma before end of array": "a comma stands before the end of a list",
        "Extra data": "more follows after the end",
        "Invalid control character at": "a line break or another control character is in a text",
        "Unterminated string starting at": "a text has no end",
        "Invalid \\escape": "a backslash is not followed by what it could stand for",
        "Invalid \\uXXXX escape": "\\u is not followed by four digits",
    }
)
"""What Python says is wrong with JSON, and how it is told."""


class _KeyTwiceError(ValueError):
    pass


class ScenarioError(PlainError):
    """A file holds no usable scenario; the message says in one line why, and where."""


def load_scenario(path: str | Path, machine: StateMachine = CREATION_MACHINE) -> Scenario:
    """Return the scenario in the file at `path`, each of its steps legal in `machine`.

    Raises ScenarioError if it is no ordinary file of up to `MAX_BYTES` that holds such a scenario.
    """
    path = Path(path)
    name = path.name or str(path)
    opened, size = open_file(path, lambda sentence: ScenarioError(joined((name, sentence), ": ")))
    with opened as file:
        if size > MAX_BYTES:
            raise _too_large(name, size)
        try:
            data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise ScenarioError(
                phrase(
                    "{name}: The file cannot be read: {reason}.", name=name, reason=error.strerror
                )
            ) from None
    return parse_scenario(data, name, machine)


def parse_scenario(data: bytes, name: str, machine: StateMachine = CREATION_MACHINE) -> Scenario:
    """Return the scenario in `data`, the content of the file `name`.

    Raises ScenarioError if it holds none whose steps are legal in `machine`.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    data = data.removeprefix(_BYTE_ORDER_MARK)
    if not data.strip():
        raise ScenarioError(phrase("{name}: the file is empty.", name=name))
    text, raw = _json(data, name)
    _check_format(raw, name)
    try:
        scenario = msgspec.json.decode(data, type=Scenario)
    except msgspec.DecodeError as error:
        found = _STEP.search(str(error))
        raise _fault(
            name, text, raw, int(found[1]) if found else None, decode_fault(error)
        ) from None
    for index, (entry, step) in enumerate(zip(raw["steps"], scenario.steps, strict=True)):
        for message in _unknown_keys(entry, step):
            raise _fault(name, text, raw, index, message)
    for message in _unknown_keys(raw, scenario):
        raise _fault(name, text, raw, None, message)
    try:
        for _ in simulate(scenario, machine, utc_now()):
            pass
    except StepError as error:
        raise _fault(name, text, raw, error.index, str(error)) from None
    description = sanitize(scenario.description, _LONGEST, keep="\n")
    return msgspec.structs.replace(
        scenario, title=sanitize(scenario.title), description=description
    )


def _json(data: bytes, name: str) -> tuple[str, Any]:
    try:
        text = data.decode()
        raw = json.loads(text, object_pairs_hook=_object)
        if _depth(raw) > MAX_DEPTH:
            raise RecursionError
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            phrase("{name}, line {line}: the text is not encoded as UTF-8.", name=name, line=line)
        ) from None
    except json.JSONDecodeError as error:
        raise ScenarioError(
            phrase(
                "{name}, line {line}, column {column}: {fault}.",
                name=name,
                line=error.lineno,
                column=error.colno,
                fault=phrase(_JSON_FAULTS.get(error.msg, error.msg)),
            )
        ) from None
    except RecursionError:
        raise ScenarioError(
            phrase(
                "{name}: more than {max_depth} objects and lists are inside one another.",
                name=name,
                max_depth=MAX_DEPTH,
            )
        ) from None
    except _KeyTwiceError as error:
        fault = phrase('"{key}" is twice in the same object', key=error.args[0])
        raise ScenarioError(joined((name, ": ", fault, "."), "")) from None
    except ValueError:
        fault = phrase("a number has more than {most:,} digits", most=sys.get_int_max_str_digits())
        raise ScenarioError(joined((name, ": ", fault, "."), "")) from None
    return text, raw


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _KeyTwiceError(sanitize(twice, MAX_NAME))
    return found


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max(map(_depth, inner), default=0) + isinstance(value, dict | list)


def _check_format(value: Any, name: str) -> None:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ScenarioError(
            phrase(
                '{name}: not a scenario: it must begin {{"format": "{format}", …',
                name=name,
                format=FORMAT,
            )
        )
    version = value.get("version")
    if version == VERSION and type(version) is int:
        return
    if type(version) is int and version > VERSION:
        raise ScenarioError(
            phrase(
                "{name}: version {version} of the scenario format is newer than this program, "
                "which reads version {known}.",
                name=name,
                version=version,
                known=VERSION,
            )
        )
    raise ScenarioError(phrase('{name}: "version" must be {version}.', name=name, version=VERSION))


def _too_large(name: str, size: int) -> ScenarioError:
    return ScenarioError(
        phrase(
            "{name}: the file is too large, {size:,} bytes; a scenario has at most {max_bytes:,}.",
            name=name,
            size=size,
            max_bytes=MAX_BYTES,
        )
    )


def _unknown_keys(raw: Any, value: Any) -> Iterator[str]:
    """Yield a sentence about each key of `raw` that `value`, made from it, does not know."""
    if isinstance(value, msgspec.Struct):
        known = dict(zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True))
        tag = value.__struct_config__.tag_field
        for key in raw:
            if key in known:
                yield from _unknown_keys(raw[key], getattr(value, known[key]))
            elif key != tag:
                yield unknown_name_message(
                    key, [tag, *known] if tag else known, phrase("a key here")
                )
    elif isinstance(value, tuple):
        for entry, made in zip(raw, value, strict=True):
            yield from _unknown_keys(entry, made)


def _fault(name: str, text: str, raw: Any, index: int | None, message: str) -> ScenarioError:
    """Return the error about step number `index`, from 0, or about no step."""
    place = ""
    if index is not None:
        line = _line(text, raw["steps"], index)
        place = joined((line, phrase(", step {number}", number=index + 1)), "")
    end = "" if message.endswith(".") else "."
    return ScenarioError(joined((name, place, ": ", message, end), ""))


def _line(text: str, steps: list[Any], index: int) -> str:
    """Return the line where step number `index` begins, or nothing if it is not found."""
    read = json.JSONDecoder().raw_decode
    for found in _STEPS.finditer(text):
        at = found.end()
        if repr(read(text, at)[0]) != repr(steps):
            continue  # another key of the same name, in the request
        at = _begin(text, at + 1)
        for _ in range(index):
            at = _begin(text, read(text, at)[1])
        return phrase(", line {number}", number=text.count("\n", 0, at) + 1)
    return ""


def _begin(text: str, at: int) -> int:
    """Return where the next value begins."""
    while text[at] in ", \t\r\n":
        at += 1
    return at
