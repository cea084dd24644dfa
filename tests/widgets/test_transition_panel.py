import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import StateMachine
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.widgets.transition_panel import TransitionPanel, state_menu
from tests.helpers import spec
from tests.helpers.hands import POPUPS, click, open_menu, press, right_click
from tests.helpers.sessions import session_in
from tests.helpers.window import settle


@pytest.fixture
def moves(qapp: object) -> TransitionActions:
    return TransitionActions()


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """Return a window without a layout: one would not let a panel be as narrow as it can be."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1600, 400)
    return window


@pytest.fixture
def panel(around: QWidget, theme: Theme, moves: TransitionActions) -> TransitionPanel:
    panel = TransitionPanel(moves, around)
    moves.set_session(session_in("rendering"))
    panel.resize(620, 120)
    around.show()
    around.activateWindow()
    settle()
    return panel


def buttons(panel: TransitionPanel) -> dict[str, QAbstractButton]:
    found = panel.findChildren(QAbstractButton)
    return {button.objectName().removeprefix("transition_"): button for button in found}


def rows(panel: TransitionPanel) -> list[int]:
    """Return how many buttons are in each row, from above."""
    heights = [button.y() for button in buttons(panel).values()]
    return [heights.count(y) for y in sorted(set(heights))]


def test_there_is_a_button_for_each_state(panel: TransitionPanel) -> None:
    """The buttons stand in the order of the table, each under the name of its state."""
    assert list(buttons(panel)) == list(spec.STATES)
    for state, button in buttons(panel).items():
        assert (button.text(), button.accessibleName()) == (state, f"Go to {state}")


def test_buttons_are_as_the_session_stands(
    panel: TransitionPanel, moves: TransitionActions
) -> None:
    """After each move other buttons can be pressed, and the others say why not."""
    for state in ("plugin_pass", "input_required", "aborted"):
        moves.session.request(Step(state))
        for name, button in buttons(panel).items():
            assert button.isEnabled() == (name in spec.FOLLOWING[state])
            assert button.toolTip() == moves.go[name].toolTip()


def test_a_button_moves_the_session(panel: TransitionPanel, moves: TransitionActions) -> None:
    """A press goes there; the mouse and the space bar both press."""
    click(buttons(panel)["plugin_pass"])
    assert moves.session.state == "plugin_pass"
    buttons(panel)["cache_write"].setFocus()
    press(panel.window(), Qt.Key.Key_Space)
    assert moves.session.state == "cache_write"


@pytest.mark.parametrize(
    ("width", "expected"),
    [(1600, [11]), (900, [6, 5]), (620, [4, 4, 3]), (400, [3, 3, 3, 2]), (200, [1] * 11)],
)
def test_there_are_as_many_columns_as_there_is_room_for(
    panel: TransitionPanel, width: int, expected: list[int]
) -> None:
    """Rows are as full as can be, and no button is narrower than its text."""
    panel.resize(width, 120)
    settle()
    assert rows(panel) == expected
    assert all(b.width() >= b.sizeHint().width() for b in buttons(panel).values())


def test_without_a_machine_there_is_nothing_to_arrange(
    qtbot: QtBot, moves: TransitionActions
) -> None:
    """The panel may be shown before there is a session."""
    panel = TransitionPanel(moves)
    qtbot.addWidget(panel)
    panel.show()
    assert buttons(panel) == {}


def test_it_gives_way_where_there_is_less_room(panel: TransitionPanel) -> None:
    """The panel can be made narrow again after it was wide: it never holds a window open."""
    panel.resize(1400, 120)
    settle()
    assert panel.minimumSizeHint().width() < 300


def test_another_machine_has_other_buttons(
    panel: TransitionPanel, moves: TransitionActions
) -> None:
    """A session of another machine brings its states, and none of the ones before stays."""
    machine = StateMachine("a", {"a": frozenset({"b"}), "b": frozenset()}, {})
    moves.set_session(SessionModel(SimulatedSource("sim-1", machine)))
    settle()
    left, right = buttons(panel).values()
    assert [left.text(), right.text()] == ["a", "b"]
    assert left.y() == right.y()
    assert left.geometry().right() < right.x()
    assert right.geometry().right() > panel.width() - 8


def entries(menu: QMenu) -> dict[str, tuple[bool, str]]:
    return {a.objectName(): (a.isEnabled(), a.toolTip()) for a in menu.actions()}


@POPUPS
def test_a_disabled_button_has_its_menu(panel: TransitionPanel, moves: TransitionActions) -> None:
    """Where a step is not legal but a way leads there, the menu walks; each entry says why not."""
    menu = right_click(buttons(panel)["cache_write"])
    assert entries(menu) == {
        "stateMenuGo": (False, moves.go["cache_write"].toolTip()),
        "stateMenuWalk": (True, "Walk there: plugin_pass → cache_write"),
    }
    assert menu.toolTipsVisible()
    menu.actions()[1].trigger()
    press(menu, Qt.Key.Key_Escape)
    assert moves.session.state == "cache_write"
    assert open_menu() is None


@POPUPS
def test_the_menu_is_there_for_the_keyboard(panel: TransitionPanel) -> None:
    """The menu key opens the menu of the button with the focus."""
    button = buttons(panel)["plugin_pass"]
    button.menu_wanted.emit(button.mapToGlobal(QPoint(4, 4)))
    assert entries(open_menu())["stateMenuGo"][0]
    press(open_menu(), Qt.Key.Key_Escape)


def test_beside_the_buttons_there_is_no_menu(panel: TransitionPanel) -> None:
    """A right click between buttons offers nothing."""
    assert right_click(panel, QPoint(panel.width() - 2, panel.height() - 2)) is None


def test_a_menu_is_gone_once_it_is_closed(
    panel: TransitionPanel, moves: TransitionActions, qtbot: QtBot
) -> None:
    """Menus that were opened do not pile up."""
    menu = state_menu(moves, "done", panel)
    with qtbot.waitSignal(menu.destroyed):
        menu.close()
    assert not panel.findChildren(QMenu)
