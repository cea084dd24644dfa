"""Everything can be reached and done with the keyboard, in the order in which it is seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSlider,
    QWidget,
)

from exlab_gui.sources.commands import WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS, open_menu, press, press_shortcut
from tests.helpers.names import find, seen
from tests.helpers.window import settle

NO_FOCUS = Qt.FocusPolicy.NoFocus


def tab_stops(window: MonitorWindow, most: int = 60) -> list[QWidget]:
    """Return what Tab stops at, from the diagram once around the window."""
    stops: list[QWidget] = []
    window.panes.diagram.setFocus()
    for _ in range(most):
        widget = QApplication.focusWidget()
        if widget in stops[:-1]:
            break
        if widget not in stops:
            stops.append(widget)
        press(window, Qt.Key.Key_Tab)
    return stops


def test_tab_follows_the_eye(window: MonitorWindow) -> None:
    """Tab goes through the panes from top to bottom, and within a line from left to right."""
    window.session.request(WalkTo("input_required"))
    settle()
    names = [widget.objectName() for widget in tab_stops(window)]
    assert names[: names.index("pendingInputSubmit") + 1] == [
        "diagramView",
        *(f"transition_{state}" for state in ("plugin_pass", "failed", "aborted")),
        *("timelineView", "logTabBar"),
        *("transport_actionGoToFirst", "transport_actionGoBack", "transport_actionForkHere"),
        *("eventLogFilter", "eventLogKindsButton", "eventLogFollow", "eventLogJsonSwitch"),
        "eventLogView",
        *(f"field_{name}" for name in ("sample_id", "instrument_mode", "run_date")),
        *("field_calibrated", "field_remarks", "pendingInputSubmit"),
    ]


def test_every_control_is_reached(window: MonitorWindow) -> None:
    """Nothing that can be used with the mouse is left out by Tab."""
    window.session_actions.open()
    window.session.request(WalkTo("input_required"))
    settle()
    stops = {widget.objectName() for widget in tab_stops(window)}
    controls = {
        widget.objectName()
        for kind in (QAbstractButton, QComboBox, QLineEdit, QSlider)
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != NO_FOCUS
        and widget.focusProxy() is None
    }
    assert controls - stops == set()
    assert {"scenarioCombo", "speedSlider", "sessionListView"} <= stops


def test_every_control_has_a_name_that_is_read_out(window: MonitorWindow) -> None:
    """Whatever takes the focus says what it is: by its text, or by an accessible name."""
    window.session_actions.open()
    window.session.request(WalkTo("input_required"))
    settle()
    for widget in tab_stops(window):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget


@pytest.mark.parametrize("theme_name", ["light", "contrast"])
def test_every_control_shows_that_it_has_the_focus(window: MonitorWindow, theme_name: str) -> None:
    """Wherever Tab stops, one sees it."""
    window.theme.choose(theme_name)
    window.session_actions.open()
    window.session.request(WalkTo("input_required"))
    settle()
    stops = tab_stops(window)
    for widget in stops:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.hasFocus()
        focused = _picture(window, widget)
        widget.clearFocus()
        assert _picture(window, widget) != focused, widget.objectName()


def _picture(window: MonitorWindow, widget: QWidget) -> object:
    settle()
    frame = widget.rect().translated(widget.mapTo(window, QPoint()))
    return window.grab(frame.adjusted(-2, -2, 2, 2)).toImage()


@POPUPS
@pytest.mark.parametrize("name", ["menuSession", "menuTrace", "menuServer", "menuView", "menuHelp"])
def test_menus_are_opened_with_their_letters(window: MonitorWindow, name: str) -> None:
    """Alt and the letter of a menu open it; Escape closes it."""
    menu = find(QMenu, name)
    letter = menu.title()[menu.title().index("&") + 1]
    press(window, getattr(Qt.Key, f"Key_{letter.upper()}"), Qt.KeyboardModifier.AltModifier)
    assert open_menu() is menu
    press(menu, Qt.Key.Key_Escape)
    assert open_menu() is None


def test_what_the_menus_hold_is_all_that_the_window_can_do(window: MonitorWindow) -> None:
    """Every action with a shortcut is found in a menu of the menu bar, or in one within it."""
    placed: set[str] = set()
    menus = [action.menu() for action in window.menuBar().actions()]
    for menu in menus:
        placed.update(action.objectName() for action in menu.actions())
        menus += filter(None, (action.menu() for action in menu.actions()))
    offered = {
        action.objectName()
        for action in window.findChildren(QAction)
        if action.objectName().startswith("action")
    }
    assert offered - placed == set()


def test_a_session_is_led_to_its_end_with_shortcuts(window: MonitorWindow) -> None:
    """The whole main job is done without a mouse: by the keys of each state."""
    for state in ("validating", "rendering", "plugin_pass", "cache_write"):
        press_shortcut(window, find(QAction, f"actionGoTo_{state}"))
    assert seen().current == "cache_write"
    assert find(QLabel, "currentStateLabel").text() == "cache_write"
    press_shortcut(window, find(QAction, "actionFilter"))
    assert QApplication.focusWidget().objectName() == "eventLogFilter"


def go_down_to(menu: QMenu, action: QAction) -> None:
    """Press Down until `action` is the active one."""
    for _ in menu.actions():
        press(menu, Qt.Key.Key_Down)
        if menu.activeAction() is action:
            return
    raise AssertionError(f"the keys do not reach {action.text()}")


@POPUPS
def test_the_keys_reach_what_is_disabled(window: MonitorWindow) -> None:
    """In a menu the arrow keys stop at a disabled entry, whose reason the status bar shows."""
    menu = find(QMenu, "menuSession")
    pause = find(QAction, "actionPause")
    assert not pause.isEnabled()
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    go_down_to(menu, pause)
    assert window.statusBar().currentMessage() == "Nothing is playing."
    before = menu.grab(menu.actionGeometry(pause)).toImage()
    press(menu, Qt.Key.Key_Return)
    assert open_menu() is menu
    press(menu, Qt.Key.Key_Down)
    assert menu.grab(menu.actionGeometry(pause)).toImage() != before
    press(menu, Qt.Key.Key_Escape)


@POPUPS
def test_the_keys_reach_why_a_state_is_out_of_reach(window: MonitorWindow) -> None:
    """The menu of the states says so as well."""
    menu = find(QMenu, "menuGoTo")
    done = find(QAction, "actionGoTo_done")
    session = find(QMenu, "menuSession")
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    go_down_to(session, menu.menuAction())
    press(session, Qt.Key.Key_Right)
    go_down_to(menu, done)
    assert window.statusBar().currentMessage().startswith("Not legal from pending. ")
    for shown in (menu, session):
        press(shown, Qt.Key.Key_Escape)
