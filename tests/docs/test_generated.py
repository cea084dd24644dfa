"""The parts of the documents that are made from the program can be made."""

import importlib.util
from pathlib import Path

PATH = Path(__file__).parents[2] / "docs" / "generated.py"


def test_every_room_says_what_is_in_it() -> None:
    """The rooms stand on floors, so they import in no circle, and each has a docstring."""
    spec = importlib.util.spec_from_file_location("generated", PATH)
    assert spec
    assert spec.loader
    generated = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generated)
    rooms = {room for floor in generated.floors() for room in floor}
    assert {"core", "cli"} <= rooms
    table = generated.rooms_table()
    assert all(f"| `{room}" in table for room in rooms)
