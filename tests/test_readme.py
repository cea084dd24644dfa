"""The README tells the truth: what it names is there, and what is there is named."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.widgets.actions import ACTIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _section(heading: str) -> str:
    found = re.search(rf"^#+ {heading}$(.*?)(?=^#|\Z)", README, re.M | re.S)
    assert found, heading
    return found[1]


@pytest.mark.parametrize("heading", ["Run it", "Test it"])
def test_a_newcomer_is_told_one_command(heading: str) -> None:
    """The first code block of the section is one command that does all the set-up."""
    block = re.search(r"^```sh\n(.*?)^```", _section(heading), re.M | re.S)
    assert block
    assert len(block[1].strip().splitlines()) == 1
    assert block[1].startswith("python -m pip install ")


def test_every_shortcut_is_told_as_it_is() -> None:
    """The keyboard table and the window's actions are the same."""
    told = re.findall(r"^\| `(.+?)` \| (.+?) \| `(action\w+)` \|$", _section("Keyboard"), re.M)
    assert told == [(spec.shortcut, spec.tip, spec.name) for spec in ACTIONS]


def test_every_link_leads_somewhere() -> None:
    """What the README shows and links is in the repository."""
    links = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", README)
    targets = {a or b for a, b in links if not (a or b).startswith("http")}
    assert targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_every_picture_is_shown() -> None:
    """No picture lies about that nobody links."""
    pictures = (ROOT / "docs" / "pictures").iterdir()
    assert [p.name for p in pictures if f"docs/pictures/{p.name}" not in README] == []


def test_every_room_that_is_named_is_there() -> None:
    """The table of the code's layout names folders and files that exist."""
    names = re.findall(r"^\| `([\w/.]+)`", _section("How the code is laid out"), re.M)
    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "line", re.findall(r"^exlab-gui ((?:simulate) .*?)(?:\s{2,}#.*)?$", README, re.M)
)
def test_the_examples_without_a_window_run(line: str) -> None:
    """Whoever copies an example sees it work."""
    done = CliRunner().invoke(main, line.split())
    assert done.exit_code == 0, done.output


def test_the_program_starts_as_a_module() -> None:
    """``python -m exlab_gui`` is the program."""
    asked = [sys.executable, "-m", "exlab_gui", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.startswith("exlab-gui ")
