"""Notifications that a session needs input or has failed."""

from weakref import WeakKeyDictionary, WeakMethod

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import Follower, SessionModel


class Notifications(QObject):
    notified = Signal(SessionModel, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._follower: Follower = WeakMethod(self._look_at)
        self._known = WeakKeyDictionary[SessionModel, int]()

    def watch(self, session: SessionModel, *, new: bool) -> None:
        """Watch `session`, once; if `new`, its current state is news too."""
        if session in self._known:
            return
        self._known[session] = 0 if new else _entry(session)
        session.followers.append(self._follower)
        if new:
            self._look_at(session)

    def _look_at(self, session: SessionModel) -> None:
        entered = session.visits.entered()  # as it is now, whatever moment is shown
        if self._known.get(session) == _entry(session):
            return
        self._known[session] = _entry(session)
        if text := news(session, entered):
            self.notified.emit(session, f"{session.label} {text}")


def _entry(session: SessionModel) -> int:
    """Return the number of the entry that was last; a correction does not change it."""
    return session.source.as_arrived(session.visits.entered()).seq


def news(session: SessionModel, entered: Event) -> str:
    """Return what to tell of `session` if it entered a question or failed, else nothing."""
    if session.machine.awaits_input(entered.state):
        return tr("needs input. {what}", what=describe(entered))
    if session.machine.emits(entered.state) == "failed":
        return tr("has failed. {what}", what=describe(entered))
    return ""
