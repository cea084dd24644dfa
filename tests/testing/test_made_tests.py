"""Tests made of recordings: they pass, and are tidy."""

import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from exlab_gui.export.pytest_source import to_pytest
from exlab_gui.scenarios import bundled_scenarios, find_scenario
from tests.core.trace.kept import SHORT
from tests.testing.recorded import as_polled, random_recording, recording_of
from tests.testing.subprocesses import run_pytest

WALKS = 25


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a test of every scenario, of a polled one, and of random walks."""
    folder = tmp_path_factory.mktemp("made")
    scenarios = {name: recording_of(name, find_scenario(name)) for name in bundled_scenarios()}
    walks = {f"walk_{seed}": random_recording(seed) for seed in range(WALKS)}
    polled = {"polled": as_polled(scenarios["asks_once"])}
    for name, recording in (scenarios | walks | polled).items():
        (folder / f"test_{name}.py").write_text(to_pytest(recording), "utf-8")
    return folder


def test_they_pass(folder: Path) -> None:
    """Every scenario, and every walk, is gone through again with the same outcome."""
    count = len(list(folder.glob("test_*.py")))
    assert count == WALKS + len(bundled_scenarios()) + 1
    told = run_pytest(folder, "-q")
    assert f"{count} passed" in told, told


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_they_are_tidy(folder: Path, command: list[str]) -> None:
    """The linter and the formatter, as they are by default, have nothing to say."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", "."],
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


BROKEN = """
from exlab_gui.core.session import SessionStore
resume, cancel = SessionStore.resume, SessionStore.cancel
SessionStore.resume = lambda self, one, answers: resume(self, one, {**answers, "sample_id": "x"})
SessionStore.cancel = lambda self, one, discard_files: cancel(self, one, discard_files=False)
"""


def test_they_fail_if_the_product_forgets_an_answer(folder: Path, tmp_path: Path) -> None:
    """What the operator said is asserted: the answers, and what becomes of the files."""
    (tmp_path / "conftest.py").write_text(BROKEN)
    for name in ("asks_once", "cancelled_while_asked"):
        copy(folder / f"test_{name}.py", tmp_path)
    told = run_pytest(tmp_path, "-q")
    assert "Cause 1 is not the expected one: answers.sample_id is" in told
    assert "Cause 1 is not the expected one: discard_files is false, not true" in told


def test_a_test_tells_which_recording_it_is_of() -> None:
    """Its name has the label and how far the session went, the first line of it the time."""
    source = to_pytest(SHORT)
    assert "def test_sim_1_reaches_failed(session_monitor: SessionMonitor) -> None:" in source
    assert "'Reproduce sim-1, a session of 2026-01-31 12:00:00 UTC.'" in source
