"""The menus, made from their table."""

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from exlab_gui.widgets.actions import MENUS
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.transition_actions import TransitionActions

SUBMENUS = {
    "menuGoTo": "&Go to",
    "menuWalkTo": "Wal&k to",
    "menuRecentScenarios": "R&ecent scenarios",
    "menuRecentTraces": "R&ecent recordings",
}
"""The menus within menus, by the names that the menus' table has for them."""


class Menus:
    """Fills the menu bar of `window`, and keeps the menus of states up to date."""

    def __init__(
        self, window: QMainWindow, actions: Mapping[str, QAction], moves: TransitionActions
    ) -> None:
        self._moves = moves
        self.submenus: dict[str, QMenu] = {}
        for title, names in MENUS.items():
            menu = named(window.menuBar().addMenu(title), f"menu{title.replace('&', '')}")
            for name in names:
                self._fill(menu, name, actions)
        # In presenting mode there is no menu bar, but its shortcuts go on working.
        window.addActions(list(actions.values()))
        self._window = window
        moves.rebuilt.connect(self._show_states)

    def _fill(self, menu: QMenu, name: str, actions: Mapping[str, QAction]) -> None:
        if not name:
            menu.addSeparator()
        elif name in SUBMENUS:
            submenu = named(menu.addMenu(SUBMENUS[name]), name)
            submenu.setToolTipsVisible(True)
            self.submenus[name] = submenu
        else:
            menu.addAction(actions[name])

    def _show_states(self) -> None:
        for name, moves in (("menuGoTo", self._moves.go), ("menuWalkTo", self._moves.walk)):
            self.submenus[name].clear()
            self.submenus[name].addActions(list(moves.values()))
        self._window.addActions(list(self._moves.go.values()))
