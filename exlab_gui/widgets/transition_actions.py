"""One action per state, for its button, menu entries and shortcut."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from exlab_gui.core.machine import StateMachine
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Command, Step, WalkTo
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_DIGITS = "1234567890"
_SHORTCUTS = [*(f"Ctrl+{d}" for d in _DIGITS), *(f"Ctrl+Shift+{d}" for d in _DIGITS)]


class TransitionActions(QObject, SessionView):
    """The actions that take one transition, or walk along several.

    A disabled action's tool tip says why. `rebuilt`: there is another machine, with other actions.
    """

    rebuilt = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.go: dict[str, QAction] = {}
        self.walk: dict[str, QAction] = {}
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
            action.setToolTip(plain_tip(reason or self._tips[state]))
        for state, action in self.walk.items():
            reason = session.why_not(WalkTo(state))
            action.setEnabled(reason is None)
            if reason is None:
                path = session.machine.path(session.state, state) or ()
                reason = f"Walk there: {' → '.join(path[1:])}"
            action.setToolTip(plain_tip(reason))

    def _rebuild(self, machine: StateMachine) -> None:
        self._machine = machine
        for action in (*self.go.values(), *self.walk.values()):
            action.deleteLater()
        self.go = {state: self._action(state, Step(state), "GoTo") for state in machine.states}
        self.walk = {
            state: self._action(state, WalkTo(state), "WalkTo") for state in machine.states
        }
        for action, keys in zip(self.go.values(), _SHORTCUTS, strict=False):
            action.setShortcut(QKeySequence(keys))
        self._tips = {state: f"Go to {state}{_keys(action)}" for state, action in self.go.items()}
        self.rebuilt.emit()

    def _action(self, state: str, command: Command, verb: str) -> QAction:
        # Qt takes a single & for a mnemonic.
        action = named(QAction(state.replace("&", "&&"), self), f"action{verb}_{state}")
        action.triggered.connect(lambda: self.session and self.session.request(command))
        return action


def _keys(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f" ({keys})" if keys else ""
