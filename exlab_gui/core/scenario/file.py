"""Scenarios read from files, and what is wrong with a file that cannot be used.

``docs/scenarios.md`` describes the format, for those who write such files by hand.
"""

import stat
from pathlib import Path
from typing import Any

import msgspec

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario.json_positions import JSONText, JSONTextError, Keys, line_and_column
from exlab_gui.core.scenario.messages import schema_fault, unknown_keys
from exlab_gui.core.scenario.scenario import FORMAT, VERSION, Scenario
from exlab_gui.core.scenario.simulation import StepError, simulate
from exlab_gui.core.session import utc_now
from exlab_gui.core.text.describe import one_line

MAX_BYTES = 2**20
"""The size of the largest file that is read, in bytes."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class ScenarioError(Exception):
    """A file holds no usable scenario; the message says in one line what is wrong, and where."""

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message, 1000))


def load_scenario(path: str | Path, machine: StateMachine = CREATION_MACHINE) -> Scenario:
    """Return the scenario in the file at `path`, each of its steps legal in `machine`.

    Raises ScenarioError where the file cannot be read or holds no such scenario. Only ordinary
    files of up to `MAX_BYTES` are opened.
    """
    path = Path(path)
    name = path.name or str(path)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ScenarioError(f"{name}: this is a folder, not a scenario file.")
        if not stat.S_ISREG(found.st_mode):
            raise ScenarioError(f"{name}: this is a device or a pipe, not a scenario file.")
        if found.st_size > MAX_BYTES:
            raise _too_large(name, found.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError(f"{name}: there is no such file.") from None
    except PermissionError:
        raise ScenarioError(f"{name}: you may not read this file.") from None
    except OSError as error:
        raise ScenarioError(f"{name}: cannot be read: {error.strerror}.") from None
    except ValueError:  # a path with a null character in it
        raise ScenarioError(f"{name}: this is not the name of a file.") from None
    return parse_scenario(data, name, machine)


def parse_scenario(data: bytes, name: str, machine: StateMachine = CREATION_MACHINE) -> Scenario:
    """Return the scenario that `data`, the content of the file `name`, holds.

    Raises ScenarioError where it holds none of which each step is legal in `machine`.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    data = data.removeprefix(_BYTE_ORDER_MARK)
    if not data.strip():
        raise ScenarioError(f"{name}: the file is empty.")
    try:
        text = JSONText(data)
    except JSONTextError as error:
        raise ScenarioError(f"{name}{_text_place(data, error.offset)}: {error}.") from None
    _check_format(text.value, name)
    try:
        scenario = msgspec.convert(text.value, Scenario)
    except msgspec.ValidationError as error:
        raise _fault(text, name, *schema_fault(text, error)) from None
    for fault in unknown_keys(text.value, scenario):
        raise _fault(text, name, *fault)
    try:
        for _ in simulate(scenario, machine, utc_now()):
            pass
    except StepError as error:
        raise _fault(text, name, ("steps", error.index, *error.path), str(error)) from None
    return scenario


def _check_format(value: Any, name: str) -> None:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ScenarioError(f'{name}: this is no scenario, which begins {{"format": "{FORMAT}", …')
    version = value.get("version")
    if version == VERSION and type(version) is int:
        return
    if type(version) is int and version > VERSION:
        raise ScenarioError(
            f"{name}: version {version} of the scenario format is newer than this program, "
            f"which reads version {VERSION}."
        )
    raise ScenarioError(f'{name}: "version" must be {VERSION}.')


def _too_large(name: str, size: int) -> ScenarioError:
    return ScenarioError(
        f"{name}: the file is too large, {size:,} bytes; a scenario has at most {MAX_BYTES:,}."
    )


def _text_place(data: bytes, offset: int | None) -> str:
    if offset is None:
        return ""
    line, column = line_and_column(data, offset)
    return f", line {line}, column {column}"


def _fault(text: JSONText, name: str, path: Keys, message: str) -> ScenarioError:
    line, _ = line_and_column(text.data, text.offset(path))
    match path:
        case ("steps", int(index), *_):
            place = f"{name}, line {line}, step {index + 1}"
        case _:
            place = f"{name}, line {line}"
    return ScenarioError(f"{place}: {message}{'' if message.endswith(('.', '?')) else '.'}")
