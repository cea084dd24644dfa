"""Hands that let go of what they pressed."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from exlab_gui.testing.user_input import activate, click, press, press_shortcut

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("modifiers", [CTRL, SHIFT, CTRL | SHIFT])
def test_modifiers_are_released(qtbot: QtBot, modifiers: Qt.KeyboardModifier) -> None:
    """What is selected next is not added to what was: as with a real keyboard."""
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    press(line, Qt.Key.Key_A, modifiers)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
    click(line, QPoint(2, 2), modifiers=modifiers)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


def test_keys_that_close_what_has_the_focus(qtbot: QtBot) -> None:
    """There is no window left to which the release could go."""
    line = QLineEdit()
    line.show()
    close = QAction("Close", line, shortcut="Ctrl+W")
    close.triggered.connect(lambda: delete(line))
    line.addAction(close)
    activate(line)
    press_shortcut(line, close)
    assert not isValid(line)
