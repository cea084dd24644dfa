from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import StateMachine
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.widgets.actions import MENUS, make_actions
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.window.menu_bar import SUBMENUS, Menus
from tests.helpers import spec
from tests.helpers.hands import press
from tests.helpers.sessions import session_in
from tests.helpers.window import settle

CTRL = Qt.KeyboardModifier.ControlModifier


class Window(QMainWindow):
    """A window with nothing but its menus."""

    def __init__(self) -> None:
        super().__init__()
        self.made = make_actions(self)
        self.moves = TransitionActions(self)
        self.menus = Menus(self, self.made, self.moves)
        self.moves.set_session(session_in("pending"))


def opened(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_the_menus_are_those_of_the_table(qtbot: QtBot) -> None:
    """Each menu has its entries in their order, with lines between groups of them."""
    window = opened(qtbot)
    for title, names in MENUS.items():
        menu = window.findChild(QMenu, f"menu{title.replace('&', '')}")
        assert menu.title() == title
        expected = [SUBMENUS.get(n) or (window.made[n].text() if n else "") for n in names]
        assert texts(menu) == expected
        assert [action.isSeparator() for action in menu.actions()] == [not n for n in names]


def test_the_states_are_in_menus_of_their_own(qtbot: QtBot) -> None:
    """Going and walking to each state is offered, in the order of the table."""
    window = opened(qtbot)
    for name in ("menuGoTo", "menuWalkTo"):
        menu = window.menus.submenus[name]
        assert texts(menu) == list(spec.STATES)
        assert menu.toolTipsVisible()


def test_another_machine_has_other_states_in_the_menus(qtbot: QtBot) -> None:
    """Entries of a machine that is not shown any more are gone, and so are their shortcuts."""
    window = opened(qtbot)
    machine = StateMachine("a", {"a": frozenset({"b"}), "b": frozenset()}, {})
    window.moves.set_session(SessionModel(SimulatedSource("sim-1", machine)))
    settle()
    assert texts(window.menus.submenus["menuGoTo"]) == ["a", "b"]
    press(window, Qt.Key.Key_2, CTRL)
    assert window.moves.session.state == "b"


def test_shortcuts_work_without_the_menu_bar(qtbot: QtBot) -> None:
    """In presenting mode there is no menu bar, but every shortcut goes on working."""
    window = opened(qtbot)
    window.menuBar().hide()
    press(window, Qt.Key.Key_2, CTRL)
    assert window.moves.session.state == "validating"
    with qtbot.waitSignal(window.made["actionNewSession"].triggered):
        press(window, Qt.Key.Key_N, CTRL)
