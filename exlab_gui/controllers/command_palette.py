"""The palette of commands: all that the menus have, and the open sessions."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.action import Action, Controller, MenuName, Submenu
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.transition_actions import GoAction

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.models.command_table import Command


class CommandPalette(Controller):
    """Finds what is in the menus by its words; `titles` gives the titles that lead to a menu.

    `show` shows a session.
    """

    def __init__(
        self,
        context: ActionContext,
        records: Sequence[Action | Submenu],
        titles: Callable[[MenuName], str],
        sessions: SessionListModel,
        show: Callable[[SessionModel], object],
    ) -> None:
        super().__init__(context)
        self._records = records
        self._titles = titles
        self._sessions = sessions
        self._show = show

    @Action("actionCommandPalette", "Command &palette…", "Ctrl+Shift+P", "Help", 1)
    def _open(self) -> None:
        """Find a command, state, session or pane by its words, and do it."""
        from exlab_gui.models.command_table import PaletteTable
        from exlab_gui.widgets.command_palette.palette_dialog import PaletteDialog

        menus = QMenu(self.context.window)  # its submenus are filled to see what is in them
        dialog = PaletteDialog(PaletteTable(self._commands(menus)), self.context.window)
        dialog.finished.connect(menus.deleteLater)
        dialog.open()

    def _commands(self, menus: QMenu) -> "Iterator[Command]":
        from exlab_gui.models.command_table import Command

        for record in self._records:
            where = self._titles(record.menu)
            if isinstance(record, Submenu):
                menu = menus.addMenu(tr(record.text))
                self.context.fills[record.name](menu)
                yield from self._of_menu(menu, where)
            elif record.name != "actionCommandPalette":
                yield self._of(self.context.actions[record.name], where, also=record.text)
        for session in self._sessions.open_sessions:
            yield Command(
                session.label,
                tr("Sessions"),
                "",
                tr("Show this session. It is in {state}.", state=session.visits.state()),
                True,
                partial(self._show_if_open, session),
            )

    def _of_menu(self, menu: QMenu, where: str) -> "Iterator[Command]":
        title = _plain(menu.title())
        for action in menu.actions():
            within = action.menu()
            if isinstance(within, QMenu):
                yield from self._of_menu(within, f"{where} → {title}")
            elif not action.isSeparator():
                yield self._of(action, where, before=f"{title}: ")

    def _of(self, action: QAction, where: str, *, before: str = "", also: str = "") -> "Command":
        from exlab_gui.models.command_table import Command

        mark = "✓ " if action.isChecked() else ""
        return Command(
            f"{before}{_plain(action.text())}",
            where,
            mark + action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            action.statusTip(),
            action.isEnabled(),
            partial(self._perform, action),
            _plain(also),
        )

    def _perform(self, action: QAction) -> None:
        """Do it as its keys do: what was typed may be meant for another state."""
        if isinstance(action, GoAction):
            action.pressed.emit()
        elif action.isEnabled():
            action.trigger()
        else:  # only since the palette was opened
            self.context.messages.show_error(action.statusTip())

    def _show_if_open(self, session: SessionModel) -> None:
        if session in self._sessions.open_sessions:
            self._show(session)
        else:
            self.context.messages.show_error("The session is not open any more.")


def _plain(text: str) -> str:
    """Return the text of an entry without the mark of its letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
