"""Ctrl+Z takes the last step of a simulated session back, and nothing else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step, Undo, WalkTo
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import press_shortcut
from tests.helpers.lab import lab_recording
from tests.helpers.sessions import session_in

UNDO, REDO = "actionUndo", "actionRedo"


def do(window: MonitorWindow, *names: str) -> None:
    for name in names:
        action = window.actions_by_name[name]
        assert action.isEnabled(), action.statusTip()
        press_shortcut(window, action)


def why(window: MonitorWindow, name: str) -> str:
    action = window.actions_by_name[name]
    assert not action.isEnabled()
    return action.statusTip()


def test_keys_undo_and_redo(window: MonitorWindow) -> None:
    """The session, its row and its name stay; the panes show it as it was before."""
    session = window.session
    session.request(Step("validating"))
    session.request(WalkTo("plugin_pass"))
    do(window, UNDO)
    assert (window.session, session.state, session.count) == (session, "validating", 2)
    assert window.panes.log.table.model().rowCount() == 2
    do(window, UNDO)
    assert "can be undone" in why(window, UNDO)
    do(window, REDO, REDO)
    assert session.state == "plugin_pass"
    assert why(window, REDO) == "Nothing was undone."
    assert window.sessions.rowCount() == 1


def test_what_was_undone_can_be_reopened(window: MonitorWindow) -> None:
    """The session as it was is kept once, however many steps are undone one after the other."""
    session = window.session
    session.request(Step("validating"))
    session.request(Step("failed"))
    do(window, UNDO, UNDO, "actionReopenSession")
    assert window.session is not session
    assert [event.state for event in window.session.history] == ["pending", "validating", "failed"]
    assert session.state == "pending"
    assert why(window, "actionReopenSession")


def test_a_session_that_was_changed_so_is_not_saved(window: MonitorWindow) -> None:
    """What is left after an undone step is in no file either."""
    session = window.session
    session.request(Step("validating"))
    session.request(Step("failed"))
    session.note_saved(session.count)
    assert not session.unsaved
    do(window, UNDO)
    assert session.unsaved


def test_a_session_that_is_as_it_began_loses_nothing(window: MonitorWindow) -> None:
    """All that the user did in it is undone: nobody is asked whether to lose it."""
    session = window.session
    session.request(Step("validating"))
    session.request(Step("rendering"))
    do(window, UNDO)
    assert session.unsaved
    do(window, UNDO)
    assert not session.unsaved
    do(window, REDO)
    assert session.unsaved


def test_others_say_why_not(window: MonitorWindow) -> None:
    """A recording, a session that is recorded, and an earlier position cannot be undone."""
    window.session_actions.add(SessionModel(ReplaySource("a", lab_recording(7))))
    assert "cannot be changed" in why(window, UNDO)
    window.session_actions.add(session_in("rendering"))
    window.session.go_to(1)
    assert "past" in why(window, UNDO)


def test_a_recording_keeps_every_step(window: MonitorWindow, tmp_path) -> None:
    """While a file gets each event, none can be taken back."""
    window.session.request(Step("validating"))
    window.recordings.record(tmp_path / "a.exlab.jsonl")
    assert why(window, UNDO).startswith("A recording keeps every step.")
    window.session.stop_recording()
    window.context.refresh()
    do(window, UNDO)


@pytest.mark.parametrize("modifiers", ["Control", "Control Shift"])
def test_a_text_field_keeps_its_own_undo(window: MonitorWindow, modifiers: str) -> None:
    """Who types takes back the letters, not the session's step."""
    window.session.request(Step("validating"))
    window.session.request(Step("rendering"))
    window.session.request(Undo())
    field = window.findChild(QLineEdit, "logFilter") or window.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "abc")
    pressed = Qt.KeyboardModifier.NoModifier
    for name in modifiers.split():
        pressed |= Qt.KeyboardModifier[f"{name}Modifier"]
    QTest.keyClick(field, Qt.Key.Key_Z, pressed)
    assert window.session.state == "validating"
