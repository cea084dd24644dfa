"""What a monkey does with the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.monkey.engine import NONE, Doing, Monkey, act
from tests.monkey.pointing import over_diagram

_KEY = Qt.Key
_KEYS = (
    *(_KEY.Key_Tab, _KEY.Key_Backtab, _KEY.Key_Space, _KEY.Key_Return, _KEY.Key_Enter) * 2,
    *(_KEY.Key_Left, _KEY.Key_Right, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Escape) * 3,
    *(_KEY.Key_Home, _KEY.Key_End, _KEY.Key_PageUp, _KEY.Key_PageDown),
    *(_KEY.Key_Delete, _KEY.Key_Backspace, _KEY.Key_Menu, _KEY.Key_F10, _KEY.Key_F4),
    *(_KEY.Key_A, _KEY.Key_C, _KEY.Key_V, _KEY.Key_X, _KEY.Key_Z, _KEY.Key_0, _KEY.Key_9),
    *(_KEY.Key_Plus, _KEY.Key_Minus, _KEY.Key_Period, _KEY.Key_Comma),
)
_MODIFIERS = (
    *(Qt.KeyboardModifier.NoModifier,) * 6,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
TEXTS = (
    "phase",
    "S-0042",
    "2026-01-31",
    "zzz",
    "Ünïcödé ß",
    "日本語",
    "<b>x</b>",
    "=1+1",
    "1e9",
    " ",
)
_SELDOM = {"actionQuit": 0.1, "actionResetSettings": 0.2, "actionPresentation": 0.5}


@act(14)
def press_shortcut(monkey: Monkey) -> Doing:
    """Press the keys of an action, wherever the focus is."""
    window, lot = monkey.window, monkey.lot
    actions = [*window.actions_by_name.values(), *window.moves.go.values()]
    action = lot.choice([one for one in actions if not one.shortcut().isEmpty()])
    if lot.random() > _SELDOM.get(action.objectName(), 1.0):
        return
    monkey.say(action.objectName())
    if lot.random() < 0.5:
        over_diagram(monkey)
    yield from press_action(monkey, action)


def press_action(monkey: Monkey, action: QAction) -> Doing:
    """Press the keys of `action` in the window."""
    keys = action.shortcut()
    for index in range(keys.count()):
        monkey.press(monkey.window, keys[index].key(), keys[index].keyboardModifiers())
        yield None


_WORK = (
    *("actionNewSession", "actionPlay", "actionStep", "actionGoToLatest") * 2,
    *("actionReset", "actionForkHere", "actionPause"),
)


@act(10)
def work(monkey: Monkey) -> Doing:
    """Do what users do most: new sessions, play, go on."""
    action = monkey.window.actions_by_name[monkey.lot.choice(_WORK)]
    monkey.say(action.objectName())
    yield from press_action(monkey, action)


@act(8, "window", "dialog", "popup")
def press_key(monkey: Monkey) -> Doing:
    """Press a key, once or a few times."""
    key, modifiers = monkey.lot.choice(_KEYS), monkey.lot.choice(_MODIFIERS)
    monkey.say(f"{modifiers.name} {key.name}")
    for _ in range(monkey.lot.choice((1, 1, 1, 3))):
        top = monkey.top
        if monkey.scene == "files":  # it could delete or rename files
            return
        letter = 32 < key < 127 and modifiers == NONE
        monkey.press(top, key, modifiers, text=chr(key).lower() if letter else "")
        yield None


@act(1, "window", "dialog")
def hold_key(monkey: Monkey) -> Doing:
    """Hold a key, which repeats."""
    key = monkey.lot.choice((_KEY.Key_Space, _KEY.Key_Return, _KEY.Key_Down, _KEY.Key_Right))
    monkey.say(key.name)
    for turn in range(8):
        if monkey.scene == "files":
            return
        monkey.press(monkey.top, key, repeats=turn > 0)
        yield None


@act(5, "window", "dialog")
def type_text(monkey: Monkey) -> Doing:
    """Type or paste a text where the focus is, or into some line."""
    lot = monkey.lot
    lines = [
        line
        for line in monkey.top.findChildren(QLineEdit) + monkey.top.findChildren(QPlainTextEdit)
        if line.isVisible() and line.isEnabled()
    ]
    if lines and lot.random() < 0.8:
        lot.choice(lines).setFocus(Qt.FocusReason.MouseFocusReason)
        yield None
    text = lot.choice(TEXTS)
    monkey.say(text)
    if lot.random() < 0.2:
        QGuiApplication.clipboard().setText(text * lot.choice((1, 100)) + "\n\t\x00")
        monkey.press(monkey.top, _KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
        return
    for character in text:
        if monkey.scene in ("files", "popup"):
            return
        monkey.write(monkey.top, character)
        yield None
