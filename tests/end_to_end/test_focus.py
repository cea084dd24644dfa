"""Keys meant for one thing never reach another: the focus is never handed to a neighbour."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QToolButton,
    QWidget,
)

from exlab_gui.sources.commands import Cancel, Reset, Step, WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click, place_of, press, press_shortcut, write
from tests.helpers.names import find
from tests.helpers.window import OpenWindow, settle


def test_a_second_space_does_not_press_the_next_button(window: MonitorWindow) -> None:
    """A button that its own press disables gives the focus to the diagram, not to `failed`."""
    find(QToolButton, "transition_validating").setFocus()
    for _ in range(3):
        press(window, Qt.Key.Key_Space)
    assert window.session.state == "validating"
    assert QApplication.focusWidget() is window.panes.diagram


def test_typing_on_after_a_form_went_changes_nothing(window: MonitorWindow) -> None:
    """Words typed into a form whose question is over press no button with their blanks."""
    window.session.request(WalkTo("input_required"))
    settle()
    find(QLineEdit, "field_sample_id").setFocus()
    write(window, "ab ")
    window.session.request(Step("plugin_pass"))
    write(window, "ca  ")
    press(window, Qt.Key.Key_Return)
    assert window.session.state == "plugin_pass"
    assert QApplication.focusWidget() is window.panes.diagram


def test_a_blank_within_a_name_is_a_letter(window: MonitorWindow) -> None:
    """Words typed quickly search the diagram for their letters; their blanks go nowhere."""
    window.panes.diagram.setFocus()
    write(window, "va ")
    assert window.panes.diagram.chosen_state == "validating"
    assert window.session.state == "pending"


def test_enter_in_a_form_leads_to_the_diagram(window: MonitorWindow) -> None:
    """After an answer the focus is on no button."""
    window.session.request(WalkTo("input_required"))
    settle()
    find(QLineEdit, "field_sample_id").setFocus()
    write(window, "S-7")
    press(window, Qt.Key.Key_Return)
    assert window.session.state == "plugin_pass"
    assert QApplication.focusWidget() is window.panes.diagram


def test_the_diagram_forgets_the_state_that_was_chosen_before(window: MonitorWindow) -> None:
    """Whoever gets the focus back has chosen nothing yet: Space does nothing."""
    diagram = window.panes.diagram
    window.session.request(WalkTo("input_required"))
    settle()
    diagram.setFocus()
    diagram.states["cache_write"].setFocus()
    find(QLineEdit, "field_sample_id").setFocus()
    window.session.request(Step("plugin_pass"))
    write(window, " ")
    assert QApplication.focusWidget() is diagram
    assert (window.session.state, diagram.chosen_state) == ("plugin_pass", None)


def test_whatever_loses_its_use_hands_the_focus_to_the_diagram(window: MonitorWindow) -> None:
    """One rule for every widget of the window, also for one of a later version."""
    ways = (
        lambda line, _: line.hide(),
        lambda line, _: line.setEnabled(False),
        lambda line, _: line.deleteLater(),
        lambda _, pane: pane.hide(),
        lambda _, pane: pane.setEnabled(False),
    )
    for way in ways:
        pane = QWidget(window.panes)
        line = QLineEdit(pane)
        pane.show()
        line.setFocus()
        assert QApplication.focusWidget() is line
        way(line, pane)
        del line
        settle()
        assert QApplication.focusWidget() is window.panes.diagram


def test_what_loses_its_use_behind_a_dialog_does_too(window: MonitorWindow) -> None:
    """The focus is in a dialog when the button below it is disabled: it is not found on another."""
    find(QToolButton, "transition_failed").setFocus()
    window.session_actions._cancel()
    dialog = find(QDialog, "cancelDialog")
    dialog.activateWindow()
    window.session.request(Cancel())
    press(dialog, Qt.Key.Key_Escape)
    window.activateWindow()
    settle()
    assert QApplication.focusWidget() is window.panes.diagram


def test_another_place_is_left_where_it_is(window: MonitorWindow) -> None:
    """A widget that stays usable keeps the focus, also while another window is active."""
    window.panes.log.filter.setFocus()
    window.session_actions._cancel()
    dialog = find(QDialog, "cancelDialog")
    dialog.activateWindow()
    press(dialog, Qt.Key.Key_Escape)
    window.activateWindow()
    settle()
    assert QApplication.focusWidget() is window.panes.log.filter


def test_what_has_no_room_to_be_seen_may_have_the_focus(open_window: OpenWindow) -> None:
    """A part of a narrow tool bar that is hidden still takes keys, as tests send."""
    window = open_window(size=(800, 800))
    window.play_bar.setMaximumWidth(400)
    settle()
    assert not window.play_bar.scenarios.isVisible()
    window.play_bar.scenarios.setFocus()
    window.play_bar.speed.setFocus()
    assert QApplication.focusWidget() is window.play_bar.speed


def repeat(widget: QWidget, key: Qt.Key) -> None:
    """Hold a key down: the display sends it again and again."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(
            widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", True)
        )


def test_a_key_held_down_moves_a_session_once(window: MonitorWindow) -> None:
    """In the diagram, only a new press of Enter or Space goes anywhere."""
    diagram, before = window.panes.diagram, "pending"
    diagram.setFocus()
    for key, state in ((Qt.Key.Key_Space, "validating"), (Qt.Key.Key_Return, "rendering")):
        diagram.states[state].setFocus()
        repeat(diagram, key)
        assert window.session.state == before
        press(window, key)
        assert window.session.state == state
        before = state


ENDS = ("failed", "aborted")


def question(window: MonitorWindow) -> QDialog:
    (dialog,) = window.findChildren(QDialog, "endDialog")
    dialog.activateWindow()
    settle()
    return dialog


@pytest.mark.parametrize("state", ENDS)
def test_keys_ask_before_they_end_a_session(window: MonitorWindow, state: str) -> None:
    """A key for `failed` or `aborted` asks first, and one more Enter keeps the session running."""
    for way in ("shortcut", "button", "diagram"):
        for sure in (False, True):
            window.activateWindow()
            settle()
            if way == "shortcut":
                press_shortcut(window, find(QAction, f"actionGoTo_{state}"))
            elif way == "button":
                find(QToolButton, f"transition_{state}").setFocus()
                press(window, Qt.Key.Key_Space)
            else:
                window.panes.diagram.setFocus()
                window.panes.diagram.states[state].setFocus()
                press(window, Qt.Key.Key_Return)
            dialog = question(window)
            assert window.session.state == "pending"
            if sure:
                click(find(QAbstractButton, "endConfirm"))
            else:
                press(dialog, Qt.Key.Key_Return)
            settle()
            assert not window.findChildren(QDialog, "endDialog")
            assert window.session.state == (state if sure else "pending")
        window.session.request(Reset())


@pytest.mark.parametrize("state", ENDS)
def test_a_click_ends_a_session_at_once(window: MonitorWindow, state: str) -> None:
    """Who aims at `failed` means it: button and diagram do what their object names promise."""
    settle()
    view = window.panes.diagram
    ways = (
        lambda: click(find(QToolButton, f"transition_{state}")),
        lambda: click(view.viewport(), place_of(view, view.states[state])),
        lambda: find(QAction, f"actionGoTo_{state}").trigger(),
    )
    for way in ways:
        way()
        assert window.session.state == state
        window.session.request(Reset())


def test_a_session_that_went_on_is_not_ended(window: MonitorWindow) -> None:
    """The answer comes too late where the session is over: it is refused as any other move."""
    press_shortcut(window, find(QAction, "actionGoTo_failed"))
    window.session.request(WalkTo("done"))
    press(question(window), Qt.Key.Key_Escape)
    press_shortcut(window, find(QAction, "actionGoTo_failed"))
    settle()
    assert not window.findChildren(QDialog, "endDialog")
    assert window.session.state == "done"


def test_keys_held_down_change_no_session_twice(window: MonitorWindow) -> None:
    """What opens, closes, moves or plays a session has to be pressed anew each time."""
    repeating = {a.objectName() for a in window.actions_by_name.values() if a.autoRepeat()}
    assert repeating == {
        *("actionGoBack", "actionGoForward", "actionNextFinding"),
        "actionPreviousFinding",
        *("actionNextSession", "actionPreviousSession", "actionFaster", "actionSlower"),
        *("actionZoomIn", "actionZoomOut"),
    }
    assert not any(action.autoRepeat() for action in window.moves.go.values())


def test_ctrl_0_shows_the_actual_size(window: MonitorWindow) -> None:
    """Ctrl+0 resets the zoom, as in other programs, and Ctrl+= enlarges; no session moves."""
    diagram = window.panes.diagram
    press(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert diagram.transform().m11() > 1
    press(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert diagram.transform().m11() == 1
    settle()
    assert diagram.transform().m11() == 1
    assert window.session.state == "pending"


def test_a_key_that_is_still_down_answers_no_dialog(window: MonitorWindow) -> None:
    """Enter that chose Fail… in the menu, and is held, does not confirm what that asks."""
    press_shortcut(window, find(QAction, "actionFail"))
    dialog = find(QDialog, "failDialog")
    dialog.activateWindow()
    settle()
    repeat(find(QLineEdit, "failMessage"), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert window.session.state == "pending"
    press(dialog, Qt.Key.Key_Return)
    assert window.session.state == "failed"
