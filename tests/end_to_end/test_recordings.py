"""Recordings in the window, by object names: kept, opened, gone through, forked, compared."""

import json
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.protocol.emission import DEFAULT_RESULT
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import load
from exlab_gui.widgets.dialogs.redact_dialog import RedactDialog
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click, press, press_shortcut
from tests.helpers.names import Row, Rows, Seen, find, rows, seen, the_window

WAY = ("validating", "rendering", "plugin_pass", "cache_write")


def trigger(name: str) -> None:
    find(QAction, name).trigger()


def step(*states: str) -> list[Seen]:
    """Take the session to each of `states`, and return what was seen there."""
    found = []
    for state in states:
        trigger(f"actionGoTo_{state}")
        found.append(seen())
    return found


def without_notes(log: Rows) -> Rows:
    """Return `log` as it was before the check remarked that the session never ended."""
    return [Row(re.sub(r"^Note: .*?\.  ", "", cell) for cell in row) for row in log]


def choose_file(path: Path) -> None:
    """Choose `path` in the file dialog that is open."""
    dialog = find(QFileDialog, "fileDialog")
    dialog.fileSelected.emit(str(path))
    dialog.close()
    the_window().activateWindow()  # as a window manager does


def message() -> str:
    return find(QLabel, "messageText").text()


def save(qtbot: QtBot, path: Path) -> None:
    trigger("actionSaveTrace")
    choose_file(path)
    qtbot.waitUntil(lambda: path.name in message() and message().startswith("Saved"))


def open_recording(qtbot: QtBot, path: Path) -> None:
    label = path.name.removesuffix(".exlab.jsonl")
    trigger("actionOpenTrace")
    choose_file(path)
    qtbot.waitUntil(lambda: label in find(QLabel, "originLabel").text())


@pytest.fixture
def recorded(window: MonitorWindow, qtbot: QtBot, tmp_path: Path) -> list[Seen]:
    """Return what was seen of a session at each of its moments; its recording is opened."""
    at_first = seen()
    then = step(*WAY)
    path = tmp_path / "one.exlab.jsonl"
    save(qtbot, path)
    open_recording(qtbot, path)
    return [at_first, *then]


def test_what_was_saved_is_shown_as_it_was(recorded: list[Seen]) -> None:
    """A recording needs no server and no session to be looked at."""
    now = seen()
    assert without_notes(now.rows) == recorded[-1].rows
    assert now.states == recorded[-1].states
    assert now.edges == recorded[-1].edges
    assert now.current == "cache_write"
    assert "Recorded" in find(QLabel, "originLabel").text()


def test_nothing_in_a_recording_can_be_stepped(recorded: list[Seen]) -> None:
    """Every button is disabled and says what to do instead."""
    now = seen()
    assert now.enabled == set()
    assert all("Fork" in tip for tip in now.tips.values())


@pytest.mark.parametrize("live", [True, False], ids=["simulated", "recorded"])
def test_every_moment_is_shown_as_it_was(
    recorded: list[Seen], live: bool, window: MonitorWindow
) -> None:
    """Going back moves the diagram, the details and the log's selection; the way back leads on."""
    if live:
        trigger("actionPreviousSession")
    log = find(QTableView, "eventLogView")
    for place in range(len(recorded) - 2, -1, -1):
        trigger("actionGoBack")
        now = seen()
        assert now.current == recorded[place].current
        assert now.states == recorded[place].states
        assert now.edges == recorded[place].edges
        assert now.enabled == set()
        assert [index.row() for index in log.selectionModel().selectedRows()] == [place]
        assert f"event {place + 1} of {len(recorded)}" in find(QLabel, "pastLabel").text()
    assert not find(QAction, "actionGoBack").isEnabled()
    trigger("actionGoToLatest")
    assert seen().current == "cache_write"
    assert seen().enabled == (recorded[-1].enabled if live else set())


def test_looking_back_does_not_stop_the_session(window: MonitorWindow) -> None:
    """What goes on meanwhile is logged, and there when the user returns; it cannot be stepped."""
    window.session_actions.play(find_scenario("happy_path"))
    step("validating")
    trigger("actionGoToFirst")
    assert find(QWidget, "pastBar").isVisible()
    assert "Past" in find(QLabel, "pastLabel").text()
    assert all("past" in tip for tip in seen().tips.values())
    trigger("actionStep")
    assert seen().current == "pending"
    assert len(rows()) == 3
    trigger("actionGoToLatest")
    assert seen().current == "rendering"
    assert not find(QWidget, "pastBar").isVisible()


def test_the_timeline_is_a_scrubber(recorded: list[Seen], window: MonitorWindow) -> None:
    """Pressing shows the moment below; dragging to the right end shows the latest."""
    timeline = find(QWidget, "timelineView")
    timeline.repaint()
    click(timeline, QPoint(1, 12))
    assert seen().current == "pending"
    click(timeline, QPoint(timeline.width() - 1, 12))
    assert seen().current == "cache_write"
    timeline.setFocus()
    press(the_window(), Qt.Key.Key_Left)
    assert seen().current == "plugin_pass"
    press(the_window(), Qt.Key.Key_Home)
    assert seen().current == "pending"
    press(the_window(), Qt.Key.Key_End)
    assert seen().current == "cache_write"


def test_a_row_of_the_log_leads_to_its_moment(recorded: list[Seen]) -> None:
    """Enter on a row, or a double click, shows the session as it was then."""
    log = find(QTableView, "eventLogView")
    log.selectRow(2)
    log.setFocus()
    press(the_window(), Qt.Key.Key_Return)
    assert seen().current == "rendering"


@pytest.mark.parametrize("place", range(len(WAY) + 1))
def test_a_fork_goes_on_by_hand_from_any_moment(
    recorded: list[Seen], place: int, window: MonitorWindow
) -> None:
    """It begins with that history, is marked as a fork, and leaves the recording as it was."""
    while len(recorded) - 1 != place and find(QAction, "actionGoBack").isEnabled():
        if f"event {place + 1} of" in find(QLabel, "pastLabel").text():
            break
        trigger("actionGoBack")
    trigger("actionForkHere")
    forked = seen()
    assert forked.current == recorded[place].current
    assert forked.rows == recorded[place].rows
    assert forked.enabled == recorded[place].enabled
    assert f"Fork of one at event {place + 1}" in find(QLabel, "originLabel").text()
    step("failed")
    assert seen().current == "failed"
    assert [row[0] for row in rows()] == [str(n) for n in range(1, place + 3)]
    trigger("actionPreviousSession")
    trigger("actionGoToLatest")
    assert without_notes(rows()) == recorded[-1].rows


def test_a_fork_is_a_fork_in_its_recording_too(
    recorded: list[Seen], qtbot: QtBot, tmp_path: Path
) -> None:
    """Whoever opens it later is told."""
    trigger("actionForkHere")
    path = tmp_path / "fork.exlab.jsonl"
    save(qtbot, path)
    fork = load(path).header.fork
    assert fork is not None
    assert (fork.of, fork.seq) == ("one", 5)
    open_recording(qtbot, path)
    assert "Fork of one" in find(QLabel, "originLabel").text()


def test_two_sessions_are_compared(recorded: list[Seen], window: MonitorWindow) -> None:
    """The dialog says where they diverge, what each did after, and the time of each visit."""
    trigger("actionForkHere")
    step("failed")
    trigger("actionCompare")
    find(QComboBox, "compareOther").setCurrentText("one")
    ways = find(QLabel, "compareWays").text()
    assert "They diverge after cache_write" in ways
    assert "failed" in ways
    assert "one has no later states" in ways
    rows = find(QTableView, "compareTable").model()
    cells = [
        [rows.index(row, place).data() for place in range(4)] for row in range(rows.rowCount())
    ]
    assert [row[0] for row in cells] == ["pending", *WAY, "failed"]
    assert cells[0][3] == "0 s"  # a fork has the times of its origin
    assert cells[-1] == ["failed", "Failed", "not entered", "≠"]
    for place in (1, 2, 3):
        alignment = rows.index(0, place).data(Qt.ItemDataRole.TextAlignmentRole)
        assert alignment & Qt.AlignmentFlag.AlignRight
    dialog = QApplication.activeModalWidget() or find(QWidget, "compareDialog")
    dialog.close()


def test_recording_to_a_file_writes_as_it_happens(window: MonitorWindow, tmp_path: Path) -> None:
    """The file holds what the log shows, at every moment, and ends whole."""
    step("validating")
    path = tmp_path / "live.exlab.jsonl"
    trigger("actionRecord")
    choose_file(path)
    assert find(QAction, "actionRecord").isChecked()
    for state in WAY[1:]:
        step(state)
        assert [event.state for event in load(path).events][-1] == state
        assert len(load(path).events) == len(rows())
    trigger("actionRecord")
    assert not find(QAction, "actionRecord").isChecked()
    step("failed")
    assert load(path).events[-1].state == WAY[-1]


def test_a_session_that_is_reset_ends_its_recording_and_says_so(
    window: MonitorWindow, tmp_path: Path
) -> None:
    """Two sessions never get into one file."""
    path = tmp_path / "live.exlab.jsonl"
    trigger("actionRecord")
    choose_file(path)
    step("validating")
    trigger("actionReset")
    assert "started again" in message()
    assert not find(QAction, "actionRecord").isChecked()
    assert [event.state for event in load(path).events] == ["pending", "validating"]


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
    "gzip": (b"\x1f\x8b\x08" + bytes(20), "gzip"),
    "other JSON": (b'{"format": "something"}\n', "Not an exlab recording"),
    "not UTF-8": (b"\xff\xff\xff\xff", "UTF-8"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_is_no_recording_gets_one_message_and_changes_nothing(
    window: MonitorWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    """It says which file, and what it is."""
    content, said = BAD_FILES[name]
    path = tmp_path / "bad.exlab.jsonl"
    path.write_bytes(content)
    step("validating")
    before = seen()
    trigger("actionOpenTrace")
    choose_file(path)
    qtbot.waitUntil(lambda: path.name in message() and "Reading" not in message())
    assert said in message()
    assert seen() == before
    assert find(QAbstractItemView, "sessionListView").model().rowCount() == 1


def test_a_file_that_is_cut_off_is_shown_as_far_as_it_goes(
    recorded: list[Seen], qtbot: QtBot, tmp_path: Path
) -> None:
    """The message says where it ends, and the problem is counted."""
    path = tmp_path / "cut.exlab.jsonl"
    path.write_bytes((tmp_path / "one.exlab.jsonl").read_bytes()[:-20])
    open_recording(qtbot, path)
    qtbot.waitUntil(lambda: "incomplete" in message())
    assert "line 6" in message()
    assert without_notes(rows()) == recorded[-2].rows
    assert find(QLabel, "problemCountLabel").text() == "1 rule violation"


def test_a_recording_that_breaks_the_rules_shows_where(
    recorded: list[Seen], qtbot: QtBot, tmp_path: Path
) -> None:
    """The edge is drawn as a violation, the row says which rule, and both are counted."""
    lines = (tmp_path / "one.exlab.jsonl").read_text().splitlines()
    broken = []
    for line in [*lines[:2], *lines[3:]]:
        event = json.loads(line)
        if "seq" in event and event["seq"] > 2:
            event["seq"] -= 1
        broken.append(json.dumps(event))
    path = tmp_path / "broken.exlab.jsonl"
    path.write_text("\n".join(broken) + "\n")
    open_recording(qtbot, path)
    now = seen()
    assert now.edges["pending", "rendering"] == "violation"
    assert "⚠" in now.rows[1].detail
    assert "pending" in now.rows[1].detail
    assert find(QLabel, "problemCountLabel").text() == "1 rule violation"
    trigger("actionNextFinding")
    assert seen().current == "rendering"
    trigger("actionGoToFirst")
    assert "violation" not in seen().edges.values()


@pytest.mark.parametrize(
    ("action", "name", "holds"),
    [
        ("actionExportXes", "one.xes", "<log"),
        ("actionExportReport", "one.html", "<html"),
        ("actionExportLog", "one.csv", "State"),
        ("actionExportDiagram", "one.svg", "<svg"),
    ],
)
def test_every_way_out_writes_its_file(
    recorded: list[Seen], qtbot: QtBot, tmp_path: Path, action: str, name: str, holds: str
) -> None:
    """What the menu offers is written where the user says."""
    path = tmp_path / name
    trigger(action)
    choose_file(path)
    qtbot.waitUntil(lambda: message().startswith("Saved") and name in message())
    assert holds in path.read_text(encoding="utf-8")


def drop(window: MonitorWindow, *urls: QUrl) -> None:
    data = QMimeData()
    data.setUrls(urls)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none))


def test_a_recording_can_be_dropped_on_the_window(
    recorded: list[Seen], window: MonitorWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """From the file manager, as any document."""
    before = find(QAbstractItemView, "sessionListView").model().rowCount()
    drop(window, QUrl.fromLocalFile(str(tmp_path / "one.exlab.jsonl")))
    sessions = find(QAbstractItemView, "sessionListView").model()
    qtbot.waitUntil(lambda: sessions.rowCount() == before + 1)


def test_whatever_is_dropped_is_opened_or_named(
    recorded: list[Seen], window: MonitorWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """In one message, which no success wipes away, in whatever order they come."""
    good = QUrl.fromLocalFile(str(tmp_path / "one.exlab.jsonl"))
    (tmp_path / "scenario.JSON").write_bytes(b"{")
    (tmp_path / "empty.exlab.jsonl").write_bytes(b"")
    missing = "none\u2028" if sys.platform == "win32" else "none\n"
    bad = [QUrl.fromLocalFile(str(tmp_path / name)) for name in ("scenario.JSON", ".", missing)]
    bad += [QUrl("https://example.org/x.exlab.jsonl")]
    before = find(QAbstractItemView, "sessionListView").model().rowCount()
    drop(window, bad[0], good, *bad, QUrl.fromLocalFile(str(tmp_path / "empty.exlab.jsonl")), good)
    qtbot.waitUntil(lambda: not window.context.jobs.busy)
    assert find(QAbstractItemView, "sessionListView").model().rowCount() == before + 2
    said = message().split("\n")
    assert len(said) == 6
    for sentence in (
        "scenario.JSON, line 1, column 2: a key in double quotes is expected.",
        f"{tmp_path.name}: This is a folder.",
        f"{file_name(missing)}: There is no such file.",
        "https://example.org/x.exlab.jsonl: only files on this computer can be opened.",
        "empty.exlab.jsonl: The file is empty.",
    ):
        assert sentence in said


def test_a_message_has_room_in_the_window(
    window: MonitorWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """If very many fail, the first are named, and the others counted."""
    drop(window, *(QUrl.fromLocalFile(str(tmp_path / f"{n}.exlab.jsonl")) for n in range(50)))
    qtbot.waitUntil(lambda: not window.context.jobs.busy)
    first, *_, last = said = message().split("\n")
    assert (first, last) == (
        "0.exlab.jsonl: There is no such file.",
        "and 30 more, which are in the log",
    )
    assert len(said) == 21


def test_what_was_opened_is_among_the_recent_files(recorded: list[Seen]) -> None:
    """The menu opens it again."""
    from PySide6.QtWidgets import QMenu

    menu = find(QMenu, "menuRecentTraces")
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["one.exlab.jsonl"]


def test_the_keys_go_through_the_recording(recorded: list[Seen], window: MonitorWindow) -> None:
    """Alt with the arrows, Home and End."""
    for name, current in (
        ("actionGoBack", "plugin_pass"),
        ("actionGoToFirst", "pending"),
        ("actionGoForward", "validating"),
        ("actionGoToLatest", "cache_write"),
    ):
        press_shortcut(window, find(QAction, name))
        assert seen().current == current


def test_a_report_without_names_has_none_of_them(
    window: MonitorWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """What the operator answered and where the folder is stand in a report, unless left out."""
    step("validating", "rendering", "plugin_pass", "input_required")
    find(QLineEdit, "field_sample_id").setText("S-4711-Müller")
    click(find(QAbstractButton, "pendingInputSubmit"))
    step("cache_write", "post_validate", "sync_queued", "done")
    assert "S-4711-Müller" in str(rows())
    folder = DEFAULT_RESULT["path"]
    told = {}
    for action in ("actionExportReport", "actionExportRedacted"):
        path = tmp_path / f"{action}.html"
        trigger(action)
        if action == "actionExportRedacted":
            qtbot.waitUntil(lambda: bool(window.findChildren(RedactDialog)))
            click(find(QAbstractButton, "redactConfirm"))
        choose_file(path)
        qtbot.waitUntil(lambda path=path: path.name in message() and "Saved" in message())
        told[action] = path.read_text(encoding="utf-8")
    assert "S-4711-Müller" in told["actionExportReport"]
    assert folder in told["actionExportReport"]
    assert "Müller" not in told["actionExportRedacted"]
    names = folder.split("/")[2:]  # those of the equipment, the project and the run
    assert not [name for name in names if name in told["actionExportRedacted"]]


def test_a_file_has_one_writer(window: MonitorWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """Neither another session, nor saving over it, takes a file that is recorded to."""
    path = tmp_path / "a.exlab.jsonl"
    first = window.session
    window.recordings.record(path)
    assert find(QLabel, "recordingLabel").text() == "● Recording to a.exlab.jsonl"
    assert " – recording" in window.windowTitle()
    refusal = f"session {first.label} is being recorded to it."
    trigger("actionSaveTrace")
    choose_file(path)
    qtbot.waitUntil(lambda: message().endswith(refusal))
    second = window.session_actions.open()
    window.panes.messages.dismiss()
    trigger("actionRecord")
    choose_file(path)
    assert message().endswith(refusal)
    assert second.recorded_to is None
    assert find(QLabel, "recordingLabel").isHidden()
    window.session_actions.show(first)
    step("validating")
    trigger("actionRecord")
    assert [event.state for event in load(path).events] == ["pending", "validating"]
    assert " – recording" not in window.windowTitle()
