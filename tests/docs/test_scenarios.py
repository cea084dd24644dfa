"""The page on writing scenarios holds what the program does."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from exlab_gui.core.limits import FORM_FIELDS
from exlab_gui.core.protocol.envelopes import KINDS
from exlab_gui.core.protocol.form import Field, FieldType
from exlab_gui.core.scenario.file import MAX_BYTES, MAX_DEPTH, ScenarioError, parse_scenario
from exlab_gui.core.scenario.scenario import MAX_DELAY_S, MAX_STEPS, MAX_WAIT_S, Scenario, Step
from tests.helpers import spec

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1]


def section(title):
    """Return the section of the page that bears `title`."""
    return re.search(rf"\n## {title}\n(.*?)(\n## |\Z)", PAGE, re.DOTALL)[1]


def rows(title):
    """Return the cells of every row of the tables in a section."""
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]


def first_cells(title):
    """Return the names in the first column of a section's tables."""
    return [name for row in rows(title) for name in re.findall(r"`([^`]+)`", row[0])]


def test_the_example_is_a_scenario():
    """The full example loads, and uses each kind of step that leads to its end."""
    scenario = parse_scenario(EXAMPLE.encode(), "my.json")
    assert {type(step).__name__ for step in scenario.steps} == {"Enter", "Emit", "Answer"}


def test_every_key_is_explained():
    """Each key of the file, and of a field, has its row."""
    assert set(first_cells("The file")) == {"format", *Scenario.__struct_fields__}
    assert set(Field.__struct_fields__) - {"odd"} <= set(first_cells("The envelopes"))


def test_every_step_is_explained():
    """Each step has its row, which names every key of its own."""
    described = {row[0].strip("`"): row[2] for row in rows("The steps") if len(row) == 3}
    for step in get_args(Step):
        own = set(step.__struct_fields__) - {"after"}
        assert own <= set(re.findall(r"`(\w+)`", described[step.__struct_config__.tag]))


def test_every_state_is_explained():
    """Each state has its row, with its phase and what may follow it, exits aside."""
    described = {row[0].strip("`"): row for row in rows("The steps") if len(row) == 4}
    for state in spec.STATES[:-3]:
        _, _, phase, following = described[state]
        assert phase.strip("`") == (spec.PHASES[state] or "")
        assert set(re.findall(r"`(\w+)`", following)) == spec.FOLLOWING[state] - {
            "failed",
            "aborted",
        }


def test_every_envelope_and_type_is_explained():
    """Each kind of envelope has its row, and each type of field is named."""
    assert set(KINDS) <= set(first_cells("The envelopes"))
    assert all(f'`"{name}"`' in section("The envelopes") for name in get_args(FieldType))


def test_the_limits():
    """The limits on the page are those of the program."""
    stated = {
        what: int(re.match(r"[\d,]+", most)[0].replace(",", ""))
        for what, most in rows("Limits")[1:]
    }
    title = next(f for f in msgspec.inspect.type_info(Scenario).fields if f.name == "title")
    assert stated == {
        "the file": MAX_BYTES,
        "`title`": title.type.max_length,
        "`steps`": MAX_STEPS,
        "`fields` of one question": FORM_FIELDS,
        "`after`": MAX_DELAY_S,
        "`seconds` of `wait`": MAX_WAIT_S,
        "objects and lists inside one another": MAX_DEPTH,
    }


HEAD = b'{"format": "exlab-scenario",\n"version": 1,\n"title": "T",\n\n"steps": [\n'
HEAD += b'{"do": "enter", "state": "validating"},\n\n'
PROGRESS = b'{"kind": "progress", "phase": "running_plugins", "current": 1, "total": 2}'
BAD_FILES = (
    b'{\n\n"format":     3 4',
    b"{\n\n\n\n\n\n\n\n",
    b"{}",
    b'{"format": "exlab-scenario", "version": 2}',
    HEAD + b'{"do": "enter", "state": "rendring"}]}',
    HEAD + b'{"do": "enter", "state": "rendering", "stat": 1}]}',
    HEAD + b'{"do": "enter"}]}',
    HEAD + b'{"do": "enter", "state": "rendering", "after": "0.5"}]}',
    HEAD + b'{"do": "enter", "state": "done"}]}',
    HEAD + b'{"do": "enter", "state": "rendering", "emits": {"kind": "done", "result": {}}}]}',
    HEAD + b'{"do": "emit", "envelope": ' + PROGRESS + b"}]}",
    HEAD + b'{"do": "answer", "inputs": {}}]}',
    b" " * 2_000_000,
)


def test_the_messages():
    """Each message on the page is what a file with that fault is refused with."""
    messages = []
    for data in BAD_FILES:
        with pytest.raises(ScenarioError) as refused:
            parse_scenario(data, "my.json")
        messages.append(str(refused.value))
    stated = [row[0].strip("`") for row in rows("When a file is refused")[1:]]
    assert len(stated) == len(messages)
    for told, message in zip(stated, messages, strict=True):
        assert message.startswith(told.removesuffix("…"))
