"""The dialog that compares two sessions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from exlab_gui.core.analysis.compare import Difference, Side
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Mark
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.models.session_model import SessionModel
from exlab_gui.testing.locators import find
from exlab_gui.widgets.comparing.compare_dialog import CompareDialog
from exlab_gui.widgets.comparing.texts import difference, heading
from exlab_gui.widgets.comparing.tracks import Tracks
from exlab_gui.widgets.tables import RowTable
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click, turn_wheel
from tests.helpers.long_session import walking
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.window import settle

Compared = Callable[[list[Event], list[Event]], CompareDialog]


def recorded(history: list[Event]) -> SessionModel:
    return SessionModel(RecordedSource(CREATION_MACHINE, history))


def walk(*states: str) -> list[Event]:
    """Return a history that enters the `states`, one a second."""
    return walking(len(states), states[-1], *states[:-1])


@pytest.fixture
def compared(window: MonitorWindow) -> Compared:
    def compare(one: list[Event], other: list[Event]) -> CompareDialog:
        window.comparing.compare(recorded(one), [recorded(other)])
        settle()
        (dialog,) = window.findChildren(CompareDialog)
        return dialog

    return compare


def rows(dialog: CompareDialog) -> list[list[str]]:
    model = table(dialog).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def table(dialog: CompareDialog) -> RowTable:
    return find(dialog, RowTable, "compareTable")


def tracks(dialog: CompareDialog) -> Tracks:
    return find(dialog, Tracks, "compareTracks")


ONE = walk("pending", "validating", "rendering", "plugin_pass", "cache_write", "done")
OTHER = walk("pending", "validating", "rendering", "plugin_pass", "input_required", "aborted")


def test_ends_are_told_as_what_they_are(compared: Compared) -> None:
    """A session that failed, was aborted or is flawed has no time in its end, but a word."""
    end = ONE[-1]
    flaw = Event(
        7,
        end.at,
        "done",
        end.origin,
        mark=Mark.LATE,
        cause=Explained((AppliedPlugin("raw", "failed"),)),
    )
    found = rows(compared([*ONE, flaw], OTHER))
    assert [row[1:3] for row in found if row[0] in ("done", "aborted")] == [
        ["Flawed", "not entered"],
        ["not entered", "Aborted"],
    ]


def test_a_heading_gives_the_reason_only_if_there_is_one() -> None:
    """What was aborted by the user is told as that, with nothing after it."""
    aborted = Side(StateHistory(CREATION_MACHINE, OTHER), OTHER[-1].at)
    assert heading("Run_1", aborted) == "Run_1: Aborted"


def test_a_selected_row_is_seen_in_both_tracks(compared: Compared) -> None:
    """And a click on a visit in a track selects its row."""
    dialog = compared(ONE, OTHER)
    before = tracks(dialog).grab().toImage()
    table(dialog).selectRow(1)
    assert tracks(dialog).grab().toImage() != before
    here = tracks(dialog)
    for row in (2, 1):
        place = next(x for x in range(here.width()) if here.row_at(x, 30) == row)
        click(here, QPoint(place + 4, 30))
        assert table(dialog).currentIndex().row() == row


def test_sessions_are_aligned_at_a_state(compared: Compared) -> None:
    """The first visits of both to it are one below the other."""
    late = walk("pending", "pending", "pending", "validating", "rendering", "failed")
    dialog = compared(ONE, late)
    here = tracks(dialog)

    def begins() -> list[int]:
        rendering = [row[0] for row in rows(dialog)].index("rendering")
        return [
            next(x for x in range(here.width()) if here.row_at(x, y) == rendering)
            for y in (30, 30 + 56)
        ]

    first, second = begins()
    assert second > first + 50
    find(dialog, QComboBox, "compareAlign").setCurrentText("rendering")
    first, second = begins()
    assert abs(second - first) <= 1


def test_tracks_zoom_and_scroll_by_keys_and_wheel(compared: Compared) -> None:
    """Plus and minus zoom, arrows scroll, 0 shows all again; the wheel zooms."""
    here = tracks(compared(ONE, OTHER))
    whole = here.grab().toImage()
    here.setFocus()
    whole = here.grab().toImage()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Right):
        before = here.grab().toImage()
        QTest.keyClick(here, key)
        assert here.grab().toImage() != before
    QTest.keyClick(here, Qt.Key.Key_0)
    assert here.grab().toImage() == whole
    turn_wheel(here, 1)
    assert here.grab().toImage() != whole


def test_the_summary_says_where_time_was_lost(compared: Compared) -> None:
    """It names the session that took longer, the state, and the time."""
    slow = walk("pending", "validating", "validating", "validating", "rendering", "plugin_pass")
    dialog = compared(ONE, [*slow[:2], *slow[4:]])
    said = find(dialog, QLabel, "compareWays").text()
    assert "The largest difference: rec-1 was 2.000 s longer in validating." in said


def test_long_sessions_are_compared_in_a_job(compared: Compared, qtbot: QtBot) -> None:
    """The dialog opens at once, and shows all rows when they are known."""
    dialog = compared(walking(3_000), walking(2_999))
    assert table(dialog).model().rowCount() == 0
    qtbot.waitUntil(lambda: table(dialog).model().rowCount() == 3_000)
    tracks(dialog).grab()


def test_nothing_of_the_session_before_stays_while_a_long_one_is_compared(
    window: MonitorWindow, qtbot: QtBot
) -> None:
    """Its summary, its timelines and its states would be taken for those of the long one."""
    window.comparing.compare(recorded(ONE), [recorded(OTHER), recorded(walking(3_000))])
    settle()
    (dialog,) = window.findChildren(CompareDialog)
    tracks(dialog).grab()
    find(dialog, QComboBox, "compareOther").setCurrentIndex(1)
    assert find(dialog, QLabel, "compareWays").text() == ""
    assert not find(dialog, QLabel, "compareLegend").isVisible()
    assert find(dialog, QComboBox, "compareAlign").count() == 0
    assert tracks(dialog).row_at(tracks(dialog).width() / 2, 30) is None
    qtbot.waitUntil(lambda: table(dialog).model().rowCount() > 2_000)
    assert find(dialog, QLabel, "compareWays").text()


def test_texts_run_as_ever_if_the_language_runs_from_right_to_left(
    compared: Compared, qapp: QApplication
) -> None:
    """The picture is the same: "+5 s" would become "s 5+"."""
    here = tracks(compared(ONE, OTHER))
    usual = here.grab().toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert here.grab().toImage() == usual
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_no_difference_has_no_sign() -> None:
    """Two times may differ by less than can be told."""
    assert difference(Difference(timedelta(microseconds=300), is_exact=True)) == "0 s"
    assert difference(Difference(timedelta(milliseconds=1), is_exact=True)) == "+1 ms"
