"""Buttons of actions look and act as their actions do."""

from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import WalkTo
from exlab_gui.theme.icons import icon
from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.window.monitor_window import MonitorWindow


def button_of(qtbot: QtBot, action: QAction) -> ActionButton:
    button = ActionButton(action)
    qtbot.addWidget(button)
    button.show()
    return button


def test_it_triggers_its_action(qtbot: QtBot) -> None:
    """With the mouse and with the keyboard, unless it is disabled."""
    action, done = QAction("&Retry now"), []
    action.triggered.connect(lambda: done.append(action))
    button = button_of(qtbot, action)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(done) == 2
    action.setEnabled(False)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(done) == 2


def test_it_looks_as_its_action_says(qtbot: QtBot) -> None:
    """What changes is shown; a screen reader reads the words that are on it."""
    action = QAction("&Retry now")
    action.setCheckable(True)
    button = button_of(qtbot, action)
    assert (button.text(), button.accessibleName()) == ("Retry now", "Retry now")
    action.setToolTip("Ask the server")
    action.setChecked(True)
    action.setEnabled(False)
    assert button.toolTip() == "Ask the server"
    assert button.isChecked()
    assert not button.isEnabled()


def test_one_with_an_icon_has_no_text(qtbot: QtBot) -> None:
    """As in a tool bar: the text is for screen readers."""
    action = QAction(icon("app"), "Play")
    button = button_of(qtbot, action)
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert button.accessibleName() == "Play"


def test_changes_do_not_make_the_next_ones_slower(window: MonitorWindow) -> None:
    """Nothing is connected to an action while a session goes on."""
    actions = list(window.actions_by_name.values())

    def receivers() -> int:
        return sum(action.receivers(SIGNAL("changed()")) for action in actions)

    def goes_on(session: SessionModel) -> int:
        for state in ("input_required", "plugin_pass"):
            session.request(WalkTo(state))
        QApplication.processEvents()
        return receivers()

    first = goes_on(window.session)
    assert goes_on(window.session) == first
