"""All 121 pairs of states at every entrance of the window: the legal moves, and only those."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QGraphicsView, QWidget

from exlab_gui.sources.commands import Reset, Step
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.expected import check, rows_of, way
from tests.helpers.hands import (
    POPUPS,
    click,
    open_menu,
    place_of,
    press,
    press_shortcut,
    right_click,
    write,
)
from tests.helpers.names import diagram_item, find, seen, the_window
from tests.helpers.window import settle

pytestmark = POPUPS

Entrance = Callable[[str], None]


def confirm() -> None:
    """Confirm that the session may end, if a key has asked for that."""
    for button in the_window().findChildren(QAbstractButton, "endConfirm"):
        if button.isVisible():  # that of the last question is still to be deleted
            button.click()
            the_window().activateWindow()
            settle()


def by_button(state: str) -> None:
    click(find(QAbstractButton, f"transition_{state}"))


def by_click_in_the_diagram(state: str) -> None:
    view = find(QGraphicsView, "diagramView")
    click(view.viewport(), place_of(view, diagram_item(f"state_{state}")))


def by_keys_in_the_diagram(state: str) -> None:
    view = find(QGraphicsView, "diagramView")
    view.setFocus()
    press(the_window(), Qt.Key.Key_Down)  # any key that chooses a state; then its name
    write(the_window(), state)
    assert view.scene().focusItem() is diagram_item(f"state_{state}")
    press(the_window(), Qt.Key.Key_Return)
    confirm()


def by_menu(state: str) -> None:
    find(QAction, f"actionGoTo_{state}").trigger()


def by_shortcut(state: str) -> None:
    press_shortcut(the_window(), find(QAction, f"actionGoTo_{state}"))
    confirm()


def by_context_menu_of_the_button(state: str) -> None:
    choose_in_menu(find(QAbstractButton, f"transition_{state}"), None, "stateMenuGo")


def by_context_menu_in_the_diagram(state: str) -> None:
    view = find(QGraphicsView, "diagramView")
    place = place_of(view, diagram_item(f"state_{state}"))
    choose_in_menu(view.viewport(), place, "stateMenuGo")


def by_walking_from_the_menu(state: str) -> None:
    find(QAction, f"actionWalkTo_{state}").trigger()


def by_walking_from_the_button(state: str) -> None:
    choose_in_menu(find(QAbstractButton, f"transition_{state}"), None, "stateMenuWalk")


def choose_in_menu(widget: QWidget, place: QPoint | None, name: str) -> None:
    """Click at an entry of a context menu, which closes where the entry is disabled."""
    menu = right_click(widget, place)
    assert menu is not None
    (entry,) = (action for action in menu.actions() if action.objectName() == name)
    click(menu, menu.actionGeometry(entry).center())
    if open_menu() is not None:
        press(menu, Qt.Key.Key_Escape)


STEPPING: list[Entrance] = [
    by_button,
    by_click_in_the_diagram,
    by_keys_in_the_diagram,
    by_menu,
    by_shortcut,
    by_context_menu_of_the_button,
    by_context_menu_in_the_diagram,
]
WALKING: list[Entrance] = [by_walking_from_the_menu, by_walking_from_the_button]


def bring_to(window: MonitorWindow, state: str) -> list[str]:
    """Bring the window's session to `state` from the beginning, and return the way it went."""
    if window.session.count > 1:
        window.session.request(Reset())
    for following in spec.WAYS[state]:
        window.session.request(Step(following))
    return ["pending", *spec.WAYS[state]]


def try_all(window: MonitorWindow, entrance: Entrance, *, walking: bool) -> None:
    """Hold that from every state the entrance leads where it should, and nowhere else."""
    for current in spec.STATES:
        path = bring_to(window, current)
        before, history = seen(), list(window.session.history)
        legal = {}
        for goal in spec.STATES:
            if steps := way(current, goal) if walking else {goal} & spec.FOLLOWING[current]:
                legal[goal] = steps
                continue
            entrance(goal)
            assert window.session.history == history, f"{current} → {goal}"
        assert seen() == before, f"{current} → any of {set(spec.STATES) - legal.keys()}"
        for tried, (goal, steps) in enumerate(legal.items()):
            if tried:
                bring_to(window, current)
            entrance(goal)
            check([*path, *steps], rows_of([*path, *steps]))


@pytest.mark.parametrize("entrance", STEPPING)
def test_each_entrance_makes_the_legal_moves_only(
    window: MonitorWindow, entrance: Entrance
) -> None:
    """From each state a user gets to the legal next ones; what is not legal changes nothing."""
    try_all(window, entrance, walking=False)


@pytest.mark.parametrize("entrance", WALKING)
def test_each_walk_goes_the_shortest_legal_way(window: MonitorWindow, entrance: Entrance) -> None:
    """From each state a user walks wherever a legal way leads, by its steps; elsewhere not."""
    try_all(window, entrance, walking=True)
