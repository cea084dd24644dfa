"""The documents name the actions as the menus do."""

import re
from pathlib import Path

from exlab_gui.window.entries import ACTIONS
from exlab_gui.window.menu_bar import TITLES

PAGES = (Path(__file__).parents[2] / "docs").glob("*.md")


def test_every_action_that_is_named_is_in_its_menu() -> None:
    """What stands as *Menu → Action* is there."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    named = {" ".join(one.split()) for one in re.findall(r"\*(\w+\s→[^*]+)\*", text)}
    there = {f"{TITLES[action.menu]} → {action.text}".replace("&", "") for action in ACTIONS}
    assert named
    assert named - there == set()
