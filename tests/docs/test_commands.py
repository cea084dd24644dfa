"""Every command line in the documents is one that the program understands."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def command_lines() -> set[str]:
    """Return what follows ``exlab-gui`` in code, in blocks and in sentences."""
    found: set[str] = set()
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
            found |= set(re.findall(r"^exlab-gui +(.+?)(?:\s{2,}#.*)?$", block, re.M))
        found |= set(re.findall(r"`exlab-gui\s([^`]+)`", text))
    return found


@pytest.mark.parametrize("line", sorted(command_lines()))
def test_it_is_understood(line: str) -> None:
    """The command and each of its options exist."""
    words = shlex.split(line)
    options = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    done = CliRunner().invoke(main, [*words[:options], "--help", *words[options:]])
    assert done.exit_code == 0, done.output
