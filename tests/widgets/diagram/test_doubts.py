"""What nobody saw, in every pane: marked as inferred or unobserved, and timed by ranges."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.trace import Recording, new_header
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.widgets.timeline.texts import description
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.names import diagram_item, find
from tests.helpers.strategies import START
from tests.helpers.window import settle

SECOND = timedelta(seconds=1)


def polled() -> list[Event]:
    """Return the history of a session that was polled every second, and moved on between."""
    steps = (
        ("pending", Origin.OBSERVED, 0, 0, None),
        ("validating", Origin.INFERRED, 2, 1, None),
        ("rendering", Origin.OBSERVED, 2, 1, None),
        ("cache_write", Origin.OBSERVED, 5, 4, Mark.GAP),
        ("post_validate", Origin.OBSERVED, 7, 6, None),
    )
    return [
        Event(
            seq,
            START + at * SECOND,
            state,
            origin,
            earliest=None if since == at else START + since * SECOND,
            mark=mark,
        )
        for seq, (state, origin, at, since, mark) in enumerate(steps, 1)
    ]


@pytest.fixture
def shown(window: MonitorWindow) -> MonitorWindow:
    """Return a window that shows the polled session."""
    history = polled()
    header = new_header(CREATION_MACHINE, "polled", "http://lab:8000", history[0].at)
    window.session_actions.add(SessionModel(ReplaySource("polled", Recording(header, history))))
    settle()
    return window


def known(name: str) -> object:
    return diagram_item(name).property("known")


def test_the_diagram_tells_what_was_not_observed(shown: MonitorWindow) -> None:
    """States and ways say how they are known; a gap is a way that was taken, and no violation."""
    assert known("state_validating") == "inferred"
    assert known("state_rendering") == known("state_cache_write") == "observed"
    assert known("state_done") == known("edge_sync_queued__done") == ""
    assert known("edge_pending__validating") == known("edge_validating__rendering") == "inferred"
    assert known("edge_rendering__cache_write") == "unobserved"
    assert diagram_item("edge_rendering__cache_write").property("status") == "taken"
    assert known("edge_cache_write__post_validate") == "observed"


def test_time_in_the_state_is_a_range(shown: MonitorWindow) -> None:
    """It began between two polls: the shortest and the longest time are told."""
    shown.session.go_to(3)
    assert find(QLabel, "timeInStateLabel").text().startswith("for 0–1.0 s")


def test_the_timeline_tells_ranges_and_doubts(shown: MonitorWindow) -> None:
    """The words for a stay say how long it can have lasted, and that nobody saw it begin."""
    session = shown.session
    told = [description(session, session.visits.visit(place)) for place in range(5)]
    assert told[0].startswith("pending: 1.000–2.000 s from")
    assert told[1].endswith("(inferred)")
    assert told[3].endswith("(earlier states were not observed)")
    assert told[4].startswith("post_validate since")
