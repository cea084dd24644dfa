"""What docs/machines.md tells is true: its examples are shown, and its limits are the program's."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.limits import MACHINE_BYTES, STATES, TRANSITIONS
from exlab_gui.core.text.sanitize import MAX_NAME
from exlab_gui.machines import load_machine
from exlab_gui.machines.readers.table import EXPORTS
from tests.helpers.machine_modules import write_module
from tests.helpers.other_machines import OTHERS

DOCS = (Path(__file__).parents[2] / "docs" / "machines.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^exlab-gui ((?:simulate|diagram) .*?)(?:\s{2,}#.*)?$", DOCS, re.M)
_EXAMPLE = r"`--machine (\w+\.\w+(?::\w+)?)`:\n\n^```\w+\n(.*?)^```"
EXAMPLES: dict[str, str] = dict(re.findall(_EXAMPLE, DOCS, re.M | re.S))
"""The content of each file, by what `--machine` takes to show it."""

MACHINES = {
    "lab.py": "queued → running/cancelled, running → finished/cancelled",
    "valve.py:NEXT": "closed → opening, opening → open/stuck, open → closed",
    "order.py:Order": "open → paid, paid → sent/refunded",
    "review.py": "draft → review, review → draft/published",
    "coffee.py": "cold → hot, hot → served",
    "door.scxml": "shut → open/locked, open → shut",
    "upload.json": "waiting → sending/cancelled, sending → waiting/sent/cancelled",
}


@pytest.mark.parametrize("named", EXAMPLES)
def test_an_example_is_a_machine(tmp_path, monkeypatch, named):
    """The module or file in the text is loaded as it stands there, if its library is installed."""
    if library := re.search(r"^from (transitions|statemachine|automat) ", EXAMPLES[named], re.M):
        pytest.importorskip(library[1])
    monkeypatch.chdir(tmp_path)
    Path(named.partition(":")[0]).write_text(EXAMPLES[named], "utf-8")
    machine = load_machine(named)
    steps = [f"{s} → {'/'.join(machine.following(s))}" for s in machine.states]
    assert ", ".join(step for step in steps if not step.endswith("→ ")) == MACHINES[named]
    diff = CliRunner().invoke(main, ["machine", "diff", "exlab_gui.core.state_machine", named])
    assert (diff.exit_code, f"state added: {machine.initial}" in diff.stdout) == (1, True)


def test_each_example_is_tried():
    """None is left out."""
    assert EXAMPLES.keys() == MACHINES.keys()


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
    assert f"more than {MACHINE_BYTES:,} bytes" in DOCS
    assert f"1 to {MAX_NAME} printable" in DOCS
