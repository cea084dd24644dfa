"""Machines are loaded from other modules, which can do this program no harm."""

import subprocess
import sys

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.trace.header import MAX_STATES
from exlab_gui.machines import MachineError, load_machine
from tests.helpers.drawings import large, machine_of
from tests.machines.modules import HEAD, module_text, write_module

SMALL = """
class SessionState(StrEnum):
    A = "a"
    B = "b"
VALID_TRANSITIONS = {"a": {"b"}}
def state_to_phase(state):
    return None
"""


def load(folder, source, **options):
    """Return the machine that the module `source` has, as a file in `folder`."""
    path = folder / "machine.py"
    path.write_text(HEAD + source, encoding="utf-8")
    return load_machine(str(path), **options)


def refusal(folder, source, **options):
    """Return what is said of the module `source`, after the name of its file."""
    with pytest.raises(MachineError) as refused:
        load(folder, source, **options)
    return str(refused.value).removeprefix(f"{folder / 'machine.py'} ")


def test_a_module_by_its_name():
    """An installed module is loaded by its name, and its machine is the one it exports."""
    assert load_machine("exlab_gui.core.state_machine") == CREATION_MACHINE


@pytest.mark.parametrize("machine", [CREATION_MACHINE, large(exits=True)])
def test_a_file(tmp_path, machine):
    """A file is loaded by its path; every state, transition and phase is as it says."""
    if lost := set(machine.states) - machine.reachable(machine.initial) - {machine.initial}:
        machine = without(machine, lost)
    assert load_machine(str(write_module(tmp_path, machine))) == machine


def without(machine, lost):
    """Return `machine` without the states that are lost."""
    return type(machine)(
        machine.initial,
        {state: after - lost for state, after in machine.table.items() if state not in lost},
        {},
    )


def test_what_a_module_may_leave_out(tmp_path):
    """Plain text may stand for states, and a terminal one needs no entry in the table."""
    machine = load(tmp_path, SMALL)
    assert (machine.states, machine.edges, machine.initial) == (("a", "b"), (("a", "b"),), "a")


@pytest.mark.parametrize(
    ("members", "table", "initial"),
    [
        ("X = 'x'; PENDING = 'begun'; Z = 'z'", "{'begun': 'xz', 'x': ['begun']}", "begun"),
        ("X = 'x'; P = 'pending'; Z = 'z'", "{'pending': 'xz', 'x': ['pending']}", "pending"),
        ("X = 'x'; Y = 'y'; Z = 'z'", "{'y': 'xz'}", "y"),
        ("X = 'x'; Y = 'y'; Z = 'z'", "{'x': 'yz', 'y': 'x'}", "x"),
    ],
)
def test_the_initial_state(tmp_path, members, table, initial):
    """It is PENDING, else the only state that nothing leads to, else the first."""
    source = f"""
class SessionState(StrEnum):
    {members}
VALID_TRANSITIONS = {table}
state_to_phase = dict.fromkeys(SessionState).get
"""
    assert load(tmp_path, source).initial == initial


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_module", "cannot be imported: ModuleNotFoundError: No module named"),
        ("def", "cannot be imported: SyntaxError: "),
        ("raise RuntimeError('first\\nlast')", "cannot be imported: last."),
        ("raise SystemExit(0)", "exits when it is imported."),
        ("import os; os._exit(3)", "ended the process in which it was imported (status 3)."),
        ("import os; os.abort()", "ended the process in which it was imported (status -6)."),
        ("", "lacks SessionState."),
        (f"{SMALL}del VALID_TRANSITIONS", "lacks VALID_TRANSITIONS."),
        (f"{SMALL}del state_to_phase", "lacks state_to_phase."),
        (f"{SMALL}SessionState = 5", "has no list of states in SessionState: TypeError."),
        (f"{SMALL}SessionState = []", "has no states."),
        (f"{SMALL}SessionState = [1]", "has 1 where the text of a state or phase is due."),
        (
            f"{SMALL}SessionState = ['a', 'b', '']",
            "has a state whose name is not 1 to 80 printable",
        ),
        (f"{SMALL}VALID_TRANSITIONS = []", "has a VALID_TRANSITIONS that is no mapping."),
        (f"{SMALL}VALID_TRANSITIONS['a'] = 7", "has no list of states in a: TypeError."),
        (
            f"{SMALL}VALID_TRANSITIONS['b'] = ['c']",
            "has a transition to an unknown state: b → c.",
        ),
        (
            f"{SMALL}VALID_TRANSITIONS['c'] = ['a']",
            "has transitions from an unknown state: c.",
        ),
        (
            f"{SMALL}VALID_TRANSITIONS = {{'a': ['a']}}",
            "has a state that cannot be reached from a: b.",
        ),
        (f"{SMALL}VALID_TRANSITIONS['b'] = ['a']", "has no terminal state"),
        (f"{SMALL}state_to_phase = {{}}.__getitem__", "has a state_to_phase that raises KeyError"),
        (f"{SMALL}state_to_phase = len", "has 1 where the text of a state or phase is due."),
        (f"{SMALL}SessionState = map(str, range(61))\nVALID_TRANSITIONS = {{}}", "has 61 states"),
        (
            f"{SMALL}import itertools\n"
            "SessionState = map(str, itertools.count())\nVALID_TRANSITIONS = {}",
            "has 1,000 states",
        ),
    ],
)
def test_what_is_refused(tmp_path, source, said):
    """A module without a machine that can be shown is refused, with the reason in one sentence."""
    told = refusal(tmp_path, source)
    assert said in told
    assert told.endswith(".")
    assert "\n" not in told


def test_a_file_that_is_not_there(tmp_path):
    """A missing file is told as such."""
    with pytest.raises(MachineError, match=r"nothing\.py is not there\.$"):
        load_machine(str(tmp_path / "nothing.py"))


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)",
    ],
)
def test_a_module_that_hangs(tmp_path, source):
    """A module whose import does not end is given up, and its process ended."""
    assert refusal(tmp_path, source, timeout_s=1) == "was not imported within 1 seconds."


def test_what_a_module_does_besides(tmp_path, capfd):
    """Printing, threads, Qt and the command line do not come to this program, or hinder it."""
    source = f"""
import atexit, os, sys, threading, time
print("words"); os.write(1, b"words"); os.write(2, b"words")
threading.Thread(target=time.sleep, args=(600,)).start()
atexit.register(time.sleep, 600)
from PySide6.QtCore import QCoreApplication
application = QCoreApplication([])
assert sys.argv[1:] == []
assert sys.stdin.read() == ""
{SMALL}"""
    assert load(tmp_path, source, timeout_s=60).states == ("a", "b")
    assert capfd.readouterr() == ("", "")


def test_neighbours_of_a_file(tmp_path):
    """A file may import what is beside it."""
    (tmp_path / "neighbour_of_a_machine.py").write_text(HEAD + SMALL)
    assert load(tmp_path, "from neighbour_of_a_machine import *").states == ("a", "b")


def test_this_process_imports_nothing(tmp_path):
    """Neither the module nor anything of it is found in this process afterwards."""
    path = write_module(tmp_path, machine_of({"a": "b", "b": ""}), "never_imported.py")
    load_machine(str(path))
    assert "never_imported" not in sys.modules
    assert sorted(tmp_path.iterdir()) == [path]


def test_the_module_meets_nothing_of_this_program(tmp_path):
    """In the process that imports it, no module of this program is loaded."""
    source = f"""
import sys
assert not [name for name in sys.modules if name.startswith("exlab_gui")]
{SMALL}"""
    assert load(tmp_path, source).states == ("a", "b")


def test_the_modules_of_these_tests_are_python(tmp_path):
    """What the tests write can be run by itself, and has as many states as are allowed."""
    path = tmp_path / "machine.py"
    path.write_text(f"{module_text(large(exits=True))}\nprint(len(SessionState))\n")
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) == MAX_STATES
