"""What is closed can be had back, and what would be lost is asked for once."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.sources.commands import SetScenario, StepOnce, WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.dialogs import answer, dialog_of, written
from tests.helpers.hands import click, press, press_shortcut, write
from tests.helpers.live_window import ask_for, connect, opened, sessions, trigger, until
from tests.helpers.names import find, seen
from tests.helpers.window import settle


def do(window: MonitorWindow, name: str) -> None:
    press_shortcut(window, find(QAction, name))


def rows(window: MonitorWindow) -> list[tuple[str, str]]:
    return [(one.label, one.state) for one in window.sessions.open_sessions]


def test_a_closed_session_is_opened_again(window: MonitorWindow) -> None:
    """With its history, and with the draft of an answer; and it goes on."""
    window.session.request(WalkTo("input_required"))
    settle()
    find(QLineEdit, "field_sample_id").setFocus()
    write(window, "S-4")
    do(window, "actionCloseSession")
    assert rows(window) == [("sim-2", "pending")]
    do(window, "actionReopenSession")
    assert rows(window) == [("sim-2", "pending"), ("sim-1", "input_required")]
    assert seen().current == "input_required"
    assert len(seen().rows) == 5
    assert find(QLineEdit, "field_sample_id").text() == "S-4"
    do(window, "actionGoTo_plugin_pass")
    assert window.session.state == "plugin_pass"


def test_closed_sessions_come_back_in_turn(window: MonitorWindow) -> None:
    """The last one that was closed comes first, each once; then there is none left."""
    for state in ("validating", "rendering", "done"):
        window.session_actions.open()
        window.session.request(WalkTo(state))
    for _ in range(3):
        do(window, "actionCloseSession")
    assert rows(window) == [("sim-1", "pending")]
    for label, state in (("sim-2", "validating"), ("sim-3", "rendering"), ("sim-4", "done")):
        do(window, "actionReopenSession")
        assert rows(window)[-1] == (label, state)
    action = find(QAction, "actionReopenSession")
    assert (action.isEnabled(), action.statusTip()) == (False, "No session was closed")


def test_a_session_in_which_nothing_happened_is_not_kept(window: MonitorWindow) -> None:
    """There is nothing to have back, and the sessions before it are not pushed out."""
    window.session.request(WalkTo("rendering"))
    window.session_actions.open()
    do(window, "actionCloseSession")
    assert not find(QAction, "actionReopenSession").isEnabled()


def test_what_was_reset_can_be_had_back(window: MonitorWindow) -> None:
    """The run before is a session of its own, which goes on apart from the new one."""
    session = window.session
    for state in ("rendering", "done"):
        session.request(WalkTo(state))
        do(window, "actionReset")
        assert session.state == "pending"
    session.request(WalkTo("validating"))
    do(window, "actionReopenSession")
    do(window, "actionReopenSession")
    assert rows(window) == [
        ("sim-1", "validating"),
        ("sim-1, run 2", "done"),
        ("sim-1, run 1", "rendering"),
    ]
    do(window, "actionGoTo_plugin_pass")
    assert rows(window)[0] == ("sim-1", "validating")
    assert rows(window)[2] == ("sim-1, run 1", "plugin_pass")
    assert session.count == 2


def test_what_was_played_can_be_had_back_in_its_place(window: MonitorWindow) -> None:
    """The run before a reset knows which step of its scenario comes next, as the new one does."""
    session = window.session
    session.request(SetScenario(find_scenario("happy_path")))
    for _ in range(3):
        session.request(StepOnce())
    do(window, "actionReset")
    do(window, "actionStep")
    do(window, "actionReopenSession")
    do(window, "actionStep")
    assert window.session.count > session.count == 2
    assert window.session.info.scenario == find_scenario("happy_path")


def test_a_recording_that_ends_by_closing_says_so(window: MonitorWindow, tmp_path: Path) -> None:
    """Who closes a session that is being recorded is told, and has the whole file."""
    window.session.request(WalkTo("rendering"))
    window.session.record(tmp_path / "r.exlab.jsonl")
    do(window, "actionCloseSession")
    assert window.panes.messages.text.endswith("ended, since sim-1 was closed.")
    assert len((tmp_path / "r.exlab.jsonl").read_bytes().splitlines()) == 4
    do(window, "actionReopenSession")
    assert window.session.recorded_to is None


async def test_a_live_session_is_followed_again(demo, shown) -> None:
    """A session that waits was closed by mistake: it is back with what has come since."""
    session = opened(demo, "asks_once", to="input_required")
    await connect(demo)
    trigger("actionCloseSession")
    assert len(sessions()) == 1
    demo.do(lambda _: session.run_to("cache_write"))
    trigger("actionReopenSession")
    await until(lambda: seen().current == "cache_write")
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: seen().current == "done")
    assert len(sessions()) == 2


async def test_connecting_brings_back_what_was_closed_once(demo, shown) -> None:
    """A live session can be had back both ways, and is never in the list twice."""
    opened(demo)
    await connect(demo)
    trigger("actionCloseSession")
    ask_for(demo.url)
    await until(lambda: len(sessions()) == 2)
    assert not find(QAction, "actionReopenSession").isEnabled()


def question(window: MonitorWindow) -> QDialog | None:
    settle()
    found = window.findChildren(QDialog, "quitDialog")
    return found[0] if found else None


@pytest.mark.parametrize("by", ["keys", "frame"])
def test_quitting_asks_if_something_would_be_lost(
    window: MonitorWindow, qtbot: QtBot, tmp_path: Path, by: str
) -> None:
    """What was done by hand and is not saved, and a running recording; Enter loses nothing."""
    window.session_actions.open()
    do(window, "actionGoTo_validating")
    window.session_actions.open()
    window.session.record(tmp_path / "r.exlab.jsonl")

    def quit_it() -> None:
        window.activateWindow()
        settle()
        if by == "keys":
            do(window, "actionQuit")
        else:
            QCoreApplication.sendEvent(window.windowHandle(), QCloseEvent())

    quit_it()
    dialog = question(window)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert said == [
        "sim-2 is lost: it was stepped by hand and is not saved.\n"
        "The recording of sim-3 to r.exlab.jsonl ends."
    ]
    dialog.activateWindow()
    press(dialog, Qt.Key.Key_Return)
    assert question(window) is None
    assert window.isVisible()
    quit_it()
    with qtbot.waitSignal(window.closed):
        click(find(QAbstractButton, "endConfirm"))


def test_quitting_asks_nothing_if_nothing_is_lost(
    window: MonitorWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """A session that was only played can be played again, and one that was saved is in a file."""
    window.session.request(SetScenario(find_scenario("happy_path")))
    window.session.request(StepOnce())
    window.session_actions.open()
    do(window, "actionGoTo_validating")
    assert window.session.unsaved
    answer(dialog_of(window, "actionSaveTrace"), tmp_path / "s.exlab.jsonl")
    assert written(window, qtbot).startswith("Saved")
    assert not window.session.unsaved
    window.activateWindow()
    settle()
    with qtbot.waitSignal(window.closed):
        do(window, "actionQuit")


def test_what_was_done_after_saving_is_not_saved(window: MonitorWindow, tmp_path: Path) -> None:
    """A recording that ran until now has everything; a step later, something would be lost."""
    window.session.record(tmp_path / "r.exlab.jsonl")
    do(window, "actionGoTo_validating")
    window.session.stop_recording()
    assert not window.session.unsaved
    do(window, "actionGoTo_rendering")
    assert window.session.unsaved


def test_a_program_that_closes_the_window_is_not_asked(window: MonitorWindow) -> None:
    """A test or a script that closes a window goes on without a dialog."""
    do(window, "actionGoTo_validating")
    window.close()
    assert not window.isVisible()
