"""The common context of all controllers, which enables and disables the actions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from exlab_gui.controllers.action import Action, Controller, Submenu
from exlab_gui.core.text.translation import tr
from exlab_gui.models.background.jobs import Jobs
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.settings import Settings
from exlab_gui.theme.icons import icon
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.message_bar import MessageBar
from exlab_gui.widgets.object_names import named


class ActionContext(QObject):
    """The window with its actions, shown session, settings, theme, messages and jobs.

    `shown`: the window shows another session; `refreshed`: the session or the actions changed.
    A controller calls `refresh` if it changes a condition of an action.
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
        self.jobs.stopped.connect(lambda job: messages.show_info(tr("Stopped: {job}", job=job)))
        self.jobs.failed.connect(messages.show_error)
        self.fills: dict[str, Callable[[QMenu], object]] = {}
        self._bound: list[tuple[Action, Controller]] = []
        self._told: dict[str, str | None] = {}  # why each action is disabled, or None
        self._session: SessionModel | None = None

    @property
    def session(self) -> SessionModel:
        assert self._session is not None
        return self._session

    def bind(self, controller: Controller) -> None:
        for entry in controller.entries():
            if isinstance(entry, Submenu):
                self.fills[entry.name] = partial(entry.fill, controller)
                continue
            self._bound.append((entry, controller))
            do = partial(self._do, partial(entry.do, controller))
            # `triggered` passes the check state, which no method takes.
            self.actions[entry.name].triggered.connect(lambda _=False, do=do: do())

    def show(self, session: SessionModel) -> None:
        """Show `session` in every view, and apply every action to it."""
        if self._session is not None:
            self._session.changed.disconnect(self.refresh)
        self._session = session
        self.shown.emit(session)
        session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Enable and check the actions; the tool tip of a disabled one says why."""
        if self._session is None:
            return
        for record, controller in self._bound:
            action = self.actions[record.name]
            why_not = record.why_not(controller)
            if self._told.get(record.name, "") != why_not:
                self._told[record.name] = why_not
                action.setEnabled(why_not is None)
                _set_tip(action, tr(why_not or record.tip), with_keys=why_not is None)
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
        from exlab_gui.widgets.dialogs.file_dialog import ask_for_file

        ask_for_file(self.window, self.settings, title, kinds, then, new=new)

    def _do(self, do: Callable[[], object]) -> None:
        try:
            do()
        finally:
            self.refresh()  # Qt has checked or unchecked the action by itself


def make_actions(parent: QWidget, records: Iterable[Action]) -> dict[str, QAction]:
    actions = {}
    for record in records:
        action = named(QAction(tr(record.text), parent), record.name)
        action.setShortcuts([QKeySequence(keys) for keys in record.shortcuts])
        action.setMenuRole(record.role)  # else Qt guesses from the text which are macOS' own
        action.setAutoRepeat(record.repeats)
        action.setCheckable(record.checked is not None)
        if record.icon is not None:
            action.setIcon(icon(record.icon))
        _set_tip(action, tr(record.tip), with_keys=True)
        actions[record.name] = action
    return actions


def _set_tip(action: QAction, tip: str, *, with_keys: bool) -> None:
    """Show `tip`, with the keys of the action if it can be performed: a reason has none."""
    if action.statusTip() != tip:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(plain_tip(f"{tip} ({keys})" if keys and with_keys else tip))
        action.setStatusTip(tip)
