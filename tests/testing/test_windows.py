"""What the window of a test shows, several windows, and the sessions and files in them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from exlab_gui.core.trace import load
from exlab_gui.demo_server.server import DemoServer
from exlab_gui.export.recording import save
from exlab_gui.testing import NotPossibleError, assert_conforms, assert_visited
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.testing.lifecycle import applied_theme
from exlab_gui.testing.pictures import picture_of
from exlab_gui.theme.colours import DARK
from tests.core.trace.kept import SHORT
from tests.helpers import spec

Open = Callable[..., SessionMonitor]


@pytest.mark.exlab(scenario="asks_once", theme="dark", size=(1500, 900))
def test_a_marker_says_what_the_window_shows(session_monitor: SessionMonitor) -> None:
    """The scenario is chosen and not played yet; the window has that theme and size."""
    assert session_monitor.window.size().toTuple() == (1500, 900)
    assert session_monitor.window.theme.choice == "dark"
    session_monitor.play()
    session_monitor.wait_for("input_required")


def test_a_theme_is_that_of_all_windows_at_once(
    session_monitor: SessionMonitor, open_session_monitor: Open
) -> None:
    """A window that was there has it too, and can be grabbed: nothing of it is left for later."""
    window = session_monitor.window
    other = open_session_monitor(theme="dark").window
    for one in (window, other):
        assert one.panes.diagram.grab().toImage().pixelColor(20, 20) == QColor(DARK.surface)


def test_a_picture_waits_for_no_theme(session_monitor: SessionMonitor) -> None:
    """It shows the window as it is after a change of theme that has only begun."""
    window = session_monitor.window
    window.theme.choose("dark")
    place = window.panes.diagram.mapTo(window, QPoint(20, 20))
    assert picture_of(window).toImage().pixelColor(place) == QColor(DARK.surface)


def test_a_theme_that_goes_while_it_changes_leaves_other_windows_alone(
    qapp: QApplication, qtbot: QtBot
) -> None:
    """A window of the project that is tested paints again, whatever its test did at its end."""
    window = QLineEdit()
    qtbot.addWidget(window)
    window.show()
    with applied_theme(qapp) as theme:
        theme.choose("dark")
    assert window.updatesEnabled()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"size": "big"}, "size is 'big'; it has to be the width and the height in pixels."),
        ({"size": (800, 0)}, "size is (800, 0); it has to be the width and the height in pixels."),
        ({"theme": "darkk"}, '"darkk" is not a theme; did you mean "dark"?'),
        ({"scenrio": "x"}, '"scenrio" is not an argument of exlab; did you mean "scenario"?'),
    ],
)
def test_what_a_marker_cannot_have(
    request: pytest.FixtureRequest, wanted: dict[str, object], said: str
) -> None:
    """One sentence says what is wrong, and no window is opened."""
    windows = request.getfixturevalue("_exlab_windows")
    with pytest.raises(ValueError, match=re.escape(said)):
        windows.open_as_marked(**wanted)
    with pytest.raises(ValueError, match="exlab takes its arguments by name: scenario, machine"):
        windows.open_as_marked("asks_once")
    assert not windows.monitors


MACHINE = """
from enum import StrEnum
class SessionState(StrEnum):
    PENDING = "pending"
    LOADED = "loaded"
VALID_TRANSITIONS = {SessionState.PENDING: {SessionState.LOADED}}
def state_to_phase(state):
    return None
"""


def test_several_windows_are_open_at_once(
    session_monitor: SessionMonitor, open_session_monitor: Open, tmp_path: Path
) -> None:
    """Each driver looks in its own window, which may be of another machine or on a recording."""
    (tmp_path / "mine.py").write_text(MACHINE)
    save(tmp_path / "kept.exlab.jsonl", SHORT)
    other = open_session_monitor(machine=tmp_path / "mine.py")
    replayed = open_session_monitor(recording=tmp_path / "kept.exlab.jsonl")
    other.go_to("loaded")
    session_monitor.go_to("validating")
    assert (other.state, session_monitor.state) == ("loaded", "validating")
    assert_visited(replayed, "validating", "plugin_pass", "failed")


def test_a_live_session_is_driven(
    session_monitor: SessionMonitor, exlab_demo_server: DemoServer, tmp_path: Path
) -> None:
    """The server runs in the loop of the window."""
    session = exlab_demo_server.open("asks_once")
    session_monitor.connect(exlab_demo_server)
    recorded = session_monitor.record(tmp_path / "live")
    session_monitor.wait_for("input_required")
    session_monitor.answer(sample_id="S-1", collected_on="2026-01-31")
    session_monitor.wait_for("done")
    assert session.state == "done"
    assert_conforms(session_monitor)
    assert_visited(recorded, "input_required", "done")


def test_other_messages_are_no_refusal(session_monitor: SessionMonitor, tmp_path: Path) -> None:
    """While a file is chosen and written, the window may tell of other things."""
    messages = session_monitor.window.context.messages
    action = session_monitor.window.actions_by_name["actionSaveTrace"]
    action.triggered.connect(lambda: messages.show_error("Another session needs input."))
    messages.told.connect(
        lambda text, *_: None if text.endswith("input.") else messages.show_error("It needs input.")
    )
    assert session_monitor.save(tmp_path / "kept.exlab.jsonl").is_file()


def test_a_server_without_sessions_is_connected_to(
    session_monitor: SessionMonitor, exlab_demo_server: DemoServer
) -> None:
    """A session that comes later is on the list."""
    session_monitor.connect(exlab_demo_server)
    assert session_monitor.message.endswith("has no sessions yet.")
    exlab_demo_server.open("asks_once")
    session_monitor.wait_until(lambda: len(session_monitor.sessions) == 2)
    with pytest.raises(LookupError, match='"sim-2" is not a session of the list; did you mean'):
        session_monitor.select("sim-2")
    session_monitor.select(1)
    session_monitor.wait_for("input_required")
    session_monitor.select("sim-1")
    assert session_monitor.state == "pending"


def test_a_server_that_is_none_is_told(session_monitor: SessionMonitor) -> None:
    """The reason is that of the dialog, which is closed."""
    with pytest.raises(NotPossibleError, match="not an address"):
        session_monitor.connect("http://")
    session_monitor.go_to("validating")


def test_a_past_position_is_shown_and_forked(session_monitor: SessionMonitor) -> None:
    """The window goes back, and a fork goes on from there."""
    session_monitor.walk_to("sync_queued")
    session_monitor.scrub(3)
    assert session_monitor.state == spec.WAYS["sync_queued"][1]
    session_monitor.fork()
    session_monitor.cancel()
    assert session_monitor.state == "aborted"
    session_monitor.select(0)
    session_monitor.scrub(None)
    assert session_monitor.state == "sync_queued"
    with pytest.raises(ValueError, match="has 7 events; 8 is none"):
        session_monitor.scrub(8)
    session_monitor.new_session()
    assert session_monitor.sessions == ["sim-1", "fork-1", "sim-2"]


def test_files_are_opened_and_exported(session_monitor: SessionMonitor, tmp_path: Path) -> None:
    """The name says in which format."""
    save(tmp_path / "kept.exlab.jsonl", SHORT)
    session_monitor.open(tmp_path / "kept.exlab.jsonl")
    assert session_monitor.state == "failed"
    for name in ("a.svg", "a.csv", "a.html", "test_a.py"):
        assert session_monitor.export(tmp_path / name).stat().st_size > 100
    assert load(session_monitor.export(tmp_path / "a.exlab.jsonl")).events == SHORT.events
    (tmp_path / "none.exlab.jsonl").write_text("none")
    for name, reason in (("none.exlab.jsonl", "Not an exlab recording"), ("missing", "is no file")):
        with pytest.raises(NotPossibleError, match=reason):
            session_monitor.open(tmp_path / name)
    with pytest.raises(NotPossibleError, match=r"a\.doc ends with none of"):
        session_monitor.export(tmp_path / "a.doc")


def test_any_dialog_is_used(session_monitor: SessionMonitor) -> None:
    """By the names of its parts; what is left open is closed."""
    session_monitor.trigger("actionFail")
    with session_monitor.dialog("failDialog") as dialog:
        session_monitor.type("failMessage", "12 MB are left")
        assert dialog.findChild(QLineEdit, "failMessage").text() == "12 MB are left"
        session_monitor.click("endConfirm")
    assert session_monitor.log[-1].detail.endswith("12 MB are left")
    session_monitor.new_session()
    session_monitor.trigger("actionCancel")
    with session_monitor.dialog("cancelDialog"):
        pass
    assert QApplication.activeModalWidget() is None
    assert session_monitor.state == "pending"
