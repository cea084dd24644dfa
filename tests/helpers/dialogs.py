"""File dialogs of the window, answered by the keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.dialogs.redact_dialog import RedactDialog
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import press, press_shortcut
from tests.helpers.window import settle


def dialog_of(window: MonitorWindow, action: str) -> QFileDialog:
    """Open a file dialog by the keys of its action."""
    press_shortcut(window, window.actions_by_name[action])
    return open_file_dialog(window)


def open_file_dialog(window: MonitorWindow) -> QFileDialog:
    """Return the file dialog that is open."""
    (dialog,) = window.findChildren(QFileDialog, "fileDialog")
    assert dialog.isVisible()
    return dialog


def redact_dialog(window: MonitorWindow, qtbot: QtBot, action: str) -> RedactDialog:
    """Open the dialog of private words by the keys of an export."""
    press_shortcut(window, window.actions_by_name[action])
    qtbot.waitUntil(lambda: bool(window.findChildren(RedactDialog)))
    (dialog,) = window.findChildren(RedactDialog)
    dialog.activateWindow()
    return dialog


def answer(dialog: QFileDialog, path: Path) -> None:
    """Type the name of a file, and press Enter."""
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    line.setText(str(path))
    line.setFocus()
    press(dialog, Qt.Key.Key_Return)
    settle()


def written(window: MonitorWindow, qtbot: QtBot) -> str:
    """Return what the window says once what was being written is."""
    messages = window.panes.messages
    qtbot.waitUntil(lambda: messages.text != "" and not window.context.jobs.busy)
    return messages.text
