"""Why a session ended so is in the window, what is bad first, in plain text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.protocol.events import Event, Mark, Origin, Reported
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel
from exlab_gui.widgets.outcome_panel import OutcomePanel
from tests.helpers import spec
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in
from tests.helpers.strategies import START

PLUGINS = (
    AppliedPlugin("checksums", "success", "1.0", 0, 120, ("a", "b")),
    AppliedPlugin("notes", "policy_violation", "1.2", 3, 4_000, ("/etc/passwd",)),
)
BLOCKED = {
    "path": "/data/R",
    "sync_status": "blocked_by_validation",
    "blocked": True,
    "findings": [
        {
            "rule": "placeholder",
            "tier": "hard",
            "rule_detail": "TODO left",
            "offending_path": "a.md",
        },
        "what is no object",
    ],
}


@pytest.fixture
def panel(qtbot: QtBot) -> OutcomePanel:
    panel = OutcomePanel()
    qtbot.addWidget(panel)
    panel.resize(480, 300)
    return panel


def ended(state: str, *, explained: Explained | None = None, **how: object) -> SessionModel:
    """Return a session that ended in `state` as a server reported, and explained afterwards."""
    events = [
        Event(1, START, "pending", Origin.OBSERVED),
        Event(2, START, state, Origin.OBSERVED, cause=Reported(**how), mark=Mark.GAP),
    ]
    if explained is not None:
        events.append(Event(3, START, state, Origin.OBSERVED, cause=explained, mark=Mark.LATE))
    return SessionModel(RecordedSource(CREATION_MACHINE, events))


def texts(panel: OutcomePanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


@pytest.mark.parametrize("state", spec.STATES)
def test_it_is_hidden_where_nothing_more_is_known(panel: OutcomePanel, state: str) -> None:
    """A session that goes on, and one that ended as usual, has nothing to explain."""
    panel.set_session(session_in(state))
    assert not panel.isVisibleTo(None)


def test_plugins_are_told(panel: OutcomePanel) -> None:
    """Each with how it ended; the one that failed first, with the files that it touched."""
    explained = Explained(PLUGINS, "pending", "/data/R/README.md", "powder 2.1")
    panel.set_session(ended("done", result={"path": "/data/R"}, explained=explained))
    assert texts(panel) == [
        "Plugin",
        "⚠ notes 1.2: policy violation, exit code 3, 4.000 s, 1 file\n/etc/passwd",
        *("Sync", "pending"),
        *("Plugin", "checksums 1.0: success, exit code 0, 120 ms, 2 files"),
        *("Template", "powder 2.1"),
        *("README", "/data/R/README.md"),
    ]
    assert panel.isVisibleTo(None)


def test_why_the_sync_is_blocked(panel: OutcomePanel) -> None:
    """The findings stand in the result; whatever they are, they are told."""
    panel.set_session(ended("done", result=BLOCKED))
    assert texts(panel) == [
        *("Sync", "blocked by validation"),
        *("Finding", "hard placeholder: TODO left (a.md)"),
        *("Finding", "what is no object"),
    ]


def test_the_details_of_an_error(panel: OutcomePanel) -> None:
    """Each by its name, with the trace id and the lines of the server's log."""
    error = Error("field_too_long", "Too long.", "label", {"max_length": 100}, "a1b2")
    log = Explained(log=("2026-01-31T12:00:00Z [ERROR] x", "  File y"))
    panel.set_session(ended("failed", error=error, explained=log))
    assert texts(panel) == [
        *("Server log", "2026-01-31T12:00:00Z [ERROR] x\n  File y"),
        *("max_length", "100"),
        *("Trace id", "a1b2"),
    ]


def test_it_goes_with_its_session_and_position(panel: OutcomePanel) -> None:
    """Another session has its own, and in the past nothing had been explained yet."""
    session = ended("done", result=BLOCKED, explained=Explained(PLUGINS))
    panel.set_session(session)
    assert len(texts(panel)) == 10
    session.go_to(2)
    assert len(texts(panel)) == 6
    session.go_to(1)
    assert not panel.isVisibleTo(None)
    running = session_in("rendering")
    running.request(Cancel())
    panel.set_session(running)
    assert not panel.isVisibleTo(None)


def test_text_from_outside_is_plain(panel: OutcomePanel) -> None:
    """However long, it neither makes the window wider nor higher than the panel may be."""
    evil = "<h1>x</h1>\x1b[31m" + "y" * 5_000
    plugins = tuple(AppliedPlugin(evil, "failed", files=(evil,) * 50) for _ in range(50))
    panel.set_session(ended("done", result={}, explained=Explained(plugins, log=(evil,))))
    for label in panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert "\x1b" not in label.text()
    assert texts(panel)[-2:] == ["More", "31 more are in the JSON of the event."]
    assert panel.minimumSizeHint().width() < 400
    assert panel.sizeHint().height() < 240
