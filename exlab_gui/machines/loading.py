"""Loading the state machine that a module, an object in a module, or a file has."""

import os
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

from exlab_gui.core.files import open_file
from exlab_gui.core.limits import MACHINE_BYTES
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.sanitize import error_text
from exlab_gui.machines.description import Description, MachineError, UnfitError, checked
from exlab_gui.machines.importing import imported
from exlab_gui.machines.readers import table
from exlab_gui.machines.readers.registry import FILES, OBJECTS


def load_machine(named: str) -> StateMachine:
    """Return the machine of a module, an object in a module (``module:Name``), or a file.

    A name that ends in ``.py`` is a file; any other is a module on Python's path, or in the current
    folder, unless its ending is that of a file with a reader. The states keep their order.

    A module's output is discarded. Raises MachineError, whatever an import raises; only
    KeyboardInterrupt passes.
    """
    try:
        if read := FILES.get(Path(named).suffix.lower()):
            return checked(read(_content(Path(named))))
        return checked(_in_module(named))
    except UnfitError as unfit:
        raise MachineError(named, str(unfit)) from None


def _content(path: Path) -> bytes:
    def unfit(sentence: str) -> UnfitError:
        return UnfitError(f"cannot be read: {sentence.rstrip('.')}")

    file, size = open_file(path, unfit)
    with file:
        if size > MACHINE_BYTES:
            raise UnfitError(f"has {size:,} bytes; at most {MACHINE_BYTES:,} are read")
        return file.read(MACHINE_BYTES)


def _in_module(named: str) -> Description:
    module_or_file, path = _split(named)
    nowhere = StringIO()
    try:
        with (
            redirect_stdout(nowhere),
            redirect_stderr(nowhere),
            imported(module_or_file) as module,
        ):
            try:
                return _described(module, path)
            except (UnfitError, KeyboardInterrupt):
                raise
            except BaseException as error:  # of the module's own objects
                raise UnfitError(f"cannot be read: {_told(error)}") from None
    except (UnfitError, KeyboardInterrupt):
        raise
    except SystemExit:
        raise UnfitError("exits when it is imported") from None
    except ModuleNotFoundError as error:
        if not module_or_file.endswith(".py") and os.path.isfile(module_or_file):  # noqa: PTH113
            known = ", ".join((".py", *FILES))
            raise UnfitError(f"is no file of a machine: its name has to end in {known}") from None
        raise UnfitError(f"cannot be imported: {_told(error)}") from None
    except BaseException as error:
        raise UnfitError(f"cannot be imported: {_told(error)}") from None


def _told(error: BaseException) -> str:
    kind, told = type(error).__name__, error_text(error)
    return (told if told.startswith(kind) else f"{kind}: {told}").splitlines()[-1]


def _split(named: str) -> tuple[str, list[str]]:
    """Return the module or file, and the path of the object in it; a drive is none of these."""
    module_or_file, colon, rest = named.rpartition(":")
    path = rest.split(".")
    if colon and all(name.isidentifier() for name in path):
        return module_or_file, path
    return named, []


def _described(module: ModuleType, path: list[str]) -> Description:
    if path:
        return _named(_object_at(module, path))
    if (description := table.of_module(module)) is not None:
        return description
    things = {
        name: one for name, one in vars(module).items() if any(kind.finds(one) for kind in OBJECTS)
    }
    found = {name: _read(one) for name, one in things.items() if not name.startswith("__")}
    if len({*found.values()}) > 1:
        one = next(iter(found))
        raise UnfitError(f"has several state machines, {', '.join(found)}: name one, as in :{one}")
    for description in found.values():
        if description is not None:
            return description
    raise UnfitError(f"lacks {table.TABLE}, and has no other state machine")


def _object_at(module: ModuleType, path: list[str]) -> Any:
    thing: Any = module
    for name in path:
        # First as it stands in a class, since a descriptor may refuse to be used there.
        found = vars(thing).get(name) if hasattr(thing, "__dict__") else None
        thing = getattr(thing, name, None) if found is None else found
        if thing is None:
            raise UnfitError(f"has no {name}")
    return thing


def _named(thing: Any) -> Description:
    """Return the machine that `thing` is or has; a class may have it in its objects only."""
    description = _read(thing)
    if description is None and isinstance(thing, type):
        try:
            made = thing()
        except Exception as error:
            raise UnfitError(f"cannot be made without arguments: {_told(error)}") from None
        description = _read(made)
    if description is None:
        raise UnfitError(f"is no state machine: neither {' nor '.join(k.name for k in OBJECTS)}")
    return description


def _read(thing: Any) -> Description | None:
    return next((read for kind in OBJECTS if (read := kind.read(thing)) is not None), None)
