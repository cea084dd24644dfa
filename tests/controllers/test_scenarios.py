import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from exlab_gui.bundled_scenarios import bundled_scenarios
from exlab_gui.controllers.scenarios import SCENARIO_FILES
from exlab_gui.core.machine import StateMachine
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import Step
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.dialogs import answer, dialog_of
from tests.helpers.hands import POPUPS, press
from tests.helpers.names import seen
from tests.helpers.window import OpenWindow, settle

pytestmark = POPUPS


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a scenario file of a lab's own."""
    mark = "" if os.name == "nt" else "<b>"  # which no file may be called there
    path = tmp_path / f"{mark}ours & theirs.json"
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
    window.scenarios.open(tmp_path / "missing.json")
    assert window.panes.messages.text == "missing.json: There is no such file."
    window.scenarios.open(scenario)
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
    assert [(a.text(), a.isEnabled()) for a in recent.actions()] == [("No recent files", False)]
    window.scenarios.open(scenario)
    other = tmp_path / "other.json"
    other.write_bytes(scenario.read_bytes())
    window.scenarios.open(other)
    recent.aboutToShow.emit()
    assert [action.text() for action in recent.actions()] == [
        "other.json",
        scenario.name.replace("&", "&&"),
    ]
    assert "<b>" not in recent.actions()[1].toolTip()
    window.session.request(Step("validating"))
    recent.actions()[1].trigger()
    assert window.session.label == "sim-2"


def test_a_dialog_begins_where_the_last_file_was(
    window: MonitorWindow, scenario: Path, settings: Settings
) -> None:
    """The folder of the file that was used last comes up the next time."""
    window.scenarios.open(scenario)
    dialog = dialog_of(window, "actionExportLog")
    assert Path(dialog.directory().absolutePath()) == scenario.parent
    press(dialog, Qt.Key.Key_Escape)
    settle()
    assert not window.findChildren(QFileDialog)
