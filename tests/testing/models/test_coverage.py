"""The plugin counts what all sessions of a test run went through, also in several processes."""

import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.analysis.coverage import CoverageData
from tests.testing.subprocesses import ONLY, run_pytest

TESTS = """
def test_fails(session_monitor):
    session_monitor.go_to("failed")

def test_steps(session_monitor):
    session_monitor.go_to("validating")
    session_monitor.window.actions_by_name["actionReset"].trigger()
    session_monitor.go_to("aborted")

def test_several(session_monitor):
    session_monitor.go_to("validating")
    session_monitor.go_to("rendering")
    session_monitor.window.session_actions.open()
    session_monitor.go_to("failed")
    session_monitor.window.session_actions.close()

def test_forks(session_monitor):
    session_monitor.walk_to("plugin_pass")
    session_monitor.window.actions_by_name["actionForkHere"].trigger()
    session_monitor.go_to("failed")
"""
TAKEN = {
    "pending → failed": "2",
    "pending → validating": "3",
    "pending → aborted": "1",
    "validating → rendering": "2",
    "rendering → plugin_pass": "1",
    "plugin_pass → failed": "1",
}
TOTAL = "7 sessions: 6 of 11 states (54.5 %), 6 of 25 transitions (24.0 %)."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with tests that leave much untouched."""
    (tmp_path / "test_it.py").write_text(TESTS)
    return tmp_path


def _taken(told: str) -> dict[str, str]:
    rows = dict(line.rsplit(maxsplit=1) for line in told.splitlines() if " → " in line)
    return {name: times for name, times in rows.items() if times != "never"}


@pytest.mark.parametrize("processes", [0, 2])
def test_every_session_counts(project: Path, processes: int) -> None:
    """Closed ones and those that began anew, too; a fork from where it began; processes add up."""
    options = ("-n", processes) if processes else ()
    plugins = (*ONLY, "xdist.plugin") if processes else ONLY
    if processes:
        pytest.importorskip("xdist")
    told = run_pytest(project, "--exlab-cov-fail-under", 24.5, *options, plugins=plugins)
    assert "4 passed" in told
    assert _taken(told) == TAKEN
    assert told.count(TOTAL) == 1
    assert "Fewer than 24.5 % were taken." in told
    assert told.endswith("exit code 1")


def test_enough_is_no_failure(project: Path) -> None:
    """Where the share is reached, the tests alone decide."""
    options = ("-k", "steps", "--exlab-coverage", "--exlab-cov-fail-under")
    told = run_pytest(project, *options, 8)
    assert "2 sessions: 3 of 11 states (27.3 %), 2 of 25 transitions (8.0 %)." in told
    assert told.endswith("exit code 0")


def test_a_report_has_each_test(project: Path) -> None:
    """A page has the diagram with the counts; what cannot be written is told, and fails the run."""
    names = ("all.json", "all.html", "nowhere/all.json")
    told = run_pytest(project, *(f"--exlab-cov-report={name}" for name in names))
    assert "4 passed" in told
    assert told.endswith("exit code 1")
    assert f"exlab-gui coverage: {project / 'all.html'}" in told
    assert re.search(r"^.*nowhere.*all\.json.*cannot be.*$", told, re.M)
    page = (project / "all.html").read_text("utf-8")
    assert "<title>pending → failed: 2 times</title>" in page
    assert "<title>done: never</title>" in page
    assert page.count("<li>test_it.py::test_forks</li>") == 9  # 5 states, 4 transitions
    assert "<script" not in page
    shards = [str(project / "all.json")] * 2
    merged = CliRunner().invoke(main, ["coverage", *shards, "--json"])
    counts = msgspec.json.decode(merged.stdout, type=CoverageData)
    assert counts.sessions == 14
    assert counts.tests["test_it.py::test_forks"].states["plugin_pass"] == 2


def test_a_report_of_another_kind_is_refused(project: Path) -> None:
    """The name says which kind it is."""
    told = run_pytest(project, "--exlab-cov-report=report.txt")
    assert "report.txt does not end in .json or .html" in told


def test_it_is_told_only_where_it_is_asked_for(project: Path) -> None:
    """Without the options, there is no table."""
    assert "coverage" not in run_pytest(project, "-k", "fails")


def test_tests_without_the_window_take_nothing(tmp_path: Path) -> None:
    """Then everything is never, Qt is not imported, and any share is too much."""
    (tmp_path / "test_plain.py").write_text(
        "import sys\ndef test_it():\n    assert 'exlab_gui.widgets' not in sys.modules\n"
    )
    told = run_pytest(tmp_path, "--exlab-cov-fail-under", 1)
    assert "1 passed" in told
    assert _taken(told) == {}
    assert told.endswith("exit code 1")


def test_a_share_that_is_none_is_refused(project: Path) -> None:
    """Nobody can reach more than 100 %."""
    told = run_pytest(project, "--exlab-cov-fail-under", 101)
    assert "101 is not between 0 and 100" in told
    assert told.endswith("exit code 4")
