"""Tests made of recordings: they pass, and are tidy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exlab_gui.export.pytest_source import to_pytest
from tests.core.trace.kept import SHORT
from tests.testing.mutation import recordings, who_notices, write_tests
from tests.testing.subprocesses import run_pytest

WALKS = 20 if os.environ.get("CI") else 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a test of every scenario, of live and forked ones, and random walks."""
    folder = tmp_path_factory.mktemp("made")
    write_tests(folder, recordings(WALKS))
    return folder


def test_they_pass(folder: Path) -> None:
    """Every session, however it was recorded, is gone through again with the same outcome."""
    count = len(list(folder.glob("test_*.py")))
    told = run_pytest(folder, "-q")
    assert f"{count} passed" in told, told


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_they_are_tidy(folder: Path, command: list[str]) -> None:
    """The linter and the formatter, as they are by default, have nothing to say."""
    pytest.importorskip("ruff")
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


def test_they_notice_a_faulty_product(tmp_path: Path) -> None:
    """One fault of each kind; `tests.testing.mutation` tries them all."""
    faults = (
        "answers_are_lost",
        "files_are_never_discarded",
        "a_state_can_be_skipped",
        "a_phase_is_that_of_another_state",
        "envelopes_change_places",
        "a_question_stays",
        "an_empty_field_is_accepted",
        "each_step_is_offered",
    )
    of = recordings(0)
    write_tests(tmp_path, {name: of[name] for name in ("asks_once", "cancelled_while_asked")})
    found = who_notices(tmp_path, ("nothing", *faults))
    assert [name for name, test in found.items() if not test] == ["nothing"]


def test_a_test_tells_which_recording_it_is_of() -> None:
    """Its name has the label and how far the session went, the first line of it the time."""
    source = to_pytest(SHORT)
    assert "def test_sim_1_reaches_failed(session_monitor: SessionMonitor) -> None:" in source
    assert "'Reproduce sim-1, a session of 2026-01-31 12:00:00 UTC.'" in source
