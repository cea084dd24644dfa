"""Invariants are checked after every event, wherever it came from."""

import subprocess
import sys
from pathlib import Path

from tests.testing.subprocesses import run_pytest

CONFTEST = """
from exlab_gui.testing import invariant

@invariant
def nothing_is_aborted(session):
    assert session.state != "aborted", "Somebody cancelled."
"""
TESTS = """
from exlab_gui.sources.commands import Cancel
from exlab_gui.testing import assert_conforms, invariant

seen = []

@invariant
def conforms(session):
    assert_conforms(session)
    seen.append((session.label, session.event.seq, session.state))

def test_each_event(session_monitor, open_session_monitor):
    assert seen == [("sim-1", 1, "pending")]
    session_monitor.play("happy_path")
    session_monitor.wait_for("done")
    count = session_monitor.session.count
    assert [seq for _, seq, _ in seen][-count:] == list(range(1, count + 1))
    other = open_session_monitor()
    other.go_to("validating")
    assert seen[-1] == ("sim-1", 2, "validating")

def test_a_failure(session_monitor):
    session_monitor.go_to("validating")
    session_monitor.go_to("aborted")
    raise RuntimeError("not reached")

def test_late(session_monitor):
    session_monitor.window.session.request(Cancel())

def test_a_recording(session_monitor, tmp_path):
    session_monitor.go_to("failed")
    seen.clear()
    session_monitor.open(session_monitor.save(tmp_path / "it"))
    assert seen == []

def test_without_a_window():
    seen.append("nothing")

class Base:
    @invariant
    def fails_never(self, session):
        assert isinstance(self, Base) and session.state != "failed"

class TestOfAClass(Base):
    def test_it(self, session_monitor):
        session_monitor.go_to("failed")
"""


def test_each_event_is_checked_once(tmp_path: Path) -> None:
    """Those of a module hold for its tests, those of a conftest.py for its folder."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "conftest.py").write_text(CONFTEST)
    (inner / "test_it.py").write_text(TESTS)
    (tmp_path / "test_outside.py").write_text(
        "def test_cancels(session_monitor):\n    session_monitor.cancel()\n"
    )
    told = run_pytest(tmp_path, "-p", "no:cacheprovider", "--tb=short")
    assert "2 failed, 5 passed, 1 error" in told, told
    assert "fails_never does not hold after event 2 of sim-1: failed." in told
    assert "nothing_is_aborted does not hold after event 3 of sim-1: aborted." in told
    assert "Somebody cancelled." in told
    assert 'session_monitor.go_to("aborted")' in told
    assert "ERROR at teardown of test_late" in told
    assert "acting.py" not in told  # the driver's own frames
    assert "RuntimeError" not in told


def test_they_need_no_qt() -> None:
    """A suite whose conftest.py has an invariant pays for the window only where it is used."""
    code = "import sys; from exlab_gui.testing import invariant, tours; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "exlab_gui.testing.models.tours" in done.stdout.split()
    assert "PySide6" not in done.stdout
