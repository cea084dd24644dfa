"""The documents name the actions as the menus do."""

import re
from pathlib import Path

from exlab_gui.window.entries import ENTRIES
from exlab_gui.window.menu_bar import path_of

PAGES = (Path(__file__).parents[2] / "docs").glob("*.md")


def test_every_action_that_is_named_is_in_its_menu() -> None:
    """What stands as *Menu → Action* is there."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    named = {" ".join(one.split()) for one in re.findall(r"\*(\w+\s→[^*]+)\*", text)}
    there = {f"{path_of(entry.menu)} → {entry.text}".replace("&", "") for entry in ENTRIES}
    assert named
    assert named - there == set()
