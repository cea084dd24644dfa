"""The menus have every action, in groups, and are filled with what there is to choose."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from exlab_gui.controllers.action import Submenu
from exlab_gui.controllers.log_views import LogViews
from exlab_gui.core.machine import StateMachine
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.window.entries import ENTRIES
from exlab_gui.window.menu_bar import NESTED, TITLES
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.hands import press
from tests.helpers.window import settle

SUBMENUS = [entry.name for entry in ENTRIES if isinstance(entry, Submenu)]
CTRL = Qt.KeyboardModifier.ControlModifier


def menu_of(window: MonitorWindow, name: str) -> QMenu:
    menu = window.findChild(QMenu, name)
    assert isinstance(menu, QMenu)
    return menu


def opened(window: MonitorWindow, name: str) -> list[str]:
    """Return the texts of a menu within a menu, filled as it is when it opens."""
    menu = menu_of(window, name)
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def test_the_menus_are_those_of_the_records(window: MonitorWindow) -> None:
    """Each menu has its entries, those of one group beside each other, a line between groups."""
    titles = TITLES | {nested.name: nested.title for nested in NESTED}
    for name, title in titles.items():
        menu = menu_of(window, f"menu{name}")
        assert menu.title() == title
        groups: list[set[str]] = [set()]
        for action in menu.actions():
            if action.isSeparator():
                groups.append(set())
            else:
                within = action.menu()
                groups[-1].add(within.objectName() if within else action.objectName())
        own = [(e.group, e.name) for e in ENTRIES if e.menu == name]
        own += [(nested.group, f"menu{nested.name}") for nested in NESTED if nested.menu == name]
        numbers = sorted({number for number, _ in own})
        assert groups == [{name for one, name in own if one == number} for number in numbers]


def test_the_states_are_in_menus_of_their_own(window: MonitorWindow) -> None:
    """Going and walking to each state is offered, in the order of the table."""
    for name in ("menuGoTo", "menuWalkTo"):
        assert opened(window, name) == list(spec.STATES)
        assert opened(window, name) == list(spec.STATES)
        assert menu_of(window, name).toolTipsVisible()


@pytest.mark.parametrize("name", [*SUBMENUS, "eventLogViews"])
def test_what_a_menu_had_before_does_not_pile_up(window: MonitorWindow, name: str) -> None:
    """Each time that it opens it holds as much as before: also the menus within it are others."""
    window.findChild(LogViews).save("A view")
    opened(window, name)
    settle()
    before = len(window.findChildren(QObject))
    for _ in range(3):
        opened(window, name)
        settle()
    assert len(window.findChildren(QObject)) == before


def test_another_machine_has_other_states_in_the_menus(window: MonitorWindow) -> None:
    """Entries of a machine that is not shown any more are gone, and so are their shortcuts."""
    opened(window, "menuGoTo")
    machine = StateMachine("a", {"a": frozenset({"b"}), "b": frozenset()}, {})
    window.session_actions.add(SessionModel(SimulatedSource("other", machine)))
    settle()
    assert opened(window, "menuGoTo") == ["a", "b"]
    press(window, Qt.Key.Key_2, CTRL)
    assert window.session.state == "b"


def test_shortcuts_work_without_the_menu_bar(window: MonitorWindow, qtbot: QtBot) -> None:
    """In presenting mode there is no menu bar, but every shortcut goes on working."""
    window.menuBar().hide()
    press(window, Qt.Key.Key_2, CTRL)
    assert window.session.state == "validating"
    with qtbot.waitSignal(window.actions_by_name["actionNewSession"].triggered):
        press(window, Qt.Key.Key_N, CTRL)
