"""``docs/demo_server.md`` names everything that there is to tell the server."""

import re
from pathlib import Path

import msgspec
import pytest

from exlab_gui.commands.demo_server import demo_server
from exlab_gui.demo_server.faults import Conduct
from exlab_gui.demo_server.health import Condition
from exlab_gui.demo_server.malformed import RUBBISH
from exlab_gui.demo_server.running import running_demo_server

TEXT = (Path(__file__).parents[2] / "docs" / "demo_server.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))


@pytest.mark.parametrize(
    "names",
    [
        RUBBISH,
        Conduct.__struct_fields__,
        Condition.__struct_fields__,
        [option.opts[0] for option in demo_server.params],
    ],
    ids=["rubbish", "conduct", "condition", "options"],
)
def test_everything_is_named(names):
    """No option, key or rubbish is left out."""
    assert set(names) <= NAMED


async def test_the_example_misbehaves():
    """The body in the example is one that the server takes."""
    body = re.search(r"curl -d '(.*)'", TEXT)[1].encode()
    conduct = msgspec.json.decode(body, type=Conduct)
    async with running_demo_server(conduct=conduct) as demo:
        assert demo.conduct == Conduct(drop=True, carried_out=True, only="/resume", times=1)
