"""The parts of the documents that are made from the program can be made."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from exlab_gui.core import limits

PATH = Path(__file__).parents[2] / "docs" / "generated.py"


@pytest.fixture
def generated() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generated", PATH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_limit_is_told(generated: ModuleType) -> None:
    """Each has a line of its own, with its value and what it is of."""
    table = generated.limits_table()
    values = [value for name, value in vars(limits).items() if name.isupper()]
    assert len(table.splitlines()) == 2 + len(values) > 10
    assert all(f"| {value:,} | " in table for value in values)


def test_every_room_says_what_is_in_it(generated: ModuleType) -> None:
    """The rooms stand on floors, so they import in no circle, and each has a docstring."""
    rooms = {room for floor in generated.floors() for room in floor}
    assert {"core", "cli"} <= rooms
    table = generated.rooms_table()
    assert all(f"| `{room}" in table for room in rooms)
