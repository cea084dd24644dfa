"""State machines of other modules, which are imported and then unloaded."""

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from itertools import accumulate, islice, takewhile
from pathlib import Path
from types import ModuleType
from typing import Any

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.sanitize import PlainError, error_text, sanitize
from exlab_gui.core.text.showable import why_not_shown

EXPORTS = ("SessionState", "VALID_TRANSITIONS", "state_to_phase")
"""The names that a module must export."""

_MOST = 1000  # of anything that is listed: more than a machine may have, and not endless
_CONVENTION = "pending"


class MachineError(PlainError):
    def __init__(self, name: str, reason: str) -> None:
        shown = sanitize(name, 200) or '""'
        super().__init__(f"{shown} {sanitize(reason, 500)}.")


class _UnfitError(Exception):
    """The message completes a sentence that begins with the module's name."""


def load_machine(module_or_file: str) -> StateMachine:
    """Return the machine of a module that exports the names of `exlab_gui.core.state_machine`.

    A name that ends in ``.py`` is a file; any other is a module on Python's path, or in the current
    folder. States keep the order of ``SessionState``; those missing in ``VALID_TRANSITIONS`` are
    terminal. The initial state is ``PENDING``; without it, the only state without predecessors;
    else the first.

    The module's output is discarded. Raises MachineError, whatever the import raises; only
    KeyboardInterrupt passes.
    """
    try:
        nowhere = StringIO()
        with (
            redirect_stdout(nowhere),
            redirect_stderr(nowhere),
            _imported(module_or_file) as module,
        ):
            return _machine(module)
    except _UnfitError as unfit:
        reason = str(unfit)
    except SystemExit:
        reason = "exits when it is imported"
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        kind, told = type(error).__name__, error_text(error)
        lines = (told if told == kind else f"{kind}: {told}").splitlines()
        reason = f"cannot be imported: {lines[-1]}"
    raise MachineError(module_or_file, reason)


@contextmanager
def _imported(module_or_file: str) -> Iterator[ModuleType]:
    """Import a module; afterwards unload it and its neighbours.

    For a file, the folder of its outermost package comes first on the path; for a name, the current
    folder comes last. Modules from elsewhere stay loaded, since not every library can be imported
    twice.
    """
    if module_or_file.endswith(".py"):
        file = Path(module_or_file).resolve()
        if not file.is_file():
            raise _UnfitError("is no ordinary file" if file.exists() else "is not there")
        packages = list(takewhile(lambda f: (f / "__init__.py").is_file(), file.parents))
        root = file.parents[len(packages)]
        name = ".".join((*(folder.name for folder in reversed(packages)), file.stem))
        place = 0
    else:
        file, root, name, place = None, Path.cwd(), module_or_file, len(sys.path)
        if not all(part.isidentifier() for part in name.split(".")):
            raise _UnfitError("is neither the name of a module nor a file that ends in .py")
    top = name.partition(".")[0]
    path, modules, no_bytecode = sys.path[:], sys.modules.copy(), sys.dont_write_bytecode
    sys.path.insert(place, str(root))
    sys.dont_write_bytecode = True
    try:
        if file is not None:
            _forget(top)
        yield _run_in_packages(name, file)
    finally:
        sys.path[:], sys.dont_write_bytecode = path, no_bytecode
        for new in sys.modules.keys() - modules.keys():
            package = new.partition(".")[0]
            found = str(getattr(sys.modules[new], "__file__", None))
            if package == top or found.startswith(str(root / package)):
                del sys.modules[new]
        sys.modules.update(modules)


def _forget(top: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == top]:
        del sys.modules[name]


def _run_in_packages(name: str, file: Path | None) -> ModuleType:
    """Import the module `name`, if necessary without running its packages.

    They may have circular imports or missing dependencies that the module itself does not need.
    """
    try:
        return _run(name, file)
    except Exception as error:
        packages = name.split(".")[:-1]
        if not packages:
            raise
        try:
            _forget(packages[0])
            for package in accumulate(packages, "{}.{}".format):
                if spec := importlib.util.find_spec(package):
                    sys.modules[package] = importlib.util.module_from_spec(spec)
            return _run(name, file)
        except Exception:
            raise error from None


def _run(name: str, file: Path | None) -> ModuleType:
    if file is None:
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError("it is no Python file")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _machine(module: ModuleType) -> StateMachine:
    for name in EXPORTS:
        if not hasattr(module, name):
            raise _UnfitError(f"lacks {name}")
    known, table, phase_of = (getattr(module, name) for name in EXPORTS)
    members = {_text(member): member for member in _listed(known, "SessionState")}
    if not hasattr(table, "items"):
        raise _UnfitError("has a VALID_TRANSITIONS that is no mapping")
    following = {
        _text(state): frozenset(map(_text, _listed(after, _text(state))))
        for state, after in _listed(table.items(), "VALID_TRANSITIONS")
    }
    _check_names(members, following)
    pending = _text(known.PENDING) if hasattr(known, "PENDING") else _CONVENTION
    machine = StateMachine(
        pending if pending in members else _first(members, following),
        {state: following.get(state, frozenset()) for state in members},
        {state: _phase(phase_of, member) for state, member in members.items()},
    )
    if reason := why_not_shown(machine):
        raise _UnfitError(reason)
    reached = machine.reachable(machine.initial) | {machine.initial}
    if lost := [state for state in machine.states if state not in reached]:
        raise _UnfitError(
            f"has a state that cannot be reached from {machine.initial}: {', '.join(lost)}"
        )
    if not machine.terminal:
        raise _UnfitError("has no terminal state: a session would never end")
    return machine


def _check_names(states: Iterable[str], following: dict[str, frozenset[str]]) -> None:
    known = set(states)
    if not known:
        raise _UnfitError("has no states")
    for state, after in following.items():
        if state not in known:
            raise _UnfitError(f"has transitions from an unknown state: {state}")
        if unknown := sorted(after - known):
            raise _UnfitError(f"has a transition to an unknown state: {state} → {unknown[0]}")


def _first(states: Iterable[str], following: dict[str, frozenset[str]]) -> str:
    """Return the only one of `states` without predecessors, else the first."""
    led_to = {after for state, ways in following.items() for after in ways - {state}}
    first = [state for state in states if state not in led_to]
    return first[0] if len(first) == 1 else next(iter(states))


def _listed(things: Iterable[Any], what: str) -> list[Any]:
    """Return the first `_MOST` of `things`, which may be endless or not iterable."""
    try:
        return list(islice(things, _MOST))
    except Exception as error:
        raise _UnfitError(f"has no list of states in {what}: {type(error).__name__}") from None


def _phase(phase_of: Any, state: Any) -> str | None:
    try:
        given = phase_of(state)
    except Exception as error:
        kind = type(error).__name__
        raise _UnfitError(f"has a state_to_phase that raises {kind} for {_text(state)}") from None
    return None if given is None else _text(given)


def _text(member: Any) -> str:
    """Return the text of a member of an enumeration, or of a plain string."""
    value = getattr(member, "value", member)
    if not isinstance(value, str):
        raise _UnfitError(f"has {value!r:.80} where the text of a state or phase was expected")
    return str.__str__(value)
