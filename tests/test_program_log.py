"""The log of a run, and how the next one knows that it did not end well."""

import faulthandler
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from exlab_gui import program_log
from exlab_gui.program_log import NAME, RunLog
from tests.helpers.pipes import make_pipe

CRASHING = """
import ctypes, sys
from pathlib import Path
from exlab_gui.program_log import RunLog
RunLog(Path(sys.argv[1])).start()
ctypes.string_at(0)
"""
ENDING = """
import sys
from pathlib import Path
from exlab_gui.program_log import RunLog
log = RunLog(Path(sys.argv[1]))
log.start()
log.end()
"""

LOGGING = """
import logging, sys
from pathlib import Path
from exlab_gui.program_log import RunLog
with RunLog(Path(sys.argv[1])) as log:
    log.start()
    logging.getLogger("exlab_gui.any").warning("odd: \\ud800")
"""


def run(code: str, folder: Path) -> int:
    """Run the program `code` on the log in `folder`, and return its exit status."""
    return subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True).returncode


@pytest.fixture
def level():
    """Leave the root logger's level and the fault handler as they were."""
    root = logging.getLogger()
    before = root.level
    handles_faults = faulthandler.is_enabled()
    yield
    root.setLevel(before)
    if handles_faults:
        faulthandler.enable(sys.__stderr__)


def test_what_is_logged_is_in_the_file(tmp_path: Path) -> None:
    """Every line names its time, its level and where it comes from; nothing is lost by its text."""
    assert run(LOGGING, tmp_path) == 0
    assert "WARNING  exlab_gui.any: odd: \\ud800" in (tmp_path / NAME).read_text("utf-8")


@pytest.mark.usefixtures("level")
def test_a_crash_is_found_by_the_next_run(tmp_path: Path) -> None:
    """The file of a run that crashed says where it was, is named once, and stays."""
    assert run(CRASHING, tmp_path) != 0
    log = RunLog(tmp_path)
    log.start()
    log.end()
    (crash,) = log.crashes
    assert "Segmentation fault" in crash.read_text("utf-8") or "access violation" in (
        crash.read_text("utf-8")
    )
    again = RunLog(tmp_path)
    again.start()
    again.end()
    assert again.crashes == []
    assert crash.exists()


@pytest.mark.usefixtures("level")
def test_a_run_that_ends_or_goes_on_is_no_crash(tmp_path: Path) -> None:
    """Neither one that ended well, nor one beside this one, which is counted."""
    assert run(ENDING, tmp_path) == 0
    first = RunLog(tmp_path)
    first.start()
    second = RunLog(tmp_path)
    second.start()
    assert first.crashes == second.crashes == []
    assert (first.running, second.running) == (0, 1)
    second.end()
    first.end()


@pytest.mark.usefixtures("level")
def test_without_a_folder_the_program_goes_on(tmp_path: Path) -> None:
    """It says why there is no log, once it is asked."""
    (tmp_path / "logs").write_text("a file")
    log = RunLog(tmp_path / "logs")
    log.start()
    log.end()
    assert log.problem.startswith("There is no log: ")


@pytest.mark.skipif(sys.platform == "win32", reason="such files are not there")
@pytest.mark.parametrize("made", [make_pipe, Path.mkdir, lambda path: path.symlink_to("/dev/full")])
def test_a_log_that_is_no_file(tmp_path, made):
    """A pipe would be waited for; it is told, and the program goes on without."""
    made(tmp_path / NAME)
    log = RunLog(tmp_path)
    log.start()
    log.end()
    assert log.problem == f"There is no log: {tmp_path}: {NAME} is no ordinary file."


def test_a_user_without_a_home(monkeypatch):
    """Such as a container's: the program goes on without a log, and says so."""

    def refuse(*_, **__):
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("EXLAB_HOME", raising=False)
    monkeypatch.setattr(program_log, "user_log_path", refuse)
    log = RunLog()
    log.start()
    log.end()
    assert log.problem == "There is no log: This user has no home folder."
