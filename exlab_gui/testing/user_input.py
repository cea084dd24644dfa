"""Clicks and keys that reach a window as those of a mouse and a keyboard do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

_CONTROL = re.compile("[\x00-\x1f\x7f]")
# Each layout asks the one around it for another place, each time in a new turn.
_LAYOUT_TURNS = 8
_NONE = Qt.KeyboardModifier.NoModifier


def activate(window: QWidget) -> None:
    """Make `window` the active one; raises RuntimeError if another program keeps it from that."""
    if not window.isActiveWindow():
        window.activateWindow()
        if not QTest.qWaitForWindowActive(window):
            raise RuntimeError(f"{window.objectName()} does not become the active window")
    _let_settle(window)


@contextmanager
def slowly(pause_ms: int, _call: object) -> Iterator[None]:
    """Wait for `pause_ms` before the block."""
    QTest.qWait(pause_ms)
    yield


def _let_settle(window: QWidget) -> None:
    """Return when the window has its size: a display gives it one after it was shown.

    A click would go to what was at its place before.
    """
    size = None
    while size != window.size():
        size = window.size()
        for _ in range(_LAYOUT_TURNS):
            QApplication.processEvents()


def click(
    widget: QWidget,
    at: QPoint | None = None,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifiers: Qt.KeyboardModifier = _NONE,
) -> None:
    """Click at the place `at` of `widget`, by default its middle: whatever is there gets it."""
    top = widget.window()
    place = widget.mapTo(top, widget.rect().center() if at is None else at)
    QTest.mouseClick(top.windowHandle(), button, modifiers, place)
    _release(top, modifiers)


def right_click(widget: QWidget, at: QPoint | None = None) -> QMenu | None:
    """Click with the right button; return the menu that this opens, or None."""
    click(widget, at, Qt.MouseButton.RightButton)
    return open_menu()


def open_menu() -> QMenu | None:
    """Return the menu that is open, or None."""
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    """Press and release a key while `window` is the active one: what has the focus gets it."""
    QTest.keyPress(window.windowHandle(), key, modifiers)
    if isValid(window) and window.windowHandle() is not None:  # the key may have closed it
        QTest.keyRelease(window.windowHandle(), key, modifiers)
    _release(window, modifiers)


def _release(window: QWidget, modifiers: Qt.KeyboardModifier) -> None:
    """Release the modifiers, or else Qt takes them for pressed until the next event."""
    if modifiers != _NONE and isValid(window) and window.windowHandle() is not None:
        QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Control, _NONE)


def press_shortcut(window: QWidget, action: QAction) -> None:
    """Press the keys that `action` has as its shortcut."""
    keys = action.shortcut()
    for index in range(keys.count()):
        key = keys[index]  # type: ignore[index]  # the stub of PySide lacks it
        press(window, key.key(), key.keyboardModifiers())


def write(window: QWidget, text: str) -> None:
    """Type `text`, of any script; raises ValueError for a control character in it."""
    if control := _CONTROL.search(text):
        raise ValueError(f"{control[0]!r} cannot be typed")  # Qt would abort the program
    handle = window.windowHandle()
    for character in text:
        if character.isascii():
            # The stub of PySide takes a number here, Qt a character.
            QTest.keyClick(handle, character)  # type: ignore[call-overload]  # see above
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, Qt.Key.Key_unknown, _NONE, character)
                QApplication.sendEvent(handle, key)
