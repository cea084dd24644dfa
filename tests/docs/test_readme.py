"""The README is short, and what it says can be done works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("heading", ["Run", "Test"])
def test_a_newcomer_is_told_one_command(heading: str) -> None:
    """The first code block of the section is one command that does all the set-up."""
    block = re.search(rf"^## {heading}$.*?^```sh\n(.*?)^```", README, re.M | re.S)
    assert block
    assert len(block[1].strip().splitlines()) == 1
    assert block[1].startswith("python -m pip install ")


def test_it_is_read_in_a_few_minutes() -> None:
    """Details are in the documents, not in the README."""
    assert len(README.splitlines()) <= 120


def test_a_system_that_refuses_packages_is_no_dead_end() -> None:
    """Below the command is what to do on Debian and Ubuntu, and what works on any system."""
    run = README.partition("## Run")[2].partition("## Test")[0]
    for command in ("python3 -m venv .venv", "pipx install .", "uv tool install .", "apt install"):
        assert command in run
    page = (ROOT / "docs" / "installation.md").read_text("utf-8")
    for system in ("| Debian, Ubuntu |", "| Windows |", "| macOS |"):
        assert system in page


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    """What is shown and linked is in the repository; Sphinx checks the links of the site."""
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    targets = {a or b for a, b in links if not (a or b).startswith("http")}
    assert targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_every_place_in_the_code_that_is_named_exists() -> None:
    """A contributor finds the files that the documents send them to."""
    pages = [ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    named = set(re.findall(r"`((?:exlab_gui|tests|tools|resources)/[\w/.]+)`", text))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_program_starts_as_a_module() -> None:
    """``python -m exlab_gui`` is the program."""
    asked = [sys.executable, "-m", "exlab_gui", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.startswith("exlab-gui ")
