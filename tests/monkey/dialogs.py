"""What a monkey does with menus, dialogs and files."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
)

from exlab_gui.core.trace import ENDING
from tests.monkey.engine import Doing, Monkey, act, alive
from tests.monkey.pointing import click_at, click_beside_dialog
from tests.monkey.typing_keys import press_action

_SAVING = (
    *("actionSaveTrace", "actionMakeTest", "actionExportLog", "actionExportDiagram"),
    *("actionExportXes", "actionReport", "actionRedactedReport"),
    *("actionRecord",) * 8,
)
_ENDINGS = ("", ENDING, ".jsonl", ".csv", ".svg", ".png", ".pdf", ".dot", ".mmd", ".html", ".xes")


@act(6)
def open_menu(monkey: Monkey) -> Doing:
    bar = monkey.window.menuBar()
    if not alive(bar):
        return
    action = monkey.lot.choice(bar.actions())
    monkey.say(action.text())
    yield from click_at(monkey, bar, bar.actionGeometry(action).center())


@act(30, "popup")
def choose_in_menu(monkey: Monkey) -> Doing:
    """Choose something, by mouse or keys, in the menu or list that is open."""
    popup, lot = QApplication.activePopupWidget(), monkey.lot
    if isinstance(popup, QMenu) and lot.random() < 0.6:
        actions = [one for one in popup.actions() if one.isVisible() and not one.isSeparator()]
        seldom = {"actionQuit", "actionResetSettings"}
        if actions:
            action = lot.choice(actions)
            if action.objectName() in seldom and lot.random() < 0.9:
                return
            monkey.say(action.objectName() or action.text())
            yield from click_at(monkey, popup, popup.actionGeometry(action).center())
        return
    keys = (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left)
    for _ in range(lot.randint(1, 4)):
        if popup is None or not alive(popup):
            return
        monkey.press(popup, lot.choice(keys))
        yield None
    popup = QApplication.activePopupWidget()
    if popup is not None:
        end = lot.choice((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Escape))
        monkey.press(popup, end)


@act(6, "popup")
def leave_menu(monkey: Monkey) -> None:
    """Close the menu by Escape, or by a click at the window."""
    if monkey.lot.random() < 0.5:
        monkey.press(monkey.top, Qt.Key.Key_Escape)
    else:
        click_beside_dialog(monkey)


@act(30, "dialog")
def answer_dialog(monkey: Monkey) -> Doing:
    """Press one of the buttons of the dialog, or Return or Escape."""
    dialog, lot = monkey.top, monkey.lot
    monkey.say(dialog.objectName() or type(dialog).__name__)
    buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisible()]
    if buttons and lot.random() < 0.6:
        button = lot.choice(buttons)
        monkey.say(button.text())
        yield from click_at(monkey, button, button.rect().center())
    else:
        monkey.press(dialog, lot.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))


@act(2)
def connect(monkey: Monkey) -> Doing:
    """Connect to the server, or to an address where there is none."""
    window, lot = monkey.window, monkey.lot
    yield from press_action(monkey, window.actions_by_name["actionConnect"])
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, QDialog) or dialog.objectName() != "connectDialog":
        return
    url = monkey.world.server.url
    address = lot.choice((url, url, url, url, "http://127.0.0.1:9", "nonsense", "http://[::1"))
    dialog.findChild(QComboBox, "connectAddress").setEditText(address)
    monkey.say(address)
    yield None
    if alive(dialog):
        monkey.press(dialog, Qt.Key.Key_Return)
        yield 0.05


@act(5)
def save_something(monkey: Monkey) -> Doing:
    """Begin to record or to export, and answer the dialogs on the way."""
    action = monkey.window.actions_by_name.get(monkey.lot.choice(_SAVING))
    if action is None:
        return
    monkey.say(action.objectName())
    yield from press_action(monkey, action)
    for _ in range(20):
        yield 0.01
        scene = monkey.scene
        if scene == "files":
            yield from answer_file_dialog(monkey)
            return
        if scene == "dialog":
            monkey.press(monkey.top, Qt.Key.Key_Return)


@act(1, "files")
def answer_file_dialog(monkey: Monkey) -> Doing:
    """Type a name and press Enter, or leave the dialog: nothing else, it could delete files."""
    dialog, lot = QApplication.activeModalWidget(), monkey.lot
    if not isinstance(dialog, QFileDialog):
        return
    if lot.random() < 0.15:
        monkey.press(dialog, Qt.Key.Key_Escape)
        return
    saves = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    path = _new_path(monkey) if saves else lot.choice(monkey.world.belongings)
    monkey.say(path.name)
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    line.setText(str(path))
    line.setFocus()
    yield None
    if not alive(dialog):
        return
    monkey.press(dialog, Qt.Key.Key_Return)
    yield None
    if alive(dialog) and QApplication.activeModalWidget() is dialog:  # it does not take that name
        monkey.press(dialog, Qt.Key.Key_Escape)


def _new_path(monkey: Monkey) -> Path:
    """Return a path to save to: a new file, one that is there already, or where nothing can be."""
    lot, folder = monkey.lot, monkey.world.output
    if lot.random() < 0.03:
        return lot.choice((folder, folder / "missing" / "a.svg", Path("/dev/full")))
    return folder / f"{lot.choice('abcdef')}{lot.choice(_ENDINGS)}"
