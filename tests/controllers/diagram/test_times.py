"""Times of the states on the diagram, of the open sessions and of the archive."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.export.diagram.formats import EXPORTER
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.drawings import machine_of
from tests.helpers.geometry import diagram_faults
from tests.helpers.hands import press, write
from tests.helpers.lab import lab_recording, write_lab
from tests.helpers.live_window import until
from tests.helpers.names import find, the_window
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.window import NARROW, WIDE, OpenWindow, settle

COUNT, ARCHIVED = 5, 12


def add_sessions(window: MonitorWindow) -> None:
    """Open recorded sessions of a lab beside the first one."""
    for number in range(COUNT):
        events = lab_recording(number).events
        window.session_actions.add(SessionModel(RecordedSource(CREATION_MACHINE, events)))


def strips(view: DiagramView) -> dict[str, str]:
    """Return the times that are seen in the states."""
    return {s: strip.shown for s, strip in view.counts.strips.items() if strip.isVisible()}


def counted(view: DiagramView, name: str) -> int | None:
    badge = view.counts.badges.get(f"count_{name}")
    return None if badge is None else badge.property("times")


def caption() -> str:
    return find(QLabel, "diagramCaption").text()


@pytest.fixture
def shown(window: MonitorWindow, qtbot: QtBot) -> DiagramView:
    """Return the diagram of a window with sessions, with the times of the open ones on it."""
    add_sessions(window)
    find(QAction, "actionTimesOpen").trigger()
    view = window.panes.diagram
    qtbot.waitUntil(lambda: bool(strips(view)))
    return view


def test_every_state_that_was_left_has_its_times(shown: DiagramView) -> None:
    """The median and the 90th percentile stand in it, its count at its corner."""
    assert strips(shown).keys() >= {"pending", "validating", "rendering", "plugin_pass"}
    assert not {"done", "failed", "aborted"} & strips(shown).keys()
    assert all(" · " in text for text in strips(shown).values())
    assert counted(shown, "pending") == COUNT + 1
    assert counted(shown, "pending__validating") == COUNT
    assert caption() == f"Median · 90th percentile of {COUNT + 1} open sessions"


def test_times_recede_with_their_states(shown: DiagramView) -> None:
    """A search lets the times and counts of the states that it does not find recede."""
    shown.on_top.search.begin()
    write(find(QLineEdit, "diagramSearch"), "plugin")
    strips_of = shown.counts.strips.items()
    assert {state for state, strip in strips_of if strip.opacity() == 1} == {"plugin_pass"}
    assert shown.counts.badges["count_rendering"].opacity() < 1
    find(QLineEdit, "diagramSearch").clear()
    assert all(strip.opacity() == 1 for strip in shown.counts.strips.values())


def test_who_does_not_see_it_is_told_the_same(shown: DiagramView) -> None:
    """The tool tips and the description tell the figures, in words."""
    mark = shown.counts.overlay.states["rendering"]
    assert mark.told in shown.states["rendering"].toolTip()
    assert mark.told == shown.counts.badges["count_rendering"].toolTip()
    assert mark.told in shown.accessibleDescription()
    assert shown.accessibleDescription().startswith("The session is in done. Times of 6 open")


def test_it_follows_what_happens(shown: DiagramView, qtbot: QtBot) -> None:
    """A session that goes on, and one that is closed, are counted anew before long."""
    window = the_window()
    window.sessions.session(0).request(Step("validating"))
    qtbot.waitUntil(lambda: counted(shown, "pending__validating") == COUNT + 1)
    window.session_actions.show(window.sessions.session(0))
    find(QAction, "actionCloseSession").trigger()
    qtbot.waitUntil(lambda: counted(shown, "pending") == COUNT)


def test_it_takes_turns_with_coverage(shown: DiagramView, qtbot: QtBot) -> None:
    """There is one overlay: either key shows its own, and hides it again."""
    press(the_window(), Qt.Key.Key_F7)
    assert strips(shown) == {}
    assert not find(QAction, "actionTimesOpen").isChecked()
    assert find(QAction, "actionShowCoverage").isChecked()
    press(the_window(), Qt.Key.Key_F7, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(strips(shown)))
    assert not find(QAction, "actionShowCoverage").isChecked()
    press(the_window(), Qt.Key.Key_F7, Qt.KeyboardModifier.ControlModifier)
    assert shown.counts.badges == {}
    assert caption() == ""
    assert "median" not in shown.states["rendering"].toolTip()


def test_sessions_of_another_machine_have_their_own(shown: DiagramView, qtbot: QtBot) -> None:
    """Only sessions of the shown machine are counted, whatever its states are called."""
    other = machine_of({"a": "b", "b": ""})
    session = SessionModel(SimulatedSource("other", other))
    the_window().session_actions.add(session)
    session.request(Step("b"))
    qtbot.waitUntil(lambda: counted(shown, "a__b") == 1)
    assert caption() == "Median · 90th percentile of 1 open session"
    find(QAction, "actionPreviousSession").trigger()
    qtbot.waitUntil(lambda: counted(shown, "pending") == COUNT + 1)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_nothing_moves(open_window: OpenWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    """The states stay where they are, and the times are in them."""
    window = open_window(size=size)
    add_sessions(window)
    settle()
    view = window.panes.diagram
    before = diagram_faults(view), view.transform(), view.geometry()
    find(QAction, "actionTimesOpen").trigger()
    qtbot.waitUntil(lambda: bool(strips(view)))
    settle()
    assert (diagram_faults(view), view.transform(), view.geometry()) == before
    for state, strip in view.counts.strips.items():
        assert view.states[state].rect.contains(strip.rect)


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_picture_contains_it(
    shown: DiagramView, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    """What is exported is what is seen, with what it is of."""
    window = the_window()
    path = tmp_path / f"with{suffix}"
    window.exports.export(EXPORTER, window.session, path)
    qtbot.waitUntil(path.exists)
    if suffix == ".svg":
        svg = path.read_text("utf-8")
        assert f">{strips(shown)['rendering']}</text>" in svg
        assert caption() in svg
        assert shown.counts.overlay.states["rendering"].told in svg
    find(QAction, "actionTimesOpen").trigger()
    plain = tmp_path / f"without{suffix}"
    window.exports.export(EXPORTER, window.session, plain)
    qtbot.waitUntil(plain.exists)
    assert plain.read_bytes() != path.read_bytes()


def test_without_an_archive_there_are_no_times_of_it(window: MonitorWindow) -> None:
    """The action says why it is disabled."""
    action = find(QAction, "actionTimesArchive")
    assert not action.isEnabled()
    assert action.statusTip() == "This window has no archive"


async def test_the_archive_follows_the_filter_of_the_history(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All archived sessions count, or those that the filter of the history leaves."""
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))
    write_lab(tmp_path / "lab", range(ARCHIVED))
    window = open_window(archive=tmp_path / "lab")
    view = window.panes.diagram
    find(QAction, "actionTimesArchive").trigger()
    await until(lambda: caption() == f"Median · 90th percentile of {ARCHIVED} archived sessions")
    assert counted(view, "pending__validating") == ARCHIVED
    find(QAction, "actionHistory").trigger()
    find(QLineEdit, "historySearch").setText("failed")
    await until(lambda: "filter of the history" in caption())
    failed = counted(view, "failed")
    assert failed is not None
    assert 0 < failed == counted(view, "pending") < ARCHIVED
    find(QAction, "actionTimesArchive").trigger()
    assert caption() == ""
    find(QPushButton, "historyTimes").click()
    await until(lambda: counted(view, "failed") == failed)
    await close_window(window)


def test_a_state_that_is_pointed_at_tells_its_transitions(
    window: MonitorWindow, qtbot: QtBot
) -> None:
    """Without an overlay too, its transitions have labels with their counts and times."""
    add_sessions(window)
    view = window.panes.diagram
    view.setFocus()
    view.states["rendering"].setFocus()
    qtbot.waitUntil(lambda: bool(view.forward.labels))
    assert view.forward.labels.keys() == {("validating", "rendering"), ("rendering", "plugin_pass")}
    label = view.forward.labels["rendering", "plugin_pass"]
    assert label.shown.startswith(f"{COUNT} × · ")
    assert label.text.startswith(f"rendering → plugin_pass: {COUNT} times, median")
    view.states["rendering"].clearFocus()
    assert view.forward.labels == {}
