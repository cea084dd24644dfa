"""The trace of a test: its steps, with pictures, in a file for the window and on a page."""

import sys
import xml.etree.ElementTree as ElementTree
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListWidget, QToolButton, QWidget

from exlab_gui.core.trace import TraceError
from exlab_gui.core.traced_test import Trace, load_trace
from exlab_gui.export.traced_test.archive import save_trace
from exlab_gui.export.traced_test.page import save_page
from exlab_gui.testing import NotPossibleError
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.testing.tracing import Tracer
from exlab_gui.theme.colours import LIGHT
from tests.helpers import spec
from tests.testing.subprocesses import run_pytest

TESTS = """
import asyncio
import warnings
import pytest
from PySide6.QtCore import qDebug

async def fail():
    raise OSError("a full disk")

def odd(monitor):
    warnings.warn("odd")
    qDebug("even")
    task = asyncio.ensure_future(fail())
    monitor.wait_until(task.done)
    return True

@pytest.mark.exlab(scenario="asks_once")
def test_fails(session_monitor, open_session_monitor):
    session_monitor.walk_to("input_required")
    session_monitor.wait_for("input_required")
    session_monitor.wait_until(lambda: odd(session_monitor))
    open_session_monitor().go_to("validating")
    session_monitor.answer(sample_id="")

def test_passes(session_monitor):
    session_monitor.go_to("validating")

def test_plain():
    pass
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run that traced its failing tests."""
    folder = tmp_path_factory.mktemp("traced")
    (folder / "test_it.py").write_text(TESTS)
    told = run_pytest(folder, "--exlab-trace", "retain-on-failure", "--junit-xml", "a.xml")
    assert "1 failed, 2 passed, " in told
    (trace,) = (folder / "exlab-report").glob("*/trace.exlab-trace")
    assert str(trace) in told
    assert str(trace.with_name("trace.html")) in told
    return folder


@pytest.fixture
def trace(kept: Path) -> Trace:
    (path,) = (kept / "exlab-report").iterdir()
    return load_trace(path / "trace.exlab-trace")


def test_each_call_is_a_step(trace: Trace) -> None:
    """With its line in the test, what it changed, and what the window showed then."""
    assert trace.test.test == "test_it.py::test_fails"
    choose, walk, wait, until, go, answer, end = trace.test.steps
    assert choose.call.startswith("choose(")
    calls = [step.call for step in (walk, wait, go, answer)]
    assert calls[:2] == ["walk_to('input_required')", "wait_for('input_required')"]
    assert calls[2:] == ["go_to('validating')", "answer(sample_id='')"]
    assert (choose.code, walk.code) == ("", 'session_monitor.walk_to("input_required")')
    assert Path(walk.file).name == "test_it.py"
    assert TESTS.splitlines()[walk.line - 1].strip() == walk.code
    assert (walk.state, walk.legal) == ("input_required", ["plugin_pass", "failed", "aborted"])
    events = trace.recordings[walk.session].events[walk.before : walk.after]
    assert [event.state for event in events] == list(spec.WAYS["input_required"])
    assert wait.before == wait.after == walk.after
    assert trace.recordings[go.session] is not trace.recordings[walk.session]
    assert "sample_id: Required" in answer.error
    assert (end.call, end.code) == ("The test fails", answer.code)
    notes = "\n".join(until.notes)
    for noted in ("UserWarning: odd", "QtDebugMsg: even", "a full disk"):
        assert noted in notes


def test_each_step_has_pictures(trace: Trace) -> None:
    """Before and after it; what did not change is there once."""
    names = [name for step in trace.test.steps for name in step.pictures]
    assert set(names) == trace.pictures.keys()
    assert all(not QImage.fromData(picture).isNull() for picture in trace.pictures.values())
    assert len(set(names)) < len(names)


def test_the_report_names_it_once(kept: Path) -> None:
    """The file and the page, for the failing test alone."""
    cases = ElementTree.parse(kept / "a.xml").findall(".//testcase")
    named = {case.get("name"): [one.get("name") for one in case.iter("property")] for case in cases}
    assert named == {
        "test_fails": ["exlab_trace", "exlab_trace_page"],
        "test_passes": [],
        "test_plain": [],
    }


def test_every_test_is_traced_if_that_is_asked_for(tmp_path: Path) -> None:
    """Also those that pass; a slow test waits before each step."""
    (tmp_path / "test_it.py").write_text(TESTS)
    options = ("--exlab-trace=on", "--exlab-slow=200", "--exlab-report=kept", "-k", "passes")
    assert "1 passed" in run_pytest(tmp_path, *options)
    (folder,) = (tmp_path / "kept").iterdir()
    assert {path.name for path in folder.iterdir()} == {"trace.exlab-trace", "trace.html"}
    trace = load_trace(folder / "trace.exlab-trace")
    assert trace.test.outcome == "passed"
    (step,) = trace.test.steps
    assert step.began_s > 0.2


def test_a_session_that_begins_anew_is_another_one(session_monitor: SessionMonitor) -> None:
    """Steps before a reset show the events that there were then."""
    tracer = Tracer(list)
    tracer.watch(session_monitor)
    session_monitor.walk_to("plugin_pass")
    session_monitor.window.actions_by_name["actionReset"].trigger()
    session_monitor.go_to("validating")
    walk, go = tracer.trace("test_it", "passed").test.steps
    assert (walk.session, go.session) == (0, 1)
    assert (walk.after, go.before, go.after) == (4, 1, 2)
    recordings = tracer.trace("test_it", "passed").recordings
    assert [event.state for event in recordings[0].events[: walk.after]] == [
        "pending",
        *spec.WAYS["plugin_pass"],
    ]
    assert [event.state for event in recordings[1].events] == ["pending", "validating"]


def test_the_page_needs_nothing_else(trace: Trace, tmp_path: Path) -> None:
    """It has no script and loads nothing, and what a test says is text."""
    hostile = "</style><script>alert(1)</script>"
    steps = [
        msgspec.structs.replace(step, call=hostile, error=hostile) for step in trace.test.steps
    ]
    test = msgspec.structs.replace(trace.test, test=hostile, steps=steps)
    save_page(tmp_path / "a.html", trace._replace(test=test), LIGHT)
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "<script" not in page
    assert "src=" not in page
    assert page.count("data:image/png;base64") == len(trace.pictures)
    assert page.count("<section") == len(trace.test.steps)


def test_the_window_follows_the_chosen_step(session_monitor: SessionMonitor, kept: Path) -> None:
    """It opens the file on the last step; another one brings its session and position."""
    (path,) = (kept / "exlab-report").iterdir()
    session_monitor.open(path / "trace.exlab-trace")
    window = session_monitor.window
    steps = window.findChild(QListWidget, "stepsList")
    assert steps.currentItem().text() == "7. ✕ The test fails"
    assert session_monitor.state == "input_required"
    steps.setCurrentRow(4)
    assert session_monitor.state == "validating"
    steps.setCurrentRow(0)
    assert (session_monitor.state, session_monitor.session.shown_count) == ("pending", 1)
    window.findChild(QToolButton, "stepBefore").click()
    session_monitor.click("stepPicture")
    session_monitor.wait_until(lambda: window.findChild(QWidget, "stepPictureWindow"))
    session_monitor.open(path / "trace.exlab-trace")
    assert len(window.findChildren(QListWidget, "stepsList")) == 1


def test_a_file_that_is_none_is_refused(
    session_monitor: SessionMonitor, trace: Trace, tmp_path: Path
) -> None:
    """With the reason."""
    path = tmp_path / "x.exlab-trace"
    save_trace(path, trace)
    whole = path.read_bytes()
    no_session = BytesIO()
    with ZipFile(path) as old, ZipFile(no_session, "w") as new:
        new.writestr("steps.json", old.read("steps.json"))
    not_json = BytesIO()
    with ZipFile(not_json, "w") as new:
        new.writestr("steps.json", "{}")
    for data, reason in (
        (b"", "not the trace of a test"),
        (whole[: len(whole) // 2], "not the trace of a test"),
        (no_session.getvalue(), "a session that is not in the file"),
        (not_json.getvalue(), '"test" is missing'),
    ):
        path.write_bytes(data)
        with pytest.raises(TraceError, match=reason):
            load_trace(path)
    with pytest.raises(NotPossibleError, match=r'x\.exlab-trace: .*"test" is missing'):
        session_monitor.open(path)


PAUSED = """
from PySide6.QtCore import QTimer

def test_fails(session_monitor):
    QTimer.singleShot(300, session_monitor.window.close)
    assert session_monitor.window.isHidden()
"""


def test_a_failing_test_waits_until_its_window_is_closed(tmp_path: Path) -> None:
    """If that is asked for, and there is a display for it."""
    (tmp_path / "test_it.py").write_text(PAUSED)
    told = run_pytest(tmp_path, "--exlab-pause", "--exlab-show", QT_QPA_PLATFORM="offscreen")
    assert "test_it.py::test_fails failed. Close its window to go on." in told
    assert "1 failed" in told
    if sys.platform in ("win32", "darwin"):
        return  # there is always one
    told = run_pytest(tmp_path, "--exlab-show", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert "--exlab-show needs a display." in told
