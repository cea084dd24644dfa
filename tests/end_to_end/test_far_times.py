"""Sessions at the end of the calendar, in the real window.

Windows has no local time after the year 3000, and no system has one for the last hours of 9999 in
the east.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.models.session_model import SessionModel
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS, click
from tests.helpers.names import find, rows
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.window import OpenWindow, settle

TIMES = (
    datetime(2999, 12, 31, 23, tzinfo=UTC),
    datetime(3001, 1, 1, 12, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 30, tzinfo=UTC),
)
STATES = ("pending", "validating", "rendering")


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Move the program 14 hours east of UTC, on a system that lets it."""
    if not hasattr(time, "tzset"):
        yield
        return
    monkeypatch.setenv("TZ", "LINT-14")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def window(far_east: None, open_window: OpenWindow) -> MonitorWindow:
    window = open_window()
    events = [
        Event(n, at, state, Origin.OBSERVED)
        for n, (at, state) in enumerate(zip(TIMES, STATES, strict=True), 1)
    ]
    window.session_actions.add(SessionModel(RecordedSource(CREATION_MACHINE, events)))
    return window


def test_every_position_is_told(window: MonitorWindow) -> None:
    """The bar of the past and the log have a time for each event: UTC, if there is no local one."""
    settle()
    assert [row[1] for row in rows()][-1] == "23:30:00.000"
    find(QAction, "actionGoToFirst").trigger()
    past = find(QLabel, "pastLabel")
    assert past.text().startswith("Past: event 1 of 3, at ")
    find(QAction, "actionGoForward").trigger()
    assert past.text().startswith("Past: event 2 of 3, at ")


@POPUPS
def test_the_timeline_shows_all_of_it(window: MonitorWindow) -> None:
    """It is painted, and tells the time at each of its places."""
    timeline = find(QWidget, "timelineView")
    for x in (0, 1, timeline.width() // 2, timeline.width() - 1):
        place = QPoint(x, timeline.height() - 4)
        click(timeline, place)
        timeline.repaint()
        tip = QHelpEvent(QEvent.Type.ToolTip, place, timeline.mapToGlobal(place))
        QApplication.sendEvent(timeline, tip)
        assert "after the start" in QToolTip.text()
