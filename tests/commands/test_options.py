"""The shell completes what an option takes."""

import pytest
from click.shell_completion import BashComplete

from exlab_gui.cli import main
from exlab_gui.scenarios import bundled_scenarios
from tests.helpers import spec


def completions(*words):
    """Return what the shell offers for the last of `words`."""
    *args, incomplete = words
    complete = BashComplete(main, {}, "exlab-gui", "_EXLAB_GUI_COMPLETE")
    return [item.value for item in complete.get_completions(args, incomplete)]


def test_commands():
    """The commands are completed."""
    assert completions("") == [
        "attach",
        "check",
        "coverage",
        "demo-server",
        "diagram",
        "machine",
        "make-test",
        "open",
        "record",
        "simulate",
        "watch",
    ]


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
