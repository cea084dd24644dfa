"""Machines are loaded from other modules, of which nothing stays behind."""

import subprocess
import sys

import pytest

from exlab_gui.core.limits import STATES
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.machines import MachineError, load_machine
from tests.helpers.drawings import machine_of
from tests.helpers.machine_modules import HEAD, write_module

SMALL = """
class SessionState(StrEnum):
    A = "a"
    B = "b"
VALID_TRANSITIONS = {"a": {"b"}}
def state_to_phase(state):
    return None
"""
STARTS = ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system")
CHAIN = [f"s{number}" for number in range(STATES)]
LARGEST = machine_of(dict(zip(CHAIN, [*CHAIN[1:], ""], strict=True)))


@pytest.fixture(autouse=True)
def _nothing_stays_behind(tmp_path):
    """Whatever a module does, its folder is off the path afterwards, and it is not imported."""
    path, modules = sys.path[:], sys.modules.copy()
    yield
    assert sys.path == path
    assert all(sys.modules[name] is module for name, module in modules.items())
    assert not [m for m in sys.modules.values() if str(tmp_path) in str(getattr(m, "__file__", ""))]
    assert not list(tmp_path.rglob("__pycache__"))


def write(folder, source, name="machine.py"):
    """Write a file in `folder`, and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


def load(folder, source):
    """Return the machine that the module `source` has, as a file in `folder`."""
    return load_machine(str(write(folder, HEAD + source)))


def test_a_module_by_its_name():
    """An installed module is loaded by its name, and its machine is the one it exports."""
    assert load_machine("exlab_gui.core.state_machine") == CREATION_MACHINE


@pytest.mark.parametrize("machine", [CREATION_MACHINE, LARGEST])
def test_a_file(tmp_path, machine):
    """A file is loaded by its path; every state, transition and phase is as it says."""
    assert load_machine(str(write_module(tmp_path, machine))) == machine


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
    """It is PENDING, else the first of those from which the most states can be reached."""
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
        ("def f(): f()\nf()", "cannot be imported: RecursionError: "),
        ("raise BaseException", "cannot be imported: BaseException."),
        ("", "lacks VALID_TRANSITIONS, and has no other state machine."),
        (f"{SMALL}del VALID_TRANSITIONS", "lacks VALID_TRANSITIONS, and"),
        (f"{SMALL}SessionState = 5", "has no list of states in SessionState: TypeError."),
        (f"{SMALL}SessionState = []", "has no states."),
        (f"{SMALL}SessionState = [1]", "has 1 where the name of a state or phase was expected."),
        (
            f"{SMALL}SessionState = ['a', 'b', '']",
            "has a state whose name is not 1 to 80 printable characters",
        ),
        (f"{SMALL}VALID_TRANSITIONS = []", "has a VALID_TRANSITIONS that is no mapping."),
        (f"{SMALL}VALID_TRANSITIONS['a'] = 7", "has no list of states in a: TypeError."),
        (f"{SMALL}VALID_TRANSITIONS['b'] = ['c']", "has a transition to an unknown state: b → c."),
        (f"{SMALL}VALID_TRANSITIONS['c'] = ['a']", "has transitions from an unknown state: c."),
        (f"{SMALL}state_to_phase = {{}}.__getitem__", "has a state_to_phase that raises KeyError"),
        (f"{SMALL}state_to_phase = len", "has 1 where the name of a state or phase was expected."),
        (f"{SMALL}SessionState = map(str, range(61))\nVALID_TRANSITIONS = {{}}", "has 61 states"),
        (f"{SMALL}SessionState = map(str, iter(int, 1))", "has transitions from an unknown state"),
        (f"{SMALL}VALID_TRANSITIONS['a'] = map(str, iter(int, 1))", "has a transition to an unkno"),
    ],
)
def test_what_is_refused(tmp_path, source, said):
    """A module without a machine that can be shown is refused, with the reason in one sentence."""
    with pytest.raises(MachineError) as refused:
        load(tmp_path, source)
    told = str(refused.value)
    assert told.startswith(f"{tmp_path / 'machine.py'} {said}")
    assert told.endswith(".")
    assert "\n" not in told


def test_an_error_without_words(tmp_path):
    """What a module raises may raise again when it is asked what it says."""
    source = "class Mute(Exception):\n  def __str__(self): raise ValueError\nraise Mute"
    with pytest.raises(MachineError, match="cannot be imported: Mute\\."):
        load(tmp_path, source)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing.py", "is not there."),
        ("", "is neither the name of a module nor a file that can be read."),
        ("./next.yaml", "is neither the name of a module nor a file that can be read."),
        ("no_such_module", "cannot be imported: ModuleNotFoundError: No module named"),
        ("exlab_gui.nothing", "cannot be imported: ModuleNotFoundError: No module named"),
    ],
)
def test_what_is_not_there(name, said):
    """A missing file or module is told as such."""
    with pytest.raises(MachineError) as refused:
        load_machine(name)
    shown = name or '""'
    assert str(refused.value).startswith(f"{shown} {said}")


def test_a_folder_is_no_module(tmp_path):
    """A folder whose name ends as a file's is not missing."""
    folder = tmp_path / "folder.py"
    folder.mkdir()
    with pytest.raises(MachineError, match="is no ordinary file"):
        load_machine(str(folder))


def test_an_import_that_does_not_end_can_be_ended(tmp_path):
    """Ctrl+C ends the program as always."""
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path, "raise KeyboardInterrupt")


def test_what_a_module_prints(tmp_path, capsys):
    """It does not get between the lines of a command."""
    load(tmp_path, f"import sys\nprint('words')\nprint('more', file=sys.stderr)\n{SMALL}")
    assert capsys.readouterr() == ("", "")


def test_neighbours_of_a_file(tmp_path):
    """A file may import what is beside it, and gets its own of two with the same name."""
    write(tmp_path / "a", HEAD + SMALL, "neighbour.py")
    write(tmp_path / "b", (HEAD + SMALL).replace('"b"', '"c"'), "neighbour.py")
    for folder in "a", "b":
        file = write(tmp_path / folder, "from neighbour import *")
        assert load_machine(str(file)).states == ("a", {"a": "b", "b": "c"}[folder])


@pytest.mark.parametrize("name", ["machine", "package.machine"])
def test_a_module_in_the_current_folder(tmp_path, monkeypatch, name):
    """Who stands beside a module can name it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, HEAD + SMALL, name.replace(".", "/") + ".py")
    assert load_machine(name).states == ("a", "b")


@pytest.mark.parametrize("named", ["lab.controller.machine", "src/lab/controller/machine.py"])
@pytest.mark.parametrize("first", ["", "import not_installed", "from lab import circle"])
def test_a_module_in_a_package(tmp_path, monkeypatch, named, first):
    """Relative imports work, also if the packages cannot be imported before the module."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "src")
    lab = tmp_path / "src" / "lab"
    write(lab, "", "__init__.py")
    write(lab, "from lab.controller import SessionState", "circle.py")
    write(lab, HEAD + SMALL, "utils.py")
    write(lab / "controller", f"{first}\nfrom .machine import SessionState", "__init__.py")
    write(lab / "controller", "from ..utils import *", "machine.py")
    assert load_machine(named).states == ("a", "b")


def test_the_file_that_is_named_is_loaded(tmp_path):
    """A file in a package is not mistaken for the module of that name that is installed."""
    write(tmp_path / "exlab_gui" / "core", "", "__init__.py")
    write(tmp_path / "exlab_gui", "", "__init__.py")
    file = write(tmp_path / "exlab_gui" / "core", HEAD + SMALL, "state_machine.py")
    assert load_machine(str(file)).states == ("a", "b")
    assert load_machine("exlab_gui.core.state_machine") == CREATION_MACHINE


def test_a_file_with_dots_in_its_name(tmp_path):
    """The name of a file need not be one that can be imported."""
    assert load_machine(str(write(tmp_path, HEAD + SMALL, "next.v2.py"))).states == ("a", "b")


def test_no_process_is_started(tmp_path):
    """A bundle of the program has no interpreter to start: it would start itself."""
    code = f"""
import subprocess
import sys
sys.addaudithook(lambda event, args: event in {STARTS} and sys.exit(f"started by {{event}}"))
from exlab_gui.machines import load_machine
print(load_machine({str(write(tmp_path, HEAD + SMALL))!r}).initial)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("a", "")


@pytest.mark.parametrize("name", ["kept.exlab.jsonl", "machine.txt", "machine"])
def test_a_file_with_another_ending_is_not_told_as_a_missing_module(name, tmp_path, monkeypatch):
    """Who names a file is told which files are read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(MachineError, match=r"is no file of a machine: .* end in \.py, \."):
        load_machine(name)
