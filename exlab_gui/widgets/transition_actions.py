"""One action per state, for its button, menu entries and shortcut."""

import sys
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcutEvent

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.meaning import state_meaning
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step, WalkTo
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_DIGITS = "123456789"  # Ctrl+0 is the actual size, as in other programs
_SECOND = "Alt" if sys.platform == "darwin" else "Shift"  # where Shift takes screenshots
_SHORTCUTS = [*(f"Ctrl+{d}" for d in _DIGITS), *(f"Ctrl+{_SECOND}+{d}" for d in _DIGITS)]


class GoAction(QAction):
    """Tells its keys, and the palette, from a click: they emit `pressed`, and not `triggered`.

    `hint` is the plain text of its tool tip; `show_hint` has menus show it in the status bar.
    """

    pressed = Signal()
    hint = ""

    def hint_at(self, text: str) -> None:
        hint = tr(text)
        if hint != self.hint:
            self.hint = hint
            self.setToolTip(plain_tip(hint))

    def show_hint(self) -> None:
        self.setStatusTip(self.hint)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent):
            self.pressed.emit()
            return True
        return super().event(event)


class TransitionActions(QObject, SessionView):
    """The actions that take one transition, or walk along several.

    A disabled action's tool tip says why. `rebuilt`: there is another machine, with other actions.
    `ending`: a key asks for a `Step` or `WalkTo` that ends the session early; the user has to
    confirm that. A click is aimed, a key may be meant for another widget.
    """

    rebuilt = Signal()
    ending = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.go: dict[str, GoAction] = {}
        self.walk: dict[str, GoAction] = {}
        self._tips: dict[str, str] = {}  # of legal moves
        self._machine: StateMachine | None = None

    def set_session(self, session: SessionModel) -> None:
        if session.machine != self._machine:
            self._rebuild(session.machine)
        super().set_session(session)

    def synchronize(self) -> None:
        session = self.session
        if session is None:
            return
        for state, action in self.go.items():
            reason = session.why_not(Step(state))
            action.setEnabled(reason is None)
            action.hint_at(reason or self._tips[state])
        for state, action in self.walk.items():
            reason = session.why_not(WalkTo(state))
            action.setEnabled(reason is None)
            if reason is None:
                path = session.machine.path(session.state, state) or ()
                reason = tr("Walk there: {path}", path=" → ".join(path[1:]))
            action.hint_at(reason)

    def go_by_key(self, state: str) -> None:
        self._request_by_key(Step(state))

    def _request_by_key(self, command: Step | WalkTo) -> None:
        session = self.session
        if session is None:
            return
        early = state_meaning(session.machine, command.to) in ("failure", "aborted")
        if early and session.why_not(command) is None:
            self.ending.emit(command)
        else:
            session.request(command)

    def _rebuild(self, machine: StateMachine) -> None:
        self._machine = machine
        for old in (*self.go.values(), *self.walk.values()):
            old.deleteLater()
        self.go = {state: self._action(state, Step(state), "GoTo") for state in machine.states}
        self.walk = {
            state: self._action(state, WalkTo(state), "WalkTo") for state in machine.states
        }
        for action, keys in zip(self.go.values(), _SHORTCUTS, strict=False):
            action.setShortcut(QKeySequence(keys))
            action.setAutoRepeat(False)
        self._tips = {
            state: tr("Go to {state}{keys}", state=state, keys=_keys(action))
            for state, action in self.go.items()
        }
        self.rebuilt.emit()

    def _action(self, state: str, command: Step | WalkTo, verb: str) -> GoAction:
        # Qt takes a single & for a mnemonic.
        action = named(GoAction(state.replace("&", "&&"), self), f"action{verb}_{state}")
        action.triggered.connect(lambda: self.session and self.session.request(command))
        action.pressed.connect(partial(self._request_by_key, command))
        return action


def _keys(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f" ({keys})" if keys else ""
