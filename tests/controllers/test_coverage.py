"""Coverage in the window: counts on the diagram, a table, and a file."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLabel, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from exlab_gui.core.analysis.coverage import Coverage, CoverageData
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.widgets.diagram.count_badges import CountBadge
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.dialogs import answer
from tests.helpers.drawings import machine_of
from tests.helpers.geometry import diagram_faults
from tests.helpers.hands import click, press
from tests.helpers.names import find, the_window
from tests.helpers.other_machines import OTHERS
from tests.helpers.window import NARROW, WIDE, OpenWindow, settle


def badges(window: MonitorWindow) -> dict[str, CountBadge]:
    """Return the counts on the diagram, by what they are of."""
    items = window.panes.diagram.scene().items()
    return {i.objectName()[6:]: i for i in items if isinstance(i, CountBadge)}


def times(window: MonitorWindow) -> dict[str, int]:
    """Return what the counts on the diagram say, without those that say 0."""
    counts = {name: badge.property("times") for name, badge in badges(window).items()}
    return {name: count for name, count in counts.items() if count}


def with_two_sessions(window: MonitorWindow) -> None:
    """Have one session in `rendering`, and a second one, which is shown, failed before that."""
    window.session.request(WalkTo("rendering"))
    window.session_actions.open()
    window.session.request(Step("validating"))
    window.session.request(Step("failed"))


@pytest.fixture
def shown(window: MonitorWindow) -> MonitorWindow:
    """Return a window with two sessions, and what they took on the diagram."""
    with_two_sessions(window)
    find(QAction, "actionShowCoverage").trigger()
    return window


@pytest.fixture
def table(window: MonitorWindow) -> Callable[[], list[tuple[str, ...]]]:
    """Return what opens the dialog of a window with two sessions, or reads its table again."""
    with_two_sessions(window)
    find(QAction, "actionCoverage").trigger()
    settle()

    def rows() -> list[tuple[str, ...]]:
        shown = find(QTableWidget, "coverageTable")
        return [
            tuple(shown.item(row, column).text() for column in range(shown.columnCount()))
            for row in range(shown.rowCount())
        ]

    return rows


def test_it_is_shown_on_the_diagram(shown: MonitorWindow) -> None:
    """Every state and transition has a count, over all the open sessions."""
    machine = shown.machine
    assert badges(shown).keys() == {
        *machine.states,
        *(f"{before}__{after}" for before, after in machine.edges),
    }
    assert times(shown) == {
        "pending": 2,
        "validating": 2,
        "rendering": 1,
        "failed": 1,
        "pending__validating": 2,
        "validating__rendering": 1,
        "validating__failed": 1,
    }


def test_its_shortcut_shows_and_hides_it(window: MonitorWindow) -> None:
    """The shortcut shows the counts, and hides them."""
    assert badges(window) == {}
    press(the_window(), Qt.Key.Key_F7)
    assert times(window) == {"pending": 1}
    press(the_window(), Qt.Key.Key_F7)
    assert badges(window) == {}


def test_it_follows_what_happens(shown: MonitorWindow, qtbot: QtBot) -> None:
    """A move of any open session is counted before long; so is a session that is closed."""
    first = shown.sessions.session(0)
    first.request(Step("plugin_pass"))
    qtbot.waitUntil(lambda: times(shown).get("plugin_pass") == 1)
    find(QAction, "actionCloseSession").trigger()
    qtbot.waitUntil(lambda: "failed" not in times(shown))
    assert times(shown)["pending"] == 1


def test_the_past_is_counted_as_it_is_shown(shown: MonitorWindow, qtbot: QtBot) -> None:
    """Where the window shows the past of a session, what came later is not counted."""
    shown.session.go_to(2)
    qtbot.waitUntil(lambda: "failed" not in times(shown))
    assert times(shown)["validating"] == 2


def test_never_is_told_not_by_colour_alone(shown: MonitorWindow) -> None:
    """What was never taken has a 0 and a tool tip that says so; what was, says how often."""
    tips = {name: badge.toolTip() for name, badge in badges(shown).items()}
    assert "done: never" in tips["done"]
    assert "rendering: 1 time<" in f"{tips['rendering']}<"
    assert "pending → validating: 2 times" in tips["pending__validating"]


def test_other_machines_are_counted_apart(shown: MonitorWindow, qtbot: QtBot) -> None:
    """A session of another machine has its own diagram, and its own counts on it."""
    other = machine_of({"a": "b", "b": ""})
    shown.session_actions.add(SessionModel(SimulatedSource("other", other)))
    assert badges(shown).keys() == {"a", "b", "a__b"}
    assert times(shown) == {"a": 1}
    find(QAction, "actionPreviousSession").trigger()
    assert times(shown)["pending"] == 2


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("name", OTHERS)
def test_counts_are_wholly_seen(open_window: OpenWindow, name: str, size: tuple[int, int]) -> None:
    """In both sizes all counts are in sight, and the diagram is as it was."""
    window = open_window(OTHERS[name], size)
    settle()
    before = diagram_faults(window.panes.diagram)
    find(QAction, "actionShowCoverage").trigger()
    settle()
    assert diagram_faults(window.panes.diagram) == before
    seen = window.panes.diagram.sceneRect()
    assert [n for n, badge in badges(window).items() if not seen.contains(badge.rect)] == []


def test_the_table(table: Callable[[], list[tuple[str, ...]]]) -> None:
    """The dialog has every state, then every transition, with counts and shares, and a summary."""
    rows = table()
    assert len(rows) == 11 + 25
    assert rows[0] == ("pending", "2", "33.3 %")
    assert ("done", "never", "0.0 %") in rows
    assert ("pending → validating", "2", "50.0 %") in rows
    assert find(QLabel, "coverageSummary").text() == (
        "2 sessions: 4 of 11 states (36.4 %), 3 of 25 transitions (12.0 %)."
    )


def test_the_shown_session_alone(table: Callable[[], list[tuple[str, ...]]]) -> None:
    """The user may have only the shown session counted, in the table and on the diagram."""
    scope = find(QComboBox, "coverageScope")
    scope.setCurrentIndex(1)
    assert ("pending", "1", "33.3 %") in table()
    assert ("rendering", "never", "0.0 %") in table()
    window = the_window()
    assert isinstance(window, MonitorWindow)
    find(QAction, "actionShowCoverage").trigger()
    assert times(window)["pending"] == 1
    scope.setCurrentIndex(0)
    assert times(window)["pending"] == 2


def test_it_is_saved_as_json(window: MonitorWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """What is written is what the command line writes: it can be read again, and merged."""
    with_two_sessions(window)
    path = tmp_path / "coverage.json"
    counted = window.coverage.counted()
    assert counted is not None
    find(QAction, "actionCoverage").trigger()
    click(find(QPushButton, "coverageSave"))
    answer(find(QFileDialog, "fileDialog"), path)
    qtbot.waitUntil(path.exists)
    find(QDialog, "coverageDialog").close()
    settle()
    read = Coverage.of(msgspec.json.decode(path.read_bytes(), type=CoverageData))
    assert (read.machine, read.sessions) == (window.machine, 2)
    assert (read.states, read.transitions) == (counted.states, counted.transitions)


def test_the_dialog_asks_where_to_save(table: object) -> None:
    """The button in the dialog opens a file dialog for JSON."""
    click(find(QPushButton, "coverageSave"))
    asking = find(QDialog, "fileDialog")
    assert asking.windowTitle() == "Save coverage"
    asking.close()
    find(QDialog, "coverageDialog").close()
    settle()


def test_only_what_went_on_is_counted_anew(
    shown: MonitorWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that stands still, however long it is, is not gone through again."""
    gone_through = []
    add_visits = Coverage.add_visits

    def noting(self: Coverage, visits: StateHistory, position: int | None = None) -> None:
        gone_through.append(visits)
        add_visits(self, visits, position)

    monkeypatch.setattr(Coverage, "add_visits", noting)
    shown.coverage.refresh()
    assert gone_through == []
    first = shown.sessions.session(0)
    first.request(Step("plugin_pass"))
    shown.coverage.refresh()
    assert gone_through == [first.visits]
    assert times(shown)["plugin_pass"] == 1
