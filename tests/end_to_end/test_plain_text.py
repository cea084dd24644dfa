"""Text from outside is text, wherever the window shows it: never markup, never a mnemonic."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialog,
    QFrame,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Enter, Scenario
from exlab_gui.sources.commands import Cancel, Fail, Step
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS, open_menu, press, right_click
from tests.helpers.hostile import (
    ESCAPES,
    assert_plain,
    assert_shown_plain,
    hostile_recording,
)
from tests.helpers.hostile import HOSTILE as HOSTILES
from tests.helpers.names import diagram_item, find, seen
from tests.helpers.window import OpenWindow, settle

HOSTILE = "<b>x</b> &lt; &File"

STATES = ("start", HOSTILE, "failed", "aborted")

MACHINE = StateMachine(
    initial="start",
    table={
        "start": frozenset(STATES[1:]),
        HOSTILE: frozenset({"failed", "aborted"}),
        "failed": frozenset(),
        "aborted": frozenset(),
    },
    phases={HOSTILE: HOSTILE},
)

SCENARIO = Scenario(title=HOSTILE, description=HOSTILE, steps=(Enter(state=HOSTILE),))


@pytest.fixture
def window(open_window: OpenWindow) -> MonitorWindow:
    """Return a window in which everything that can come from outside is hostile."""
    window = open_window(MACHINE)
    window.session_actions.play(SCENARIO)
    window.panes.messages.show_error(HOSTILE)
    window.session_actions.open(SCENARIO)
    window.session.request(Step(HOSTILE))
    settle()
    return window


def tool_tips(window: MonitorWindow) -> list[str]:
    things = (*window.findChildren(QWidget), *window.findChildren(QAction))
    items = [diagram_item(f"state_{state}") for state in STATES]
    cells = [
        str(index.data(Qt.ItemDataRole.ToolTipRole))
        for view in window.findChildren(QAbstractItemView)
        for row in range(view.model().rowCount())
        for index in [view.model().index(row, c) for c in range(view.model().columnCount())]
    ]
    return [*(thing.toolTip() for thing in (*things, *items)), *cells]


@pytest.mark.parametrize("ending", [None, Fail(Error(HOSTILE, HOSTILE, HOSTILE)), Cancel()])
def test_no_tool_tip_is_markup_from_outside(
    window: MonitorWindow, ending: Fail | Cancel | None
) -> None:
    """A tool tip that names something from outside shows it as it is."""
    if ending is not None:
        window.session.request(ending)
    tips = tool_tips(window)
    assert any("&lt;b&gt;" in tip for tip in tips)
    assert not [tip for tip in tips if "<b>" in tip]


def test_every_label_is_plain(window: MonitorWindow) -> None:
    """No label of the window would read its text as markup."""
    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert HOSTILE in [label.text() for label in labels]
    for label in labels:
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()


DIALOGS = ("Compare", "Fail", "Cancel", "Coverage", "Pace", "Connect", "About", "Shortcuts")


@pytest.mark.parametrize("name", DIALOGS)
def test_every_label_of_a_dialog_is_plain(window: MonitorWindow, name: str) -> None:
    """No label of a dialog would read its text as markup, whoever may have written it."""
    window.actions_by_name[f"action{name}"].trigger()
    (dialog,) = window.findChildren(QDialog)
    labels = dialog.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    dialog.close()


def test_private_words_are_listed_as_plain_text(window: MonitorWindow, qtbot: QtBot) -> None:
    """The dialog of a redacted export shows words as they are, and no longer than a line."""
    window.session.request(Fail(Error("x", f"/{HOSTILES['html']}/{'y' * 5_000}")))
    window.actions_by_name["actionExportRedacted"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QDialog)))
    assert_shown_plain(window)
    (dialog,) = window.findChildren(QDialog)
    labels = dialog.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    dialog.close()


def test_buttons_and_menus_have_no_mnemonics_from_outside(window: MonitorWindow) -> None:
    """An ampersand in the name of a state is seen, and underlines nothing."""
    button = window.findChild(QAbstractButton, f"transition_{HOSTILE}")
    assert button.text().replace("&&", "&") == HOSTILE
    assert button.shortcut().isEmpty()
    for name in ("menuGoTo", "menuWalkTo"):
        texts = [action.text() for action in window.findChild(QMenu, name).actions()]
        assert texts == [state.replace("&", "&&") for state in STATES]


def test_names_tell_what_is_shown(window: MonitorWindow) -> None:
    """The label, the log, the list and the title hold the text as it came."""
    now = seen()
    assert now.current == HOSTILE
    assert now.rows[1].state == now.rows[1].phase == HOSTILE
    assert window.sessions.index(1, 1).data() == HOSTILE
    assert window.play_bar.scenarios.currentText() == HOSTILE
    assert HOSTILE in window.windowTitle()


@POPUPS
def test_the_menu_of_a_state_is_plain(window: MonitorWindow) -> None:
    """The context menu of a button tells why not in plain text, too."""
    right_click(window.findChild(QAbstractButton, f"transition_{HOSTILE}"))
    for action in open_menu().actions():
        assert "<b>" not in action.toolTip()
    press(open_menu(), Qt.Key.Key_Escape)


def test_the_window_stays_as_wide_as_it_was(window: MonitorWindow) -> None:
    """Names from outside do not push the window beyond the screen."""
    window.session.request(Fail(Error("x" * 500, "y " * 5_000)))
    window.panes.messages.show_error("z" * 5_000)
    settle()
    assert window.width() == 1280
    assert window.minimumSizeHint().width() <= 1024


def test_an_ordinary_text_is_not_touched(open_window: OpenWindow) -> None:
    """What holds no marks is in the tool tips exactly as it is."""
    window = open_window()
    button = window.findChild(QAbstractButton, "transition_pending")
    assert button.toolTip() == "The session is in pending now; a state never goes to itself."


@pytest.mark.parametrize("name", sorted(HOSTILES.keys() - {"surrogate"}))
def test_a_hostile_recording_is_text_everywhere(
    window: MonitorWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    """Whatever a file says and is called: log, JSON, form, list, dialogs and messages show text."""
    called = "&lt;b&gt;%n" if sys.platform == "win32" else f"<b>{ESCAPES}\n"
    path = tmp_path / f"{called}\u202e.exlab.jsonl"
    path.write_bytes(hostile_recording(HOSTILES[name][:20_000]))
    opened = window.sessions.rowCount()
    window.recordings.open(path)
    qtbot.waitUntil(
        lambda: window.sessions.rowCount() == opened + 1 and not window.context.jobs.busy
    )
    assert find(QFrame, "messageBar").isVisible()  # a line could not be read
    find(QAbstractButton, "eventLogJsonSwitch").setChecked(True)
    table = find(QTableView, "eventLogView")
    for row in range(table.model().rowCount()):
        table.selectRow(row)
        assert_plain(find(QPlainTextEdit, "eventLogJson").toPlainText())
    assert find(QWidget, "pendingInputForm").isVisible()
    find(QMenu, "menuRecentTraces").aboutToShow.emit()
    for action in ("actionCompare", "actionCoverage"):
        window.actions_by_name[action].trigger()
    settle()
    assert_shown_plain(window)
    for position in range(1, table.model().rowCount(), 4):
        window.session.go_to(position)
        settle()
        assert_shown_plain(window)
    for dialog in window.findChildren(QDialog):
        dialog.close()


def test_the_name_of_a_file_is_text(window: MonitorWindow, tmp_path: Path) -> None:
    """A message tells of a file in one line, whatever it is called."""
    window.recordings.record(tmp_path / f"<b>{ESCAPES}\u202e\n.exlab.jsonl")
    assert r"\x1b[31mred" in find(QLabel, "messageText").text()
    assert_shown_plain(window)
    window.recordings.record(tmp_path / ESCAPES / "in no folder.exlab.jsonl")
    assert "cannot be written" in find(QLabel, "messageText").text()
    assert_shown_plain(window)
