"""``--machine`` has the window, ``simulate`` and ``diagram`` show the machine of another module."""

import json
import subprocess
import sys

import msgspec
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.protocol.events import Event
from tests.helpers import programs
from tests.helpers.machine_modules import write_module
from tests.helpers.other_machines import OTHERS

COMMANDS = ([], ["simulate"], ["diagram", "-o", "-", "--format", "mmd"])


@pytest.fixture(params=OTHERS)
def machine(request):
    return OTHERS[request.param]


@pytest.fixture
def module(tmp_path, machine):
    """Return the path of a file that exports `machine`."""
    return str(write_module(tmp_path, machine))


def run(*args):
    return CliRunner().invoke(main, args)


def edges_in(output):
    """Return the transitions that the events in lines of JSON took; each session begins with 1."""
    taken, before = set(), None
    for line in output.splitlines():
        event = msgspec.json.decode(line, type=Event)
        if event.seq > 1:
            taken.add((before, event.state))
        before = event.state
    return taken


def test_simulate_goes_the_shortest_way_by_default(module, machine):
    """Where the happy path is not legal, the session goes straight to the regular end."""
    result = run("simulate", "--machine", module, "--json")
    assert result.exit_code == 0
    states = [json.loads(line)["state"] for line in result.output.splitlines()]
    assert states == list(machine.spine)


def test_simulate_goes_along_a_path(module, machine):
    """A path names states of that machine, and is checked against its table."""
    way = ",".join(machine.spine)
    assert run("simulate", "--machine", module, "--path", way).exit_code == 0
    refused = run(
        "simulate", "--path", f"{machine.spine[-1]},{machine.initial}", "--machine", module
    )
    assert refused.exit_code == 1
    unknown = run("simulate", "--path", "nowhere", "--machine", module)
    assert unknown.exit_code == 2
    assert '"nowhere" is not a state' in unknown.output


def test_simulate_makes_a_tour(module, machine):
    """A tour takes every transition of that machine, and no other."""
    result = run("simulate", "--machine", module, "--tour", "--json")
    assert result.exit_code == 0
    assert edges_in(result.output) == set(machine.edges)


def test_a_scenario_has_to_fit(module):
    """A scenario that is not legal in that machine is refused, wherever the option stands."""
    for args in (
        ("--scenario", "happy_path", "--machine", module),
        ("simulate", "--scenario", "happy_path", "--machine", module),
        ("simulate", "--machine", module, "--scenario", "happy_path"),
    ):
        result = run(*args)
        assert (result.exit_code, "happy_path.json, line" in result.output) == (2, True)


def test_diagram_draws_it(module, machine):
    """The diagram is that of the other machine, in one of its states."""
    args = ("diagram", "--machine", module, "-o", "-", "--format", "svg")
    drawn = run(*args, "--state", machine.spine[-1])
    assert drawn.exit_code == 0
    assert drawn.output.count("<text") == len(machine.states)
    assert run(*args, "--state", "nowhere").exit_code == 2


def test_states_are_completed(module, machine):
    """The shell completes the states of the machine that was named before."""
    complete = BashComplete(main, {}, "exlab-gui", "_EXLAB_GUI_COMPLETE")
    words = ["diagram", "--machine", module, "--state"]
    found = [item.value for item in complete.get_completions(words, "")]
    assert found == list(machine.states)


@pytest.mark.parametrize("words", [["--machine"], ["machine", "diff"], ["machine", "diff", "a.py"]])
def test_files_are_completed(words):
    """A machine is mostly a file."""
    complete = BashComplete(main, {}, "exlab-gui", "_EXLAB_GUI_COMPLETE")
    assert [item.type for item in complete.get_completions(words, "ne")] == ["file"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_refused_module_is_told_in_one_line(tmp_path, command):
    """A module without a machine ends with one message, exit code 2, and nothing else."""
    path = tmp_path / "broken.py"
    path.write_text("print('words')")
    done = subprocess.run(
        [sys.executable, "-m", "exlab_gui", *command, "--machine", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    why = "lacks VALID_TRANSITIONS, and has no other state machine."
    assert (done.stdout, done.stderr) == ("", f"Error: {path} {why}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="it always has a display")
def test_without_a_display_it_is_played_too(tmp_path, module, machine):
    """Where there is no display, a session of that machine is played in a window nobody sees."""
    done = programs.run(tmp_path, "-m", "exlab_gui", "--machine", module)
    assert done.returncode == 0, done.stderr
    *lines, picture = done.stdout.splitlines()
    assert len(lines) == len(machine.spine)
    assert picture.endswith("window.png")


@pytest.mark.parametrize(
    ("table", "warning"),
    [
        ("{'a': 'b', 'c': 'b'}", "No path leads from a to c."),
        ("{'a': 'b', 'b': 'a', 'c': 'c'}", "No path leads from a to c. Sessions of this machine"),
        ("{'a': 'b', 'b': 'a', 'c': None}", "No path leads from a to c. Sessions of this machine"),
    ],
)
def test_an_unfinished_machine_is_warned_of(tmp_path, capsys, table, warning):
    """It is shown, and played as far as it goes; the warning is not in the output.

    The shell completes its states without a warning.
    """
    path = tmp_path / "next.py"
    path.write_text(f"SessionState = 'abc'\nVALID_TRANSITIONS = {table}")
    result = run("diagram", "--machine", str(path), "-o", "-", "--format", "mmd")
    assert result.exit_code == 0
    assert result.stderr.startswith(f"Warning: {path}: {warning}")
    assert "a --> b" in result.stdout
    complete = BashComplete(main, {}, "exlab-gui", "_EXLAB_GUI_COMPLETE")
    complete.get_completions(["diagram", "--machine", str(path), "--state"], "")
    assert capsys.readouterr() == ("", "")
    played = run("simulate", "--machine", str(path), "--json").stdout.splitlines()
    assert [json.loads(line)["state"] for line in played] == ["a", "b"]
