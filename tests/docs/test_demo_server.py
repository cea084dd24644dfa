"""``docs/demo_server.md`` names every option of the command."""

import re
from pathlib import Path

from exlab_gui.commands.demo_server import demo_server

TEXT = (Path(__file__).parents[2] / "docs" / "demo_server.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))


def test_every_option_is_named():
    """No option is left out."""
    assert {option.opts[0] for option in demo_server.params} <= NAMED
