"""Actions are enabled, or refused with the reason, by the records of the controllers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext, make_actions
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import Step, WalkTo
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.message_bar import MessageBar
from exlab_gui.window.entries import ACTIONS
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import press
from tests.helpers.sessions import session_in

CTRL = Qt.KeyboardModifier.ControlModifier


class Example(Controller):
    """Has an action that can be done while there is no reason not to."""

    reason: str | None = None
    on = False
    asked = 0

    def _why_not(self) -> str | None:
        self.asked += 1
        return self.reason

    @Action("actionX", "&X…", "Ctrl+X", "View", 1, why_not=_why_not, checked=lambda c: c.on)
    def do(self, *given: object) -> None:
        """Do it.

        And more.
        """
        assert given == ()
        self.on = True
        self.reason = "It is <b>done</b>"


@pytest.fixture
def example(theme: Theme, qtbot: QtBot, settings: Settings) -> Example:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(
        window, [entry for entry in Example.entries() if isinstance(entry, Action)]
    )
    context = ActionContext(window, actions, settings, theme, MessageBar(theme, window))
    return Example(context)


def of(example: Example) -> QAction:
    return example.context.actions["actionX"]


def test_an_action_does_what_its_method_does(example: Example) -> None:
    """With nothing that Qt would pass; then it is as its record says: refused, and checked."""
    example.context.show(session_in("pending"))
    assert of(example).isEnabled()
    assert (of(example).toolTip(), of(example).statusTip()) == ("Do it (Ctrl+X)", "Do it")
    of(example).trigger()
    assert of(example).isChecked()
    assert not of(example).isEnabled()
    assert of(example).statusTip() == "It is <b>done</b>"
    assert of(example).toolTip() == plain_tip("It is <b>done</b>")


def test_a_trigger_alone_checks_nothing(example: Example) -> None:
    """Whether an action is checked is what its controller says, not what Qt toggles."""
    example.context.show(session_in("pending"))
    of(example).setChecked(True)
    example.context.refresh()
    assert not of(example).isChecked()


def test_each_change_asks_once(example: Example) -> None:
    """A change of the shown session asks each record once; one of another session, none."""
    before, shown = session_in("pending"), session_in("pending")
    example.context.show(before)
    example.context.show(shown)
    example.asked = 0
    shown.request(Step("validating"))
    assert example.asked == 1
    before.request(Step("validating"))
    assert example.asked == 1


def test_what_needs_another_session_says_so(window: MonitorWindow) -> None:
    """With one session there is none to compare it with: nothing happens, and the tip says why."""
    names = ("actionCompare", "actionNextSession", "actionPreviousSession")
    for name in names:
        assert not window.actions_by_name[name].isEnabled()
        assert window.actions_by_name[name].statusTip() == "Only one session is open"
    press(window, Qt.Key.Key_M, CTRL)
    assert window.findChildren(QDialog) == []
    window.session_actions.open()
    assert all(window.actions_by_name[name].isEnabled() for name in names)
    press(window, Qt.Key.Key_M, CTRL)
    (dialog,) = window.findChildren(QDialog, "compareDialog")
    dialog.close()
    window.session_actions.close()
    assert not window.actions_by_name["actionCompare"].isEnabled()


def test_whatever_is_refused_has_a_reason(window: MonitorWindow) -> None:
    """No action is disabled without its tip saying why, wherever the session stands."""
    tips = {record.name: record.tip for record in ACTIONS}
    refused = set()
    for go in (lambda: None, lambda: window.session.request(WalkTo("done")), window.history.fork):
        go()
        for name, made in window.actions_by_name.items():
            assert made.isEnabled() == (made.statusTip() == tips[name])
            if not made.isEnabled():
                refused.add(name)
    assert refused >= {"actionPlay", "actionGoBack", "actionGoToLatest", "actionDisconnect"}
    assert refused >= {"actionListen", "actionFail", "actionCancel", "actionCompare"}
