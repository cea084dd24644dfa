"""The shell completes what an option takes, and what it does not take is refused."""

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from exlab_gui.bundled_scenarios import bundled_scenarios
from exlab_gui.cli import COMMANDS, main
from tests.helpers import spec


def completions(*words):
    """Return what the shell offers for the last of `words`."""
    *args, incomplete = words
    complete = BashComplete(main, {}, "exlab-gui", "_EXLAB_GUI_COMPLETE")
    return [item.value for item in complete.get_completions(args, incomplete)]


def test_commands():
    """The commands are completed."""
    assert completions("") == sorted(COMMANDS)


@pytest.mark.parametrize("before", [(), ("simulate",)])
def test_scenarios(before):
    """The names of the bundled scenarios are completed, for the window and for ``simulate``."""
    assert completions(*before, "--scenario", "") == [*bundled_scenarios()]
    assert completions(*before, "--scenario", "asks") == ["asks_once", "asks_twice"]


def test_scenario_files():
    """What begins like no bundled scenario is left to the shell, as the name of a file."""
    complete = BashComplete(main, {}, "exlab-gui", "_EXLAB_GUI_COMPLETE")
    (item,) = complete.get_completions(["--scenario"], "./my")
    assert (item.type, item.value) == ("file", "./my")


def test_states():
    """The names of states are completed."""
    assert completions("diagram", "--state", "") == [*spec.STATES]
    assert completions("diagram", "--state", "p") == ["pending", "plugin_pass", "post_validate"]


def test_paths():
    """A path is completed by what may legally come next, at its beginning by what may be first."""
    assert completions("simulate", "--path", "") == ["pending", "validating", "failed", "aborted"]
    assert completions("simulate", "--path", "validating,") == [
        f"validating,{state}" for state in ("rendering", "failed", "aborted")
    ]
    assert completions("simulate", "--path", "pending,v") == ["pending,validating"]
    assert completions("simulate", "--path", "done,") == []


@pytest.mark.parametrize("command", ["watch", "attach", "record"])
@pytest.mark.parametrize(
    "given", ["", " ", "..", "a/b", "a?b", "a b", "ä", "x" * 101, "a\nb", "%2e"]
)
def test_what_is_no_id_of_a_session(command, given, tmp_path):
    """It is refused before any server is asked, since it would be another address."""
    output = ["-o", str(tmp_path / "kept")] if command == "record" else []
    done = CliRunner().invoke(main, [command, "http://127.0.0.1:1", "--session", given, *output])
    assert done.exit_code == 2
    assert "Invalid value for '--session': an id has 1 to 100 letters" in done.output


@pytest.mark.parametrize(
    "args", [("simulate", "--machine"), ("machine", "diff", "exlab_gui.core.state_machine")]
)
def test_an_import_that_was_interrupted(args, tmp_path):
    """Ctrl+C while a module is imported ends the command with a sentence and 130."""
    path = tmp_path / "endless.py"
    path.write_text("raise KeyboardInterrupt")
    done = CliRunner().invoke(main, [*args, str(path)])
    assert (done.exit_code, done.output) == (130, f"Error: {path}: the import was interrupted.\n")


@pytest.mark.parametrize(
    "args",
    [
        ("coverage", "nothing", "--fail-under"),  # no number would be under it
        ("demo-server", "--rate"),
        ("watch", "http://127.0.0.1:1", "--interval"),
        ("--speed",),
    ],
)
@pytest.mark.parametrize("number", ["nan", "-NaN", "inf", "1e999"])
def test_what_is_no_number(args, number):
    """It is wrong use wherever a number is asked for."""
    assert CliRunner().invoke(main, [*args, number]).exit_code == 2
