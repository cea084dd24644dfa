"""The page on recordings holds what the program does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from exlab_gui.commands.check import MAX_FINDINGS
from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Rule, Severity
from exlab_gui.core.clock import EARLIEST, LATEST
from exlab_gui.core.limits import STATES, TRANSITIONS
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.depth import MAX_DEPTH
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.sanitize import MAX_NAME
from exlab_gui.core.trace import Header, load
from exlab_gui.core.trace.line import MAX_LENGTH
from exlab_gui.core.trace.reader import LONGEST, MAX_PROBLEMS
from exlab_gui.export.recording import save

PAGE = (Path(__file__).parents[2] / "docs" / "recordings.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```jsonl\n(.*?)```", PAGE, re.DOTALL)[1]
PROGRAM = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]


def rows(title):
    """Return the cells of every row of the tables in the section that bears `title`."""
    section = re.search(rf"\n## {title}\n(.*?)(\n## |\Z)", PAGE, re.DOTALL)[1]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in line[1:-1].split(" | ")] for line in lines]


@pytest.fixture
def path(tmp_path):
    """Return the file of the example."""
    path = tmp_path / "kept.exlab.jsonl"
    path.write_text(EXAMPLE, encoding="utf-8", newline="\n")
    return path


def test_the_example_is_a_recording(path):
    """The example opens, obeys the machine, and is written as the program writes it."""
    example = load(path)
    assert example.problems == []
    assert example.originals.keys() == {0}
    assert example.machine == CREATION_MACHINE
    assert check(example.machine, example.events) == []
    assert {event.origin for event in example.events} == {Origin.OBSERVED, Origin.INFERRED}
    save(path, example)
    assert path.read_text(encoding="utf-8") == EXAMPLE


def test_the_program_prints_the_states(path):
    """The program on the page reads the example, and prints every state that was entered."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=path.parent, capture_output=True, text=True, check=True
    )
    assert [line.split()[1] for line in done.stdout.splitlines()] == [
        *("pending", "validating", "rendering", "plugin_pass", "input_required", "plugin_pass"),
        "failed",
    ]


def test_every_key_is_explained():
    """Each key of the header and of an event has its row."""
    assert {row[0] for row in rows("The header")} == set(Header.__struct_fields__)
    assert {row[0] for row in rows("An event")} == set(Event.__struct_fields__)


def test_every_rule_is_explained():
    """Each rule has its row, which says where it is only a note."""
    described = dict(rows("What is checked"))
    assert list(described) == list(Rule)
    for rule in Rule:
        assert described[rule].startswith("a note") == (rule.severity is Severity.NOTE)


@pytest.mark.parametrize(
    "limit",
    [
        f"longer than {MAX_LENGTH:,} bytes",
        f"more than {MAX_DEPTH} objects and\nlists",
        f"After {MAX_PROBLEMS:,} reports",
        f"first {MAX_FINDINGS:,} violations",
        f"more than {LONGEST // 2**20} MiB",
        f"more than {STATES}\nstates",
        f"more than {TRANSITIONS} transitions",
        f"1 to {MAX_NAME} printable characters",
        f"from {EARLIEST:%Y-%m-%d} to {LATEST:%Y-%m-%d}",
    ],
)
def test_the_limits(limit):
    """The limits on the page are those of the program."""
    assert limit in PAGE
