"""What docs/machines.md tells is true: its module loads, and its limits are the program's."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.limits import STATES, TRANSITIONS
from exlab_gui.core.text.sanitize import MAX_NAME
from exlab_gui.machines import EXPORTS, load_machine
from tests.helpers.machine_modules import write_module
from tests.helpers.other_machines import OTHERS

DOCS = (Path(__file__).parents[2] / "docs" / "machines.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^exlab-gui ((?:simulate|diagram) .*?)(?:\s{2,}#.*)?$", DOCS, re.M)


def test_the_example_is_a_machine(tmp_path):
    """The module in the text is loaded as it stands there."""
    (source,) = re.findall(r"^```python\n(.*?)^```", DOCS, re.M | re.S)
    path = tmp_path / "machine.py"
    path.write_text(source)
    machine = load_machine(str(path))
    assert (machine.initial, machine.terminal) == ("queued", {"finished", "cancelled"})


@pytest.mark.parametrize("line", COMMANDS)
def test_the_examples_run(tmp_path, monkeypatch, line):
    """Whoever copies an example sees it work, with a next version of the machine beside it."""
    monkeypatch.chdir(tmp_path)
    write_module(tmp_path, OTHERS["one state more"], "next.py")
    done = CliRunner().invoke(main, line.split())
    assert done.exit_code == 0, done.output


def test_names_and_limits():
    """The table has the names that are looked for, and the text the limits that are kept."""
    assert tuple(re.findall(r"^\| `(\w+)` \|", DOCS, re.M)) == EXPORTS
    assert f"more than {STATES} states or {TRANSITIONS} transitions" in DOCS
    assert f"1 to {MAX_NAME} printable" in DOCS
