import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTableWidget

from exlab_gui.window.entries import ACTIONS
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.hands import press, press_shortcut
from tests.helpers.window import settle

DIALOGS = {
    "actionFail": "failDialog",
    "actionCancel": "cancelDialog",
    "actionShortcuts": "shortcutsDialog",
    "actionAbout": "aboutDialog",
}


@pytest.mark.parametrize(("action", "name"), DIALOGS.items())
def test_each_dialog_is_opened_and_closed_by_keys(
    window: MonitorWindow, action: str, name: str
) -> None:
    """The keys of its action open a dialog over the window; Escape closes it for good."""
    press_shortcut(window, window.actions_by_name[action])
    (dialog,) = window.findChildren(QDialog, name)
    assert dialog.isVisible()
    assert dialog.isModal()
    assert dialog.windowTitle()
    press(dialog, Qt.Key.Key_Escape)
    settle()
    assert not window.findChildren(QDialog, name)


def test_the_keyboard_dialog_lists_every_shortcut(window: MonitorWindow) -> None:
    """Each action of the window and each state is there, with its keys and what they do."""
    press_shortcut(window, window.actions_by_name["actionShortcuts"])
    table = window.findChild(QTableWidget, "shortcutsTable")
    rows = [[table.item(row, place).text() for place in (1, 0)] for row in range(table.rowCount())]
    known = [[record.tip, keys] for record in ACTIONS for keys in record.shortcuts]
    assert rows[: len(known)] == known
    assert [tip for tip, _ in rows[len(known) :]] == [f"Go to {state}" for state in spec.STATES]
    assert [keys for _, keys in rows[len(known) :]][::10] == ["Ctrl+1", "Ctrl+Shift+2"]
    press(window.findChild(QDialog, "shortcutsDialog"), Qt.Key.Key_Escape)
    settle()


def test_they_are_imported_with_their_first_use() -> None:
    """A window that opens has not waited for dialogs that nobody wants yet."""
    code = (
        "import sys, exlab_gui.window.monitor_window; "
        "sys.exit(any(m in sys.modules for m in "
        "('exlab_gui.widgets.dialogs.about', 'exlab_gui.widgets.dialogs.confirm_dialogs')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
