"""The menu bar, built from the records of the actions."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from exlab_gui.controllers.action import Action, MenuName, Submenu
from exlab_gui.core.text.translation import tr, translatable
from exlab_gui.widgets.controls.menu_style import fill_when_shown, tell_why_disabled
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


class Nested(NamedTuple):
    """A menu that stands in the group of that number of another menu."""

    name: MenuName
    title: str
    menu: MenuName
    group: int


NESTED = (
    Nested("Diagram", translatable("&Diagram"), "View", 2),
    Nested("Presentation", translatable("&Presentation"), "View", 4),
    Nested("Theme", translatable("&Theme"), "View", 5),
)


def path_of(menu: MenuName) -> str:
    """Return the titles that lead to `menu`."""
    within = next((one for one in NESTED if one.name == menu), None)
    title = f"{path_of(within.menu)} → {tr(within.title)}" if within else tr(TITLES[menu])
    return title.replace("&", "")


def fill_menus(
    window: QMainWindow,
    entries: Sequence[Action | Submenu],
    actions: Mapping[str, QAction],
    fills: Mapping[str, Callable[[QMenu], object]],
) -> None:
    """Fill the menu bar of `window`, with a separator between the groups of each menu."""

    def fill(menu: QMenu, name: MenuName) -> None:
        named(menu, f"menu{name}")
        tell_why_disabled(menu)
        own = [entry for entry in (*entries, *NESTED) if entry.menu == name]
        for _, group in groupby(sorted(own, key=_group), key=_group):
            if not menu.isEmpty():
                menu.addSeparator()
            for entry in group:
                if isinstance(entry, Action):
                    menu.addAction(actions[entry.name])
                elif isinstance(entry, Nested):
                    fill(menu.addMenu(tr(entry.title)), entry.name)
                else:
                    _add_submenu(menu, entry, fills[entry.name])

    for name, title in TITLES.items():
        fill(window.menuBar().addMenu(tr(title)), name)
    # The shortcuts also work without the menu bar, in the presentation.
    window.addActions(list(actions.values()))


def _group(entry: Action | Submenu | Nested) -> int:
    return entry.group


def _add_submenu(menu: QMenu, entry: Submenu, fill: Callable[[QMenu], object]) -> None:
    submenu = named(menu.addMenu(tr(entry.text)), entry.name)
    submenu.setToolTipsVisible(True)
    tell_why_disabled(submenu)
    fill_when_shown(submenu, fill)
    fill(submenu)  # some systems never show a menu that was empty
