"""The window writes files for others, and tells how it went."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error, ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.export.diagram import formats as diagram
from exlab_gui.export.exporter import Exporter
from exlab_gui.export.log import EXPORTER as LOG
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Fail, WalkTo
from exlab_gui.widgets.tables import ReadOnlyTable
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.dialogs import answer, dialog_of, open_file_dialog, redact_dialog, written
from tests.helpers.hands import POPUPS, press, write
from tests.helpers.names import seen
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START

pytestmark = POPUPS

DIAGRAM = diagram.EXPORTER


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.action)
def test_every_export_is_offered(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, exporter: Exporter[Any]
) -> None:
    """Its keys ask for a file, by the words of its action; the file is written, and told of."""
    window.session.request(WalkTo("done"))
    if exporter.redacted:
        press(redact_dialog(window, qtbot, exporter.action), Qt.Key.Key_Return)
        dialog = open_file_dialog(window)
    else:
        dialog = dialog_of(window, exporter.action)
    assert dialog.windowTitle() in window.actions_by_name[exporter.action].text().replace("&", "")
    assert dialog.selectedFiles()[0].endswith(exporter.formats[0].suffixes[0])
    labels = [form.label for form in exporter.formats]
    assert [name.partition(" (*.")[0] for name in dialog.nameFilters()] == labels
    answer(dialog, tmp_path / "mine")
    path = tmp_path / f"mine{exporter.formats[0].suffixes[0]}"
    assert written(window, qtbot) == f"Saved {path}"
    assert path.stat().st_size > 500


REDACTED = [exporter for exporter in EXPORTERS if exporter.redacted]


@pytest.mark.parametrize("exporter", REDACTED, ids=lambda exporter: exporter.action)
def test_private_words_are_shown_and_added_to_by_keys(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, exporter: Exporter[Any]
) -> None:
    """What is replaced is listed first; words that are typed are replaced in the file too."""
    error = Error("internal_error", "Ask Dr Miller, or Grace Hopper in /home/ada/x.txt")
    window.session.request(Fail(error))
    dialog = redact_dialog(window, qtbot, exporter.action)
    rows = dialog.findChild(ReadOnlyTable, "redactWords")
    listed = [rows.item(row, 0).text() for row in range(rows.rowCount())]
    assert {"/home/ada/x.txt", window.session.label} <= set(listed)
    for name in ("Miller", "grace hopper"):
        write(dialog, name)
        press(dialog, Qt.Key.Key_Return)
    press(dialog, Qt.Key.Key_Return)
    answer(open_file_dialog(window), tmp_path / "mine")
    assert written(window, qtbot).startswith("Saved ")
    (path,) = tmp_path.glob("mine*")
    text = path.read_text("utf-8")
    assert "Ask Dr [word 1], or [word 2] in [path 1]" in text
    assert not re.findall(r"Miller|Grace|\bada\b|sim-1", text)  # an id may have these letters


def test_a_redacted_export_that_is_not_confirmed_asks_for_no_file(
    window: MonitorWindow, qtbot: QtBot
) -> None:
    """Escape leaves everything as it is."""
    press(redact_dialog(window, qtbot, "actionExportRedacted"), Qt.Key.Key_Escape)
    assert window.findChild(object, "fileDialog") is None
    assert not window.context.jobs.busy


def test_the_log_is_whole(window: MonitorWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """Every event is written, also those that the log's view leaves out."""
    window.session.request(WalkTo("done"))
    window.panes.log.model.clear_view()
    window.exports.export(LOG, window.session, tmp_path / "log.csv")
    written(window, qtbot)
    _, *lines = (tmp_path / "log.csv").read_text("utf-8-sig").splitlines()
    states = ("pending", *spec.WAYS["done"])
    assert all(state in line for state, line in zip(states, lines, strict=True))


def test_the_diagram_is_as_it_is_seen(window: MonitorWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """If the window shows the past, so does the picture."""
    window.session.request(WalkTo("rendering"))
    window.session.go_to(2)
    window.exports.export(DIAGRAM, window.session, tmp_path / "diagram.svg")
    written(window, qtbot)
    picture = (tmp_path / "diagram.svg").read_text("utf-8")
    assert "<title>validating: current</title>" in picture
    assert "<title>pending → validating: last</title>" in picture


def test_what_was_observed_is_exported_too(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """A transition against the table is in the picture; an unknown state does not prevent it."""
    history = [
        Event(n, START, state, Origin.OBSERVED)
        for n, state in enumerate(("pending", "rendering", "limbo"), 1)
    ]
    session = SessionModel(RecordedSource(CREATION_MACHINE, history))
    path = tmp_path / "diagram.svg"
    window.exports.export(DIAGRAM, session, path)
    assert written(window, qtbot) == f"Saved {path}"
    assert "pending → rendering: violation" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("action", "suffix"), [("actionExportLog", ".csv"), ("actionExportDiagram", ".png")]
)
def test_the_chosen_kind_of_file_gives_the_suffix(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, action: str, suffix: str
) -> None:
    """Who picks a kind of file and types a name without a suffix gets that kind."""
    dialog = dialog_of(window, action)
    (kind,) = (name for name in dialog.nameFilters() if f"*{suffix})" in name)
    dialog.selectNameFilter(kind)
    dialog.filterSelected.emit(kind)
    answer(dialog, tmp_path / "mine")
    assert written(window, qtbot) == f"Saved {tmp_path / 'mine'}{suffix}"


@pytest.mark.parametrize("name", ["missing/x.jsonl", "x.docx"])
def test_a_file_that_is_not_written_is_told(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    """Why a file was not written is said in words, and nothing else changes."""
    before = seen()
    window.exports.export(LOG, window.session, tmp_path / name)
    assert Path(name).name in written(window, qtbot)
    assert not (tmp_path / name).exists()
    assert seen() == before


def test_what_cannot_be_exported_asks_for_no_file(window: MonitorWindow) -> None:
    """Why no test can be made of a session is said before a name is asked for."""
    history = [Event(1, START, "limbo", Origin.OBSERVED)]
    session = SessionModel(RecordedSource(CREATION_MACHINE, history))
    window.session_actions.add(session)
    window.actions_by_name["actionSaveTest"].trigger()
    assert window.panes.messages.text.startswith("No test can be made of this session: ")
    assert window.findChild(object, "fileDialog") is None


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
    window.exports.export(LOG, session, tmp_path / "log.csv")
    qtbot.waitUntil(lambda: window.panes.messages.text != "")
    window.panes.messages.end()
    qtbot.waitUntil(lambda: window.panes.messages.text == "Stopped: Writing log.csv")
    assert not list(tmp_path.glob("*log.csv*")) + list(tmp_path.glob(".*.tmp"))


def test_files_are_written_one_after_the_other(
    window: MonitorWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """Who asks for a second one meanwhile gets both; what failed is told at the end."""
    for name in ("a.jsonl", "b.docx", "c.jsonl"):
        window.exports.export(LOG, window.session, tmp_path / name)
    assert written(window, qtbot).startswith("b.docx: ")
    assert {path.name for path in tmp_path.glob("*.*")} >= {"a.jsonl", "c.jsonl"}
