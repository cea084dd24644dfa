"""The records of the actions are complete, and none can be taken for another."""

import re
from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtGui import QAction, QKeySequence

from exlab_gui.controllers.action import Action, MenuName, Submenu
from exlab_gui.widgets.history_bar import MOVES
from exlab_gui.widgets.play_bar import BUTTONS
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.window.entries import ACTIONS, ENTRIES
from exlab_gui.window.menu_bar import NESTED, TITLES
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.sessions import session_in

PUBLIC = {
    *("actionNewSession", "actionPlay", "actionPause", "actionStep", "actionReset"),
    *("actionOpenTrace", "actionSaveTrace", "actionExportDiagram", "actionExportLog"),
    *("actionConnect", "actionForkHere", "actionGoToLatest", "actionPresentation"),
}


def test_every_action_of_a_record_is_in_the_window(window: MonitorWindow) -> None:
    """There is one action per record, under its object name; the public ones are among them."""
    assert list(window.actions_by_name) == [record.name for record in ACTIONS]
    assert PUBLIC | {*BUTTONS, *MOVES} <= window.actions_by_name.keys()
    for record in ACTIONS:
        action = window.actions_by_name[record.name]
        assert (action.objectName(), action.text()) == (record.name, record.text)
        assert action.isCheckable() == (record.checked is not None)


def test_no_two_entries_have_one_name() -> None:
    """A test finds what it looks for."""
    names = [entry.name for entry in ENTRIES]
    assert len(set(names)) == len(names)


def test_every_action_has_its_keys() -> None:
    """Whatever the window can do can be done with the keyboard, and is told there."""
    assert [record.name for record in ACTIONS if QKeySequence(record.keys).isEmpty()] == []


# What macOS, or every program there, does itself: Ctrl is its command key.
OF_MACOS = (
    *("Ctrl+H", "Ctrl+M", "Ctrl+,", "Ctrl+.", "Ctrl+Tab", "Ctrl+Space", "Ctrl+`", "F11", "F12"),
    *("Ctrl+Shift+3", "Ctrl+Shift+4", "Ctrl+Shift+5", "Ctrl+Shift+Q", "Ctrl+Alt+D", "Ctrl+Alt+H"),
)


def test_macos_keeps_its_own_keys() -> None:
    """None of our keys minimises, hides or leaves the program there, or opens its settings."""
    keys = {keys: record.name for record in ACTIONS for keys in record.shortcuts_on("darwin")}
    assert [keys[taken] for taken in OF_MACOS if taken in keys] == []


def test_only_some_actions_are_in_the_menu_of_macos(window: MonitorWindow) -> None:
    """Quit and About have their place there; Qt would guess others from their texts."""
    roles = {name: action.menuRole() for name, action in window.actions_by_name.items()}
    assert roles.pop("actionQuit") == QAction.MenuRole.QuitRole
    assert roles.pop("actionAbout") == QAction.MenuRole.AboutRole
    assert set(roles.values()) == {QAction.MenuRole.NoRole}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_no_two_shortcuts_are_alike(system: str) -> None:
    """No keys begin as others do: each shortcut means one thing at once."""
    moves = TransitionActions()
    moves.set_session(session_in("pending"))
    keys = {keys: QKeySequence(keys) for record in ACTIONS for keys in record.shortcuts_on(system)}
    assert len(keys) == sum(len(record.shortcuts_on(system)) for record in ACTIONS)
    keys |= {action.objectName(): action.shortcut() for action in moves.go.values()}
    none = QKeySequence.SequenceMatch.NoMatch
    alike = [
        (one, other)
        for one, other in combinations(keys, 2)
        if keys[one].matches(keys[other]) != none or keys[other].matches(keys[one]) != none
    ]
    assert alike == []


def test_no_shortcut_takes_the_keys_that_open_a_list() -> None:
    """In a box of choices they show its list, so that Enter takes the choice and no more."""
    keys = {key for record in ACTIONS for key in record.shortcuts}
    assert keys & {"F4", "Alt+Down", "Alt+Up"} == set()


@pytest.mark.parametrize("menu", get_args(MenuName))
def test_the_mnemonics_of_a_menu_differ(menu: MenuName) -> None:
    """Each entry of a menu has a letter of its own that chooses it."""
    texts = [entry.text for entry in ENTRIES if entry.menu == menu]
    texts += [nested.title for nested in NESTED if nested.menu == menu]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    assert "" not in letters
    assert len(set(letters)) == len(letters), sorted(letters)


def test_the_menus_mnemonics_differ() -> None:
    """Each menu has a letter of its own that opens it."""
    letters = [QKeySequence.mnemonic(title).toString() for title in TITLES.values()]
    assert "" not in letters
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_words_follow_the_rules(entry: Action | Submenu) -> None:
    """Sentence case; an ellipsis follows its word; a tip is one sentence without a full stop."""
    words = entry.text.replace("&", "")
    assert not re.search(r"\s…|\.\.\.", words)
    known = {"XES", "exlab-gui"}
    assert [w for w in words.split()[1:] if w != w.lower() and w.strip("…") not in known] == []
    if isinstance(entry, Action):
        assert entry.tip[0].isupper()
        assert not entry.tip.endswith((".", "…"))
