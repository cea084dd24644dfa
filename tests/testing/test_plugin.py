"""The plugin costs nothing where it is not used, and sees what a test leaves behind."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.testing.subprocesses import run_pytest


def test_no_qt_is_loaded_with_the_plugin() -> None:
    """Loading it imports no module of Qt, and none of the window."""
    code = "import sys, exlab_gui.testing; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "exlab_gui.testing" in loaded
    assert not {"PySide6", "shiboken6", "qasync"} & set(loaded)
    assert not any(name.startswith("exlab_gui.widgets") for name in loaded)


def test_tests_that_do_not_use_it_run_without_qt(tmp_path: Path) -> None:
    """Neither the hooks nor the option import anything of Qt."""
    (tmp_path / "test_plain.py").write_text(
        "import sys\ndef test_it():\n    assert 'exlab_gui.widgets' not in sys.modules\n"
    )
    told = run_pytest(tmp_path, "--exlab-report", "kept")
    assert "1 passed" in told


def test_loading_it_twice_is_harmless(tmp_path: Path) -> None:
    """Whether it is installed, named on the command line, or both."""
    (tmp_path / "test_plain.py").write_text("def test_it(): pass\n")
    installed = tmp_path / "installed"
    about = installed / "some_project-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: some-project\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[pytest11]\nexlab_gui.testing = exlab_gui.testing\n")
    path = os.pathsep.join([str(installed), *sys.path])
    for plugins in ([], ["exlab_gui.testing"]):
        told = run_pytest(
            tmp_path,
            "--exlab-report",
            "kept",
            plugins=plugins,
            PYTEST_DISABLE_PLUGIN_AUTOLOAD="",
            PYTHONPATH=path,
        )
        assert "1 passed" in told


LEAKS = {
    "exception was never retrieved: OSError('a full disk')": "asyncio.ensure_future(fail())",
    "tasks go on": "asyncio.ensure_future(asyncio.sleep(1000))",
    "these widgets": "left.append(QWidget(objectName='left')); left[0].show()",
    "a full disk": "session_monitor.window.shutdown = fail",
}
LEAKING = """
import asyncio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
left = []

async def fail():
    raise OSError("a full disk")

@pytest.fixture(scope="module")
def before(qapp):
    return look_of(qapp)

def test_leaks(before, session_monitor):
    {leak}

def test_next(before, session_monitor):
    session_monitor.go_to("validating")

def test_after(before, qapp):
    assert look_of(qapp) == before

def look_of(app):
    native = app.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    colours = [app.palette().color(role).name() for role in app.palette().ColorRole]
    style, scheme = app.style().name(), app.styleHints().colorScheme()
    return app.styleSheet(), app.quitOnLastWindowClosed(), native, colours[:-1], style, scheme
"""


def test_what_is_left_behind_fails_and_is_kept(tmp_path: Path) -> None:
    """What outlives the window is an error, with its evidence, and harms no other test."""
    for number, leak in enumerate(LEAKS.values()):
        (tmp_path / f"test_{number}.py").write_text(LEAKING.replace("{leak}", leak))
    told = run_pytest(tmp_path, "--exlab-report", "kept")
    assert "12 passed, 4 errors" in told
    errors = re.split(r"^_+ ERROR at teardown of test_leaks _+$", told, flags=re.M)[1:]
    for kind, error in zip(LEAKS, errors, strict=True):
        assert kind in error
    kept = list((tmp_path / "kept").iterdir())
    assert len(kept) == len(LEAKS)
    for folder in kept:
        names = {path.name for path in folder.iterdir()}
        assert names == {"recording.exlab.jsonl", "window.png", "diagram.svg"}


def test_a_play_that_goes_on_leaves_nothing(tmp_path: Path) -> None:
    """Closing the window ends what it began itself."""
    (tmp_path / "test_play.py").write_text(
        "def test_it(session_monitor):\n    session_monitor.play('happy_path', speed=0.25)\n"
    )
    assert "1 passed" in run_pytest(tmp_path)


def test_a_loop_without_qt_is_refused(tmp_path: Path) -> None:
    """In a coroutine test on another loop the window would stand still: the test is told."""
    (tmp_path / "test_loop.py").write_text(
        "import asyncio, inspect\n"
        "async def drive(monitor):\n    monitor.go_to('validating')\n"
        "def test_it(session_monitor):\n"
        "    asyncio._set_running_loop(None)\n"
        "    asyncio.run(drive(session_monitor))\n"
    )
    told = run_pytest(tmp_path)
    assert "which does not drive Qt" in told


def test_artifacts_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    """The run goes on, and the test's own failure is told beside the reason."""
    (tmp_path / "test_it.py").write_text(
        "def test_fails(session_monitor): assert session_monitor.state == 'x'\n"
        "def test_other(): pass\n"
    )
    told = run_pytest(tmp_path, "--exlab-report", "test_it.py")
    assert "1 failed, 1 passed" in told
    assert "The artifacts were not kept: " in told
    assert "propagateSizeHints" not in told


RERUN = """
from pathlib import Path
import pytest

@pytest.fixture
def fails_later(session_monitor):
    yield
    assert Path("second").exists()

def test_first(session_monitor, open_session_monitor):
    session_monitor.trigger("actionFail")
    session_monitor.window.session_actions.open()
    open_session_monitor().go_to("validating")
    assert Path("second").exists()

def test_teardown(fails_later):
    pass
"""


def test_artifacts_are_those_of_the_last_run(tmp_path: Path) -> None:
    """Of every window and session, of a fixture that fails too; those of an earlier run go."""
    (tmp_path / "test_it.py").write_text(RERUN)
    told = run_pytest(tmp_path, "--exlab-report", "kept", "--junit-xml", "a.xml")
    assert "1 failed, 1 passed, 1 error" in told
    first, teardown = sorted((tmp_path / "kept").iterdir())
    names = {"recording.exlab.jsonl", "window.png", "diagram.svg"}
    assert {path.name for path in teardown.iterdir()} == names
    more = {"window-2.png", "recording-2.exlab.jsonl", "recording-3.exlab.jsonl"}
    assert {path.name for path in first.iterdir()} == names | more
    assert (tmp_path / "a.xml").read_text("utf-8").count('"exlab_recording"') == 2
    (tmp_path / "second").touch()
    assert "2 passed" in run_pytest(tmp_path, "--exlab-report", "kept")
    assert list((tmp_path / "kept").iterdir()) == []


def test_without_a_display_a_window_is_offscreen(tmp_path: Path) -> None:
    """Also if the fixture is asked for by its name."""
    (tmp_path / "test_it.py").write_text(
        "def test_it(request):\n"
        "    monitor = request.getfixturevalue('session_monitor')\n"
        "    assert monitor.state == 'pending'\n"
    )
    told = run_pytest(tmp_path, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert "1 passed" in told
