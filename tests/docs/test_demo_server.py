"""``docs/demo_server.md`` names every option of the command, and how fast a real server is."""

import re
from pathlib import Path

from exlab_gui.commands.demo_server import demo_server
from exlab_gui.demo_server.server import REAL_RATE

TEXT = (Path(__file__).parents[2] / "docs" / "demo_server.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))


def test_every_option_is_named():
    """No option is left out."""
    assert {option.opts[0] for option in demo_server.params} <= NAMED


def test_how_fast_a_real_server_is():
    """The command and the document say the rate at which tests run."""
    assert f"--rate {REAL_RATE:g}" in TEXT
    (rate,) = [option for option in demo_server.params if option.name == "rate"]
    assert f" {REAL_RATE:g} times as fast" in rate.help
