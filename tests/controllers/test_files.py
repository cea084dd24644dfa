import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from exlab_gui.controllers.files import DIAGRAM_FILES, LOG_FILES, SCENARIO_FILES
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.export.diagram import ENDINGS
from exlab_gui.models.session_model import SessionModel
from exlab_gui.scenarios import bundled_scenarios
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import Step, WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.hands import POPUPS, press, press_shortcut
from tests.helpers.names import seen
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START
from tests.helpers.window import OpenWindow, settle

pytestmark = POPUPS


def dialog_of(window: MonitorWindow, action: str) -> QFileDialog:
    """Open a file dialog by the keys of its action."""
    press_shortcut(window, window.actions_by_name[action])
    (dialog,) = window.findChildren(QFileDialog, "fileDialog")
    assert dialog.isVisible()
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
    qtbot.waitUntil(lambda: messages.text != "" and not window.jobs.busy)
    return messages.text


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a scenario file of a lab's own."""
    path = tmp_path / "<b>ours & theirs.json"
    told = json.loads(bundled_scenarios()["plugin_fails"].read_text("utf-8"))
    path.write_text(json.dumps(told | {"title": "Ours"}), "utf-8")
    return path


def test_a_scenario_is_opened(window: MonitorWindow, scenario: Path) -> None:
    """A good file is what the session plays next; nothing needs to be said."""
    dialog = dialog_of(window, "actionOpenScenario")
    assert dialog.nameFilters() == list(SCENARIO_FILES)
    answer(dialog, scenario)
    assert window.session.source.info.scenario.title == "Ours"
    assert window.play_bar.scenarios.currentText() == "Ours"
    assert window.panes.messages.text == ""
    assert window.sessions.rowCount() == 1


def test_a_session_that_has_begun_is_left_as_it_is(window: MonitorWindow, scenario: Path) -> None:
    """Where the shown session has a history already, a new one plays the file."""
    begun = window.session
    begun.request(Step("validating"))
    answer(dialog_of(window, "actionOpenScenario"), scenario)
    assert window.session is not begun
    assert window.session.source.info.scenario.title == "Ours"
    assert (begun.state, begun.source.info.scenario) == ("validating", None)


@pytest.mark.parametrize("content", ["{", "[]", "\x00\x01", ""])
def test_a_bad_file_changes_nothing(window: MonitorWindow, tmp_path: Path, content: str) -> None:
    """A file that holds no scenario gets one clear message, and everything is as it was."""
    window.session.request(Step("validating"))
    before, labels = seen(), window.play_bar.scenarios.count()
    path = tmp_path / "bad.json"
    path.write_text(content, "utf-8")
    answer(dialog_of(window, "actionOpenScenario"), path)
    assert window.panes.messages.text.startswith("bad.json")
    assert seen() == before
    assert window.sessions.rowCount() == 1
    assert window.play_bar.scenarios.count() == labels
    assert window.settings.names("files/recent") == []


def test_an_illegal_step_is_named_with_its_place(window: MonitorWindow, tmp_path: Path) -> None:
    """A step that the window would refuse is refused in a file, too, by line and number."""
    path = tmp_path / "bad.json"
    steps = ['{"do": "enter", "state": "validating"}', '{"do": "enter", "state": "done"}']
    head = '{"format": "exlab-scenario", "version": 1, "title": "T", "steps": [\n'
    path.write_text(head + ",\n".join(steps) + "]}", "utf-8")
    answer(dialog_of(window, "actionOpenScenario"), path)
    assert window.panes.messages.text == (
        "bad.json, line 3, step 2: validating → done: Not legal from validating. "
        "done is reached only from sync_queued: 6 steps away "
        "(rendering → plugin_pass → cache_write → post_validate → sync_queued → done)."
    )


def test_a_good_file_after_a_bad_one_leaves_no_message(
    window: MonitorWindow, tmp_path: Path, scenario: Path
) -> None:
    """A complaint is gone once what it was about is mended."""
    window.files.open_scenario(tmp_path / "missing.json")
    assert window.panes.messages.text == "missing.json: there is no such file."
    window.files.open_scenario(scenario)
    assert window.panes.messages.text == ""


def test_a_scenario_is_checked_against_the_windows_machine(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    """In a window on another machine, that machine says which steps are legal."""
    machine = StateMachine("a", {"a": frozenset({"b"}), "b": frozenset()}, {})
    window = open_window(machine)
    path = tmp_path / "other.json"
    step = '{"do": "enter", "state": "b"}'
    path.write_text(
        f'{{"format": "exlab-scenario", "version": 1, "title": "T", "steps": [{step}]}}', "utf-8"
    )
    answer(dialog_of(window, "actionOpenScenario"), path)
    assert window.panes.messages.text == ""
    assert window.session.source.info.scenario.title == "T"


def test_opened_files_are_offered_again(
    window: MonitorWindow, scenario: Path, tmp_path: Path
) -> None:
    """The files opened last are in a menu, the latest first, each with its whole path."""
    recent = window.findChild(QMenu, "menuRecentScenarios")
    recent.aboutToShow.emit()
    assert [(a.text(), a.isEnabled()) for a in recent.actions()] == [
        ("No file was opened yet", False)
    ]
    window.files.open_scenario(scenario)
    other = tmp_path / "other.json"
    other.write_bytes(scenario.read_bytes())
    window.files.open_scenario(other)
    recent.aboutToShow.emit()
    assert [action.text() for action in recent.actions()] == [
        "other.json",
        "<b>ours && theirs.json",
    ]
    assert "<b>" not in recent.actions()[1].toolTip()
    window.session.request(Step("validating"))
    recent.actions()[1].trigger()
    assert window.session.label == "sim-2"


def test_a_dialog_begins_where_the_last_file_was(
    window: MonitorWindow, scenario: Path, settings: Settings
) -> None:
    """The folder of the file that was used last comes up the next time."""
    window.files.open_scenario(scenario)
    dialog = dialog_of(window, "actionExportLog")
    assert Path(dialog.directory().absolutePath()) == scenario.parent
    press(dialog, Qt.Key.Key_Escape)
    settle()
    assert not window.findChildren(QFileDialog)


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_the_log_is_exported(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, ending: str
) -> None:
    """Every event is written, also those that the log's view leaves out, and the window says so."""
    window.session.request(WalkTo("done"))
    window.panes.log.clear_view()
    dialog = dialog_of(window, "actionExportLog")
    assert dialog.nameFilters() == list(LOG_FILES)
    path = tmp_path / f"log{ending}"
    answer(dialog, path)
    assert written(window, qtbot) == f"Saved {path}"
    lines = path.read_text("utf-8-sig").splitlines()
    events = lines if ending == ".jsonl" else lines[1:]
    assert len(events) == 8
    assert all(
        state in line for state, line in zip(("pending", *spec.WAYS["done"]), events, strict=True)
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_diagram_is_exported(window: MonitorWindow, tmp_path: Path, ending: str) -> None:
    """The diagram is saved as it is seen, in the form that the name's ending asks for."""
    window.session.request(WalkTo("rendering"))
    path = tmp_path / f"diagram{ending}"
    dialog = dialog_of(window, "actionExportDiagram")
    assert dialog.nameFilters() == list(DIAGRAM_FILES)
    answer(dialog, path)
    assert window.panes.messages.text == f"Saved {path}"
    assert path.stat().st_size > 500
    if ending == ".svg":
        assert "<title>rendering: current</title>" in path.read_text("utf-8")
        assert "<title>validating → rendering: last</title>" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("action", "kind", "ending"),
    [
        ("actionExportLog", LOG_FILES[1], ".csv"),
        ("actionExportDiagram", DIAGRAM_FILES[1], ".png"),
    ],
)
def test_the_chosen_kind_of_file_gives_the_ending(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, action: str, kind: str, ending: str
) -> None:
    """Who picks a kind of file and types a name without an ending gets that kind."""
    dialog = dialog_of(window, action)
    dialog.selectNameFilter(kind)
    dialog.filterSelected.emit(kind)
    answer(dialog, tmp_path / "mine")
    assert written(window, qtbot) == f"Saved {tmp_path / 'mine'}{ending}"


@pytest.mark.parametrize("action", ["actionExportLog", "actionExportDiagram"])
def test_a_file_that_cannot_be_written_is_told(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, action: str
) -> None:
    """Why a file was not written is said in words, and nothing else changes."""
    before = seen()
    save = window.files.save_log if action == "actionExportLog" else window.files.save_diagram
    ending = "jsonl" if action == "actionExportLog" else "svg"
    path = tmp_path / "missing" / f"x.{ending}"
    save(window.session, path)
    assert written(window, qtbot) == f"{path} cannot be written: No such file or directory."
    assert seen() == before


@pytest.mark.parametrize("save", ["save_log", "save_diagram"])
def test_an_ending_that_is_not_known_is_told(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, save: str
) -> None:
    """A file of a kind that is not written is not made; the kinds that are, are named."""
    getattr(window.files, save)(window.session, tmp_path / "x.docx")
    assert "x.docx" in written(window, qtbot)
    assert not (tmp_path / "x.docx").exists()


def test_what_was_observed_is_exported_too(window: MonitorWindow, tmp_path: Path) -> None:
    """A transition against the table is in the picture; an unknown state does not prevent it."""
    history = [
        Event(n, START, state, Origin.OBSERVED)
        for n, state in enumerate(("pending", "rendering", "limbo"), 1)
    ]
    session = SessionModel(RecordedSource(CREATION_MACHINE, history))
    path = tmp_path / "diagram.svg"
    window.files.save_diagram(session, path)
    assert window.panes.messages.text == f"Saved {path}"
    assert "pending → rendering: violation" in path.read_text("utf-8")


def test_writing_can_be_stopped(window: MonitorWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """A long log that is being written is given up when the user has had enough."""
    history = [
        Event(
            n,
            START + timedelta(seconds=n),
            "validating",
            Origin.OBSERVED,
            ProgressEnvelope("validating_inputs", n, 10**6),
        )
        for n in range(1, 200_001)
    ]
    session = SessionModel(RecordedSource(CREATION_MACHINE, history))
    path = tmp_path / "log.csv"
    window.files.save_log(session, path)
    qtbot.waitUntil(lambda: window.panes.messages.text != "")
    window.panes.messages.end()
    qtbot.waitUntil(lambda: window.panes.messages.text == "Stopped: Writing log.csv")
    assert list(tmp_path.glob("*log.csv*")) == []


def test_files_are_written_one_after_the_other(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """Who asks for a second one meanwhile gets both; what failed is told at the end."""
    window.files.save_log(window.session, tmp_path / "a.jsonl")
    window.files.save_log(window.session, tmp_path / "b.docx")
    window.files.save_log(window.session, tmp_path / "c.jsonl")
    assert written(window, qtbot).startswith("b.docx: ")
    assert {path.name for path in tmp_path.glob("*.*")} >= {"a.jsonl", "c.jsonl"}
