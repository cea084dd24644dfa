"""The command line opens the window, once what it was given has been checked."""

import subprocess
import sys
from importlib.metadata import version

import pytest
from click.testing import CliRunner

import exlab_gui
from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.cli import main
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT


@pytest.fixture
def opened(monkeypatch):
    """Return the calls that would open a window, each as the scenario and the other options."""
    import exlab_gui.window_program

    calls = []

    def run(scenario, **options):
        calls.append((scenario, options))
        return 7

    monkeypatch.setattr(exlab_gui.window_program, "run", run)
    return calls


def run(*args):
    return CliRunner().invoke(main, args)


def test_without_arguments_the_window_opens(opened):
    """No argument opens the window, as the user left it; its exit status is the program's."""
    assert run().exit_code == 7
    assert opened == [
        (
            None,
            {
                "play": False,
                "speed": None,
                "theme": None,
                "machine": CREATION_MACHINE,
                "debug": False,
                "reset_settings": False,
            },
        )
    ]


def test_options_go_to_the_window(opened, tmp_path):
    """The scenario is loaded, by name or from a file, and handed on with the rest."""
    run("--scenario", "asks_once", "--play", "--speed", "0.25", "--theme", "dark")
    own = tmp_path / "own.json"
    own.write_text(
        '{"format": "exlab-scenario", "version": 1, "title": "Own",'
        ' "steps": [{"do": "enter", "state": "failed"}]}'
    )
    run("--scenario", str(own), "--speed", "16")
    (named, options), (from_file, _) = opened
    assert named == find_scenario("asks_once")
    assert options == {
        "play": True,
        "speed": 0.25,
        "theme": "dark",
        "machine": CREATION_MACHINE,
        "debug": False,
        "reset_settings": False,
    }
    assert from_file.title == "Own"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--scenario", "asks_thrice"], 'did you mean "asks_twice"?'),
        (["--scenario", "."], "Error: .: This is a folder."),
        (["--speed", "0.2"], "0.2 is not between 0.25 and 16."),
        (["--speed", "17"], "17 is not between 0.25 and 16."),
        (["--speed", "nan"], "nan is not between 0.25 and 16."),
        (["--theme", "blue"], "'blue' is not one of"),
        (["--speed", "2", "simulate"], "--speed is for the window; simulate opens none."),
        (["--play", "diagram", "-o", "a.svg"], "--play is for the window; diagram opens none."),
        (
            ["--machine", "exlab_gui.core.state_machine", "simulate"],
            "--machine has to stand after simulate, not before it.",
        ),
        (["shut"], "No such command 'shut'"),
        (["--verbose"], "No such option"),
    ],
)
def test_bad_use(opened, args, message):
    """What makes no sense ends with exit code 2 and says why, and no window opens."""
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.output
    assert opened == []


def test_a_bad_scenario_is_refused_before_qt_is_imported():
    """A scenario that cannot be used is refused without loading Qt for it."""
    code = """
import sys
from exlab_gui.cli import main
try:
    main(["--scenario", "no.json"])
except SystemExit as exit:
    print(exit.code, "PySide6" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "False"]
    assert done.stderr == "Error: no.json: There is no such file.\n"


def test_version():
    """The version names the program's, Python's and Qt's."""
    assert run("--version").output.split() == [
        *("exlab-gui", exlab_gui.__version__),
        *("Python", ".".join(map(str, sys.version_info[:3]))),
        *("PySide6", version("PySide6-Essentials")),
    ]


def test_help():
    """The help has examples, tells how the shell completes, and names the commands."""
    told = run("--help").output
    assert "exlab-gui --scenario asks_once --play" in told
    assert "_EXLAB_GUI_COMPLETE=bash_source exlab-gui" in told
    assert all(command in told for command in main.list_commands(None))


def test_examples_in_the_help_run(tmp_path, monkeypatch, opened):
    """Each example in the help is good use."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.json").write_bytes(
        b'{"format": "exlab-scenario", "version": 1, "title": "My",'
        b' "steps": [{"do": "enter", "state": "failed"}]}'
    )
    save(tmp_path / "kept.exlab.jsonl", SHORT)
    lines = [line.split("   ")[0].split() for line in main.epilog.splitlines()]
    examples = [line[1:] for line in lines if line[:1] == ["exlab-gui"]]
    assert len(examples) == 10
    for example in examples:
        assert run(*example).exit_code in (0, 7), example


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(monkeypatch, shell):
    """The variable that the help names brings out what makes the shell complete."""
    monkeypatch.setenv("_EXLAB_GUI_COMPLETE", f"{shell}_source")
    command = [sys.executable, "-m", "exlab_gui"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "exlab-gui" in done.stdout
