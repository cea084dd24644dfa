from itertools import combinations

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.widgets.actions import (
    ACTIONS,
    MENUS,
    TIPS,
    TOOL_BAR,
    make_actions,
    set_tip,
)
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.window.menu_bar import SUBMENUS
from tests.helpers.sessions import session_in

PUBLIC = (
    "actionNewSession",
    "actionPlay",
    "actionPause",
    "actionStep",
    "actionReset",
    "actionExportDiagram",
    "actionExportLog",
    "actionPresentation",
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window: QWidget) -> dict[str, QAction]:
    return make_actions(window)


def keys_of(actions: dict[str, QAction]) -> dict[str, QKeySequence]:
    return {name: action.shortcut() for name, action in actions.items()}


def test_every_action_is_made(actions: dict[str, QAction]) -> None:
    """There is one action per line of the table, under its object name; public ones among them."""
    assert list(actions) == [spec.name for spec in ACTIONS]
    assert set(PUBLIC) <= actions.keys()
    assert all(action.objectName() == name for name, action in actions.items())


def test_every_action_is_in_a_menu_once(actions: dict[str, QAction]) -> None:
    """Whatever the window can do is found in its menus, in one place."""
    placed = [name for names in MENUS.values() for name in names if name.startswith("action")]
    assert sorted(placed) == sorted(actions)
    assert set(TOOL_BAR) <= actions.keys()


def test_every_action_has_a_shortcut(actions: dict[str, QAction]) -> None:
    """Whatever the window can do can be done with the keyboard."""
    assert [name for name, keys in keys_of(actions).items() if keys.isEmpty()] == []


def test_no_two_shortcuts_are_alike(actions: dict[str, QAction]) -> None:
    """No keys begin as others do: each shortcut means one thing at once."""
    moves = TransitionActions()
    moves.set_session(session_in("pending"))
    go = {action.objectName(): action for action in moves.go.values()}
    keys = keys_of(actions) | keys_of(go)
    none = QKeySequence.SequenceMatch.NoMatch
    alike = [
        (one, other)
        for one, other in combinations(keys, 2)
        if keys[one].matches(keys[other]) != none or keys[other].matches(keys[one]) != none
    ]
    assert alike == []


@pytest.mark.parametrize("names", MENUS.values(), ids=MENUS)
def test_the_mnemonics_of_a_menu_differ(actions: dict[str, QAction], names: list[str]) -> None:
    """Each entry of a menu has a letter of its own that chooses it."""
    texts = [SUBMENUS.get(name) or actions[name].text() for name in names if name]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    assert "" not in letters
    assert len(set(letters)) == len(letters), sorted(letters)


def test_the_menus_mnemonics_differ() -> None:
    """Each menu has a letter of its own that opens it."""
    letters = [QKeySequence.mnemonic(title).toString() for title in MENUS]
    assert "" not in letters
    assert len(set(letters)) == len(letters)


def test_a_tool_tip_tells_what_and_how(actions: dict[str, QAction]) -> None:
    """Tool tips end in the keys; the status bar tells the rest."""
    play = actions["actionPlay"]
    assert play.toolTip() == "Play the scenario (F5)"
    assert play.statusTip() == TIPS["actionPlay"] == "Play the scenario"
    set_tip(play, "Nothing is playing.")
    assert play.toolTip() == "Nothing is playing. (F5)"
    assert play.statusTip() == "Nothing is playing."


def test_a_reason_is_shown_as_it_is(actions: dict[str, QAction]) -> None:
    """Why an action can't be had may hold the name of a state: it is never read as markup."""
    set_tip(actions["actionPlay"], "It is in <b>x</b>.")
    assert actions["actionPlay"].toolTip() == plain_tip("It is in <b>x</b>. (F5)")
    assert "<b>" not in actions["actionPlay"].toolTip()
