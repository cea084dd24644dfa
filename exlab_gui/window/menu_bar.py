"""The menu bar, built from the records of the actions."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from exlab_gui.controllers.action import Action, MenuName, Submenu
from exlab_gui.core.text.translation import tr, translatable
from exlab_gui.widgets.object_names import named

TITLES: dict[MenuName, str] = translatable(
    {
        "Session": "&Session",
        "Trace": "&Recording",
        "Server": "S&erver",
        "View": "&View",
        "Help": "&Help",
    }
)
"""The menus from left to right. Their names are public API, the titles are not."""


def fill_menus(
    window: QMainWindow,
    entries: Sequence[Action | Submenu],
    actions: Mapping[str, QAction],
    fills: Mapping[str, Callable[[QMenu], object]],
) -> None:
    """Fill the menu bar of `window`, with a separator between the groups of each menu."""
    for name, title in TITLES.items():
        menu = named(window.menuBar().addMenu(tr(title)), f"menu{name}")
        own = sorted((e for e in entries if e.menu == name), key=lambda entry: entry.group)
        for _, group in groupby(own, key=lambda entry: entry.group):
            if not menu.isEmpty():
                menu.addSeparator()
            for entry in group:
                if isinstance(entry, Action):
                    menu.addAction(actions[entry.name])
                else:
                    _add_submenu(menu, entry, fills[entry.name])
    # The shortcuts also work without the menu bar, in the presentation.
    window.addActions(list(actions.values()))


def _add_submenu(menu: QMenu, entry: Submenu, fill: Callable[[QMenu], object]) -> None:
    submenu = named(menu.addMenu(tr(entry.text)), entry.name)
    submenu.setToolTipsVisible(True)

    def refill() -> None:
        submenu.clear()
        fill(submenu)

    submenu.aboutToShow.connect(refill)
    refill()  # some systems never show a menu that was empty
