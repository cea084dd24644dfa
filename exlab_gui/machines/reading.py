"""Run as a program: imports a module or a file, and writes its state machine down as JSON.

``python reading.py MODULE_OR_FILE RESULT``. It stands alone, so that the module that is imported
meets nothing of this program. `exlab_gui.machines.loading` starts it and judges what it writes.
"""

import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

NAMES = ("SessionState", "VALID_TRANSITIONS", "state_to_phase")
"""What a module has to export."""

MOST = 1000
"""How much of anything is written down: more than a machine may have, and not endless."""


class UnfitError(Exception):
    """The module has no state machine; the message ends a sentence about it."""


def main(name: str, result: str) -> None:
    """Write the machine of the module or file `name`, or why there is none, to `result`.

    The process ends here, whatever the module has left running.
    """
    sys.argv[1:] = []
    try:
        written = read(imported(name))
    except UnfitError as unfit:
        written = {"unfit": str(unfit)}
    except SystemExit:
        written = {"unfit": "exits when it is imported"}
    except BaseException as error:
        said = f"{type(error).__name__}: {error}".strip().splitlines()
        written = {"unfit": f"cannot be imported: {said[-1]}"}
    Path(result).write_text(json.dumps(written), encoding="utf-8")
    os._exit(0)


def imported(name: str) -> ModuleType:
    """Return the module `name`, or that in the file `name` where it ends in ``.py``."""
    if not name.endswith(".py"):
        return importlib.import_module(name)
    path = Path(name).resolve()
    sys.path.append(str(path.parent))  # last, so that its neighbours hide nothing that is installed
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{name} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses and pickle look their module up
    spec.loader.exec_module(module)
    return module


def read(module: ModuleType) -> dict[str, Any]:
    """Return the machine of `module` as text alone; raises UnfitError where there is none."""
    for name in NAMES:
        if not hasattr(module, name):
            raise UnfitError(f"lacks {name}")
    known, table, phase_of = (getattr(module, name) for name in NAMES)
    members = some(known, "SessionState")
    if not hasattr(table, "items"):
        raise UnfitError("has a VALID_TRANSITIONS that is no mapping")
    return {
        "states": [text(member) for member in members],
        "pending": text(known.PENDING) if hasattr(known, "PENDING") else None,
        "following": {
            text(state): [text(after) for after in some(following, text(state))]
            for state, following in some(table.items(), "VALID_TRANSITIONS")
        },
        "phases": {text(member): phase(phase_of, member) for member in members},
    }


def some(things: Iterable[Any], what: str) -> list[Any]:
    """Return the first `MOST` of `things`; raises UnfitError where they cannot be gone through."""
    try:
        return list(islice(things, MOST))
    except Exception as error:
        raise UnfitError(f"has no list of states in {what}: {type(error).__name__}") from None


def phase(phase_of: Any, state: Any) -> str | None:
    """Return the phase that the module gives for `state`."""
    try:
        given = phase_of(state)
    except Exception as error:
        said = type(error).__name__
        raise UnfitError(f"has a state_to_phase that raises {said} for {text(state)}") from None
    return None if given is None else text(given)


def text(member: Any) -> str:
    """Return the text that `member`, of an enumeration or plain, stands for."""
    value = getattr(member, "value", member)
    if not isinstance(value, str):
        raise UnfitError(f"has {value!r:.80} where the text of a state or phase is due")
    return str.__str__(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
