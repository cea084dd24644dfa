"""Tests made of recordings: they pass, and are tidy."""

import shutil
import subprocess
from pathlib import Path

import pytest

from exlab_gui.export.pytest_source import to_pytest
from exlab_gui.scenarios import bundled_scenarios, find_scenario
from tests.testing.recorded import random_recording, recording_of
from tests.testing.subprocesses import run_pytest

WALKS = 50


def sources() -> dict[str, str]:
    """Return the source of each test that is made here, by the name of its file."""
    scenarios = {name: recording_of(name, find_scenario(name)) for name in bundled_scenarios()}
    walks = {f"walk_{seed}": random_recording(seed) for seed in range(WALKS)}
    return {name: to_pytest(recording) for name, recording in (scenarios | walks).items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a test of every scenario and of walks at random."""
    folder = tmp_path_factory.mktemp("made")
    for name, source in sources().items():
        (folder / f"test_{name}.py").write_text(source, "utf-8")
    return folder


def test_they_pass(folder: Path) -> None:
    """Every scenario, and every walk, is gone through again with the same outcome."""
    count = len(list(folder.glob("test_*.py")))
    assert count == WALKS + len(bundled_scenarios())
    told = run_pytest(folder, "-q")
    assert f"{count} passed" in told, told


@pytest.mark.skipif(shutil.which("ruff") is None, reason="ruff is not installed")
@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_they_are_tidy(folder: Path, command: list[str]) -> None:
    """The linter and the formatter, as they are by default, have nothing to say."""
    done = subprocess.run(
        ["ruff", *command, "--isolated", "--no-cache", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_they_drive_by_hand_what_a_user_can_do(folder: Path) -> None:
    """Answers, errors and cancelling are given in the window; the rest comes from a scenario."""
    made = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    for call in ("go_to(", "answer(", "cancel(", "fail(", "step()", "choose(SCENARIO)"):
        assert f"session_monitor.{call}" in made
    via_ui = (folder / "test_cancelled_while_asked.py").read_text("utf-8")
    assert "session_monitor.cancel(discard_files=True)" in via_ui
