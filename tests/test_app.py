"""The program is put together: its application, its window, its settings, and its end."""

import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from exlab_gui import __version__, app
from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.testing.lifecycle import close_window
from tests.helpers import programs
from tests.helpers.window import settings, theme

__all__ = ["settings", "theme"]


@pytest.mark.parametrize("name", [None, "asks_once"])
async def test_the_first_window(theme, settings, name, qtbot):
    """The window opens on one fresh session that is to play the scenario, or the happy path.

    Once it has been seen, every scenario that comes with the program is offered.
    """
    scenario = name and find_scenario(name)
    window = app.open_window(settings, theme, scenario)
    try:
        assert window.sessions.rowCount() == 1
        assert window.session.count == 1
        assert not window.session.playing
        assert window.session.source.info.scenario == find_scenario(name or "happy_path")
        with qtbot.waitSignal(window.painted):
            window.show()
        assert window.play_bar.scenarios.count() == len(bundled_scenarios())
        assert window.play_bar.scenarios.currentText() == window.session.source.info.scenario.title
    finally:
        await close_window(window)


def test_titles_are_as_they_were_written():
    """Qt would add a display name to the titles of dialogs, behind a dash that is not ours."""
    assert "setApplicationDisplayName" not in Path(app.__file__).read_text("utf-8")


# Closes the window as soon as it has shown some events of a play.
CLOSED_WHILE_IT_PLAYS = """
import sys
from PySide6.QtCore import QTimer
from exlab_gui import app

def make_application(make=app.make_application):
    application = make()
    timer = QTimer(application, interval=0)
    timer.timeout.connect(lambda: close_at_play(application))
    timer.start()
    return application

def close_at_play(application):
    for window in application.topLevelWidgets():
        if window.objectName() == "monitorWindow" and window.isVisible():
            if window.session.playing and window.session.count > 2:
                print(application.applicationName(), window.theme.choice)
                window.close()

app.make_application = make_application
sys.exit(app.run(play=True, speed=16.0, theme="dark"))
"""


def test_closed_while_it_plays(tmp_path):
    """A window that is closed in the middle of playing ends the program, and all is remembered.

    No warning, no task and no word is left behind.
    """
    done = programs.run(tmp_path, "-c", CLOSED_WHILE_IT_PLAYS, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout) == (0, "exlab-gui dark\n"), done.stderr
    assert "Traceback" not in done.stderr
    assert "never" not in done.stderr
    assert "pending" not in done.stderr
    kept = QSettings(str(programs.settings_file(tmp_path)), QSettings.Format.IniFormat)
    assert kept.value("session/speed") == "16.0"
    assert kept.value("window/frame").startswith("[")
    assert kept.value("window/theme") is None


ENDED_BY_A_SIGNAL = """
import os, signal, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from exlab_gui import app
from exlab_gui.export.atomic_file import atomic_write

number = getattr(signal, sys.argv[1])

def write(progress):
    with atomic_write(Path(sys.argv[2], "report.html")) as file:
        file.write(b"half")
        threading.Timer(0.05, os.kill, (os.getpid(), number)).start()  # the loop is idle by then
        while True:
            progress(1, 2)

def opened(*args):
    window = open_window(*args)
    window.show()
    QTimer.singleShot(0, lambda: window.context.jobs.run("Writing", write, print))
    return window

open_window, app.open_window = app.open_window, opened
sys.exit(app.run(speed=16.0))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="programs get no signals there")
@pytest.mark.parametrize(
    ("name", "display"),
    [("SIGTERM", {"QT_QPA_PLATFORM": "offscreen"}), ("SIGHUP", {})],
    ids=["window", "offscreen"],
)
def test_a_signal_ends_the_program_in_order(tmp_path, name, display):
    """As when the window is closed: its layout is kept, and no half file is left."""
    (tmp_path / "exports").mkdir()
    args = ("-c", ENDED_BY_A_SIGNAL, name, str(tmp_path / "exports"))
    done = programs.run(tmp_path, *args, **display)
    assert done.returncode == 128 + getattr(signal, name), done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "exports").iterdir()) == []
    kept = QSettings(str(programs.settings_file(tmp_path)), QSettings.Format.IniFormat)
    assert kept.value("window/frame").startswith("[")
    assert list(tmp_path.rglob("run-*.txt")) == []


def test_the_application_is_known_by_name(tmp_path):
    """The application bears its name and version, and finds its resources."""
    code = """
from PySide6.QtCore import QFile
from exlab_gui.app import make_application
app = make_application()
print(app.applicationDisplayName(), app.applicationVersion(), app.desktopFileName())
print(QFile.exists("resources:icons/app.svg"))
"""
    done = programs.run(tmp_path, "-c", code, QT_QPA_PLATFORM="offscreen")
    assert done.stdout.split() == ["exlab-gui", __version__, "exlab-gui", "True"], done.stderr


# Does what stands in the place of `do` once there is a window, tells what the user is told, and
# closes it.
TOLD = """
import sys
from PySide6.QtCore import QTimer
import exlab_gui.app as app

def do():
    {do}

def opened(*args):
    window = open_window(*args)
    QTimer.singleShot(0, do)
    QTimer.singleShot(100, lambda: (print(window.panes.messages.text), window.close()))
    return window

open_window, app.open_window = app.open_window, opened
app.why_no_display = lambda: ""
sys.exit(app.run({options}))
"""


def run_and_do(folder, do, options=""):
    """Run the program, do something in it, and return what it told the user, and its log."""
    code = TOLD.format(do=do, options=options)
    done = programs.run(folder, "-c", code, QT_QPA_PLATFORM="offscreen")
    (log,) = folder.rglob("exlab-gui.log")
    return done, log.read_text("utf-8")


def test_what_goes_wrong_is_told_and_logged(tmp_path):
    """An exception in a slot does not end the program; its traceback is in the log."""
    done, log = run_and_do(tmp_path, 'raise KeyError("operations")')
    assert done.returncode == 0
    assert "Something went wrong (KeyError)" in done.stdout
    assert "KeyError: 'operations'" in log
    assert list(tmp_path.rglob("run-*.txt")) == []


def test_a_crash_is_told_at_the_next_start(tmp_path):
    """The next start names the file that says where it was; the one after that tells nothing."""
    done, _ = run_and_do(tmp_path, "import faulthandler; faulthandler._sigsegv()")
    assert done.returncode > 0 if sys.platform == "win32" else done.returncode < 0
    done, log = run_and_do(tmp_path, "pass")
    (crash,) = tmp_path.rglob("crash-*.txt")
    assert str(crash) in done.stdout.replace("\n", "")
    assert "in do" in crash.read_text("utf-8")
    assert "did not end well" in log
    done, _ = run_and_do(tmp_path, "pass")
    assert "did not end well" not in done.stdout


def test_a_start_that_fails_is_a_crash(tmp_path):
    """What stopped the program before there was a window is in the file, too."""
    code = "import exlab_gui.app as app; app.Theme = None; app.run()"
    done = programs.run(tmp_path, "-c", code, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    done, _ = run_and_do(tmp_path, "pass")
    (crash,) = tmp_path.rglob("crash-*.txt")
    assert "TypeError" in crash.read_text("utf-8")
    assert "did not end well the last time" in done.stdout


def test_damaged_settings_are_told_and_can_be_reset(tmp_path):
    """The sentence names them; with the option nothing is left of them."""
    run_and_do(tmp_path, "pass")
    kept = QSettings(str(programs.settings_file(tmp_path)), QSettings.Format.IniFormat)
    kept.setValue("window/frame", "[1, 2")
    kept.setValue("session/breakpoints", "[1")
    kept.sync()
    done, _ = run_and_do(tmp_path, "pass")
    assert "defaults: session/breakpoints, window/frame." in done.stdout
    kept.setValue("odd/key", "x")
    kept.sync()
    done, _ = run_and_do(tmp_path, "pass", "reset_settings=True")
    assert "defaults" not in done.stdout
    assert "odd" not in programs.settings_file(tmp_path).read_text("utf-8")
