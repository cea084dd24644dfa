"""What every controller works with, and the one place where actions are enabled or refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from exlab_gui.controllers.action import Action, Controller, Submenu
from exlab_gui.models.jobs import Jobs
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.settings import Settings
from exlab_gui.theme.icons import icon
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.dialogs.file_dialog import ask_for_file
from exlab_gui.widgets.message_bar import MessageBar
from exlab_gui.widgets.object_names import named


class ActionContext(QObject):
    """The window that the actions belong to, which session it shows, and where they report.

    `shown` says that the window shows another session, `refreshed` that this one changed, or what
    can be done. Whoever changes what an action depends on calls `refresh`; the shown session does
    so itself.
    """

    shown = Signal(SessionModel)
    refreshed = Signal()

    def __init__(
        self,
        window: QMainWindow,
        actions: Mapping[str, QAction],
        settings: Settings,
        theme: Theme,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.actions = actions
        self.settings = settings
        self.theme = theme
        self.messages = messages
        self.jobs = Jobs(self)
        self.jobs.progressed.connect(partial(messages.show_progress, stop=self.jobs.stop))
        self.jobs.stopped.connect(lambda job: messages.show_info(f"Stopped: {job}"))
        self.jobs.failed.connect(messages.show_error)
        self.fills: dict[str, Callable[[QMenu], object]] = {}
        self._bound: list[tuple[Action, Controller]] = []
        self._session: SessionModel | None = None

    @property
    def session(self) -> SessionModel:
        """The session that the window shows: there is one as soon as there is a window."""
        assert self._session is not None
        return self._session

    def bind(self, controller: Controller) -> None:
        """Have the actions and menus of `controller` do what their records say."""
        for entry in controller.entries():
            if isinstance(entry, Submenu):
                self.fills[entry.name] = partial(entry.fill, controller)
                continue
            self._bound.append((entry, controller))
            do = partial(self._do, partial(entry.do, controller))
            # What triggered passes, whether the action is checked, no method takes.
            self.actions[entry.name].triggered.connect(lambda _=False, do=do: do())

    def show(self, session: SessionModel) -> None:
        """Have every view and every action be about `session`."""
        if self._session is not None:
            self._session.changed.disconnect(self.refresh)
        self._session = session
        self.shown.emit(session)
        session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Enable the actions that can be done now; have the tool tips of the others say why not."""
        if self._session is None:
            return
        for record, controller in self._bound:
            action = self.actions[record.name]
            why_not = record.why_not(controller)
            action.setEnabled(why_not is None)
            _set_tip(action, why_not or record.tip)
            if record.checked is not None:
                action.setChecked(record.checked(controller))
        self.refreshed.emit()

    def ask_for_file(
        self,
        title: str,
        kinds: Sequence[str],
        then: Callable[[Path], object],
        *,
        new: str | None = None,
    ) -> None:
        """Let the user name a file of `kinds`, as `file_dialog.ask_for_file` does."""
        ask_for_file(self.window, self.settings, title, kinds, then, new=new)

    def _do(self, do: Callable[[], object]) -> None:
        try:
            do()
        finally:
            self.refresh()  # Qt has checked or unchecked the action by itself


def make_actions(parent: QWidget, records: Iterable[Action]) -> dict[str, QAction]:
    """Return the actions of `records` by their object names, children of `parent`."""
    actions = {}
    for record in records:
        action = named(QAction(record.text, parent), record.name)
        action.setShortcut(QKeySequence(record.keys))
        action.setCheckable(record.checked is not None)
        if record.icon is not None:
            action.setIcon(icon(record.icon))
        _set_tip(action, record.tip)
        actions[record.name] = action
    return actions


def _set_tip(action: QAction, tip: str) -> None:
    """Give `action` a tool tip that tells its shortcut, too."""
    if action.statusTip() != tip:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(plain_tip(f"{tip} ({keys})" if keys else tip))
        action.setStatusTip(tip)
