"""A state machine from a module or a file, which is imported in another process."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.describe import one_line
from exlab_gui.core.trace.header import MAX_NAME, MAX_STATES, MAX_TRANSITIONS
from exlab_gui.machines import reading

TIMEOUT_S = 10.0
"""How long a module may take to be imported, in seconds."""

_MAX_BYTES = 2**20
_CONVENTION = "pending"


class MachineError(Exception):
    """A module has no state machine that can be shown; the message says why, in one sentence."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{one_line(name, 200)} {one_line(reason, 500)}.")


class _Read(msgspec.Struct):
    """What the other process wrote: a machine as text, or why there is none."""

    unfit: str | None = None
    states: list[str] = []
    pending: str | None = None
    following: dict[str, list[str]] = {}
    phases: dict[str, str | None] = {}


def load_machine(module_or_file: str, *, timeout_s: float = TIMEOUT_S) -> StateMachine:
    """Return the machine of the module that exports it as `exlab_gui.core.state_machine` does.

    What ends in ``.py`` is a file; all else is the name of a module that Python finds. The states
    are in the order of ``SessionState``; one that is no key of ``VALID_TRANSITIONS`` is terminal.
    The initial one is ``PENDING``; where there is none, the only state that nothing leads to; else
    the first.

    The import is done in a process of its own, which is ended after `timeout_s` seconds; what it
    prints is thrown away. Raises MachineError where it gives no machine that can be shown.
    """
    if module_or_file.endswith(".py") and not Path(module_or_file).is_file():
        raise MachineError(module_or_file, "is not there")
    with tempfile.TemporaryDirectory(prefix="exlab-gui-") as folder:
        result = Path(folder, "machine.json")
        status = _run(module_or_file, result, timeout_s)
        try:
            with result.open("rb") as file:
                written = file.read(_MAX_BYTES + 1)
        except OSError:
            reason = f"ended the process in which it was imported (status {status})"
            raise MachineError(module_or_file, reason) from None
    return _machine(module_or_file, written)


def _run(name: str, result: Path, timeout_s: float) -> int:
    """Have `name` read to the file `result`, and return the exit status of that process."""
    with subprocess.Popen(
        # Not -I: a module may be found by PYTHONPATH.
        [sys.executable, "-P", "-B", reading.__file__, name, str(result)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            return running.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise MachineError(name, f"was not imported within {timeout_s:g} seconds") from None
        finally:
            if running.poll() is None:
                _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """End a process, and where the system has groups of processes, what it has started too."""
    if sys.platform == "win32":
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGKILL)


def _machine(name: str, written: bytes) -> StateMachine:
    if len(written) > _MAX_BYTES:
        raise MachineError(name, f"has a machine of more than {_MAX_BYTES:,} bytes")
    try:
        read = msgspec.json.decode(written, type=_Read)
    except UNREADABLE:
        raise MachineError(name, "cannot be read: what its process wrote is no machine") from None
    if reason := read.unfit or _fault(read):
        raise MachineError(name, reason)
    table = {state: frozenset(read.following.get(state, ())) for state in read.states}
    machine = StateMachine(_initial(read), table, read.phases)
    reached = machine.reachable(machine.initial) | {machine.initial}
    if lost := [state for state in machine.states if state not in reached]:
        reason = f"has a state that cannot be reached from {machine.initial}: {', '.join(lost)}"
        raise MachineError(name, reason)
    if not machine.terminal:
        raise MachineError(name, "has no terminal state: a session would never end")
    return machine


def _fault(read: _Read) -> str | None:
    """Return why what was read is no machine, or is one that is too large to be shown."""
    if not read.states:
        return "has no states"
    known = set(read.states)
    for state, following in read.following.items():
        if state not in known:
            return f"has transitions from an unknown state: {state}"
        if unknown := next((after for after in following if after not in known), None):
            return f"has a transition to an unknown state: {state} → {unknown}"
    states, transitions = len(read.states), sum(map(len, map(set, read.following.values())))
    if states > MAX_STATES or transitions > MAX_TRANSITIONS:
        return (
            f"has {states:,} states and {transitions:,} transitions; "
            f"at most {MAX_STATES} and {MAX_TRANSITIONS} are shown"
        )
    for state in read.states:
        if not state.isprintable() or not 0 < len(state) <= MAX_NAME:
            return f"has a state whose name is not 1 to {MAX_NAME} printable characters: {state!r}"
    return None


def _initial(read: _Read) -> str:
    if read.pending in read.states:
        return str(read.pending)
    if _CONVENTION in read.states:
        return _CONVENTION
    led_to = {after for state, ways in read.following.items() for after in ways if after != state}
    first = [state for state in read.states if state not in led_to]
    return first[0] if len(first) == 1 else read.states[0]
