"""Keys meant for one thing never reach another: the focus is never handed to a neighbour."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolButton, QWidget

from exlab_gui.sources.commands import Cancel, Step, WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import press, write
from tests.helpers.names import find
from tests.helpers.window import settle


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
    write(window, "cd ef  ")
    press(window, Qt.Key.Key_Return)
    assert window.session.state == "plugin_pass"
    assert QApplication.focusWidget() is window.panes.diagram


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
    while diagram.chosen_state != "cache_write":
        press(window, Qt.Key.Key_Down)
    find(QLineEdit, "field_sample_id").setFocus()
    window.session.request(Step("plugin_pass"))
    write(window, " ")
    assert QApplication.focusWidget() is diagram
    assert (window.session.state, diagram.chosen_state) == ("plugin_pass", None)


@pytest.mark.parametrize("lose", ["hide", "disable", "delete", "hide the pane", "disable the pane"])
def test_whatever_loses_its_use_hands_the_focus_to_the_diagram(
    window: MonitorWindow, lose: str
) -> None:
    """One rule for every widget of the window, also for one of a later version."""
    line = QLineEdit(window.panes.form.parentWidget())
    window.panes.transitions.parentWidget().layout().insertWidget(2, line)
    line.show()
    line.setFocus()
    assert QApplication.focusWidget() is line
    pane = window.panes.log
    match lose:
        case "hide":
            line.hide()
        case "disable":
            line.setEnabled(False)
        case "delete":
            line.deleteLater()
            del line
        case "hide the pane":
            pane.filter.setFocus()
            pane.hide()
        case "disable the pane":
            pane.filter.setFocus()
            pane.setEnabled(False)
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


def repeat(widget: QWidget, key: Qt.Key) -> None:
    """Hold a key down: the display sends it again and again."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(
            widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", True)
        )


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_held_down_moves_a_session_once(window: MonitorWindow, key: Qt.Key) -> None:
    """In the diagram, only a new press of Enter or Space goes anywhere."""
    diagram = window.panes.diagram
    diagram.setFocus()
    while diagram.chosen_state != "validating":
        press(window, Qt.Key.Key_Down)
    repeat(diagram, key)
    assert window.session.state == "pending"
    press(window, key)
    assert window.session.state == "validating"
