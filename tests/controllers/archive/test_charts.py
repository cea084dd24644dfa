"""Charts tell of the sessions that are asked for, and lead from what is seen to sessions."""

import csv
from contextlib import asynccontextmanager

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
)

from exlab_gui.archive import search
from exlab_gui.archive.schema import microseconds
from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.charts.picture import Bar, OpenSession, Text
from exlab_gui.core.clock import utc_now
from exlab_gui.core.trace import ENDING, Recording
from exlab_gui.core.trace.recording_lock import lock_recording, unlock_recording
from exlab_gui.models.archive.chart_table import VALUE
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.widgets.charts.chart_view import ChartView
from tests.helpers.lab import lab_recording, write_lab
from tests.helpers.live_window import trigger, until
from tests.helpers.names import find

COUNT = 40


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return a folder of recordings, which no test changes."""
    folder = tmp_path_factory.mktemp("lab")
    write_lab(folder, range(COUNT))
    return folder


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="module")
def sessions():
    return [summarize(one.header, one.events) for one in map(lab_recording, range(COUNT))]


@pytest.fixture
def opened(open_window, places, monkeypatch):
    """Give what opens the charts of an archive, and closes them again with their window."""
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(places))

    @asynccontextmanager
    async def open_it(folder):
        window = open_window(archive=folder)
        trigger("actionCharts")
        await until(lambda: window.archive_charts._dialog is not None)
        await settled(window)
        yield window
        await close_window(window)

    return open_it


async def settled(window):
    """Wait until the charts are of what is asked for."""
    charts, archive = window.archive_charts, window.archive_history
    dialog = charts._dialog
    await until(lambda: not archive.archive.is_updating and not charts._charts.busy)
    await until(lambda: dialog._page() not in dialog._stale)


async def show(window, name):
    """Show the chart of that object name, and return its view."""
    view = find(ChartView, f"chartView_{name}")
    tabs = find(QTabWidget, "chartsTabs")
    tabs.setCurrentWidget(view.parentWidget().parentWidget())
    await settled(window)
    return view


def cells(name):
    model = find(QTableView, f"chartTable_{name}").model()
    columns = range(model.columnCount())
    return [[model.index(row, one).data() for one in columns] for row in range(model.rowCount())]


def texts(view):
    return [item.text for item in view.picture.items if isinstance(item, Text)]


async def test_what_cannot_be_read_is_told(opened, tmp_path):
    """A line below the charts says how many recordings that are: none of them is in a chart."""
    write_lab(tmp_path, range(2))
    path = tmp_path / f"broken{ENDING}"
    path.write_bytes(b"no recording")
    async with opened(tmp_path) as window:
        line = find(QLabel, "chartsUnreadable")
        await until(line.isVisible)
        assert line.text() == "1 recording cannot be read."
        assert str(path) in line.accessibleDescription()
        path.unlink()
        window.archive_history.archive.update()
        await until(line.isHidden)


async def test_failures_lead_to_their_sessions(lab, opened, sessions):
    """The bars are sorted; a click on one lists the failed sessions of that group."""
    failed = [one for one in sessions if one.outcome == "failed"]
    async with opened(lab) as window:
        view = await show(window, "failures")
        assert find(QLabel, "chartSummary_failures").text().startswith(f"{len(failed)} of {COUNT} ")
        assert view.accessibleDescription() == find(QLabel, "chartSummary_failures").text()
        by = [int(row[2]) for row in cells("failures") if row[0] == "equipment"]
        assert by == sorted(by, reverse=True)
        assert sum(by) == len(failed)
        spot = next(one for one in view.picture.spots if one.choice.values[0][0] == "equipment")
        _, equipment = spot.choice.values[0]
        view.verticalScrollBar().setValue(int(spot.y))
        click(view, spot)
        wanted = sum(one.equipment == equipment for one in failed)
        await until(lambda: find(QTableView, "historyTable").model().rowCount() == wanted)
        assert find(QComboBox, "historyOutcome").currentData() == "failed"
        assert find(QComboBox, "historyEquipment").currentData() == equipment


async def test_failures_of_an_unknown_equipment_are_listed_too(opened, tmp_path, monkeypatch):
    """By a click on their bar; the history calls them as the bar does, and takes them back."""
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))
    lab = [lab_recording(number) for number in range(COUNT)]
    failed = [one for one in lab if summarize(one.header, one.events).outcome == "failed"]
    named, _ = failed
    for one in failed:
        header = one.header if one is named else structs.replace(one.header, request={})
        recording = Recording(header, one.events)
        path = tmp_path / "lab" / f"{header.session_id}{ENDING}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(recording.lines()))
    async with opened(tmp_path / "lab") as window:
        view = await show(window, "failures")
        spot = next(one for one in view.picture.spots if one.tip.startswith("unknown"))
        view.verticalScrollBar().setValue(int(spot.y))
        click(view, spot)
        await until(lambda: find(QTableView, "historyTable").model().rowCount() == 1)
        box = find(QComboBox, "historyEquipment")
        assert box.currentText() == "unknown"
        box.setCurrentIndex(0)
        await until(lambda: find(QTableView, "historyTable").model().rowCount() == 2)
        box.setCurrentIndex(box.findText("unknown"))
        await until(lambda: find(QTableView, "historyTable").model().rowCount() == 1)


def click(view, spot):
    at = QPoint(int(spot.x + spot.width / 2), int(spot.y + spot.height / 2))
    at.setY(at.y() - view.verticalScrollBar().value())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


async def test_sessions_over_time_open_by_a_click(lab, opened, sessions):
    """Each has a bar in the row of its equipment; keys and the wheel show a part of the time."""
    async with opened(lab) as window:
        view = await show(window, "sessions")
        named = [text for text in texts(view) if text in {one.equipment for one in sessions}]
        assert named == sorted({one.equipment for one in sessions})
        slowest = max((one for one in sessions if one.outcome), key=lambda one: one.lasted.middle)
        assert slowest.label in find(QLabel, "chartSummary_sessions").text()
        for _ in range(12):
            QTest.keyClick(view, Qt.Key.Key_Plus)
        seen = [spot for spot in view.picture.spots if isinstance(spot.choice, OpenSession)]
        assert 0 < len(seen) < COUNT
        click(view, seen[0])
        label = seen[0].tip.partition(":")[0]
        await until(lambda: window.session.label == label)
        before = view.picture.spots
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert view.picture.spots != before
        QTest.keyClick(view, Qt.Key.Key_0)
        assert len(view.picture.spots) > len(seen)


async def test_a_session_that_is_recorded_goes_on_until_now(opened, tmp_path):
    """The bar of a session that waits reaches now; that of one nobody records, its last event."""
    asked = next(n for n in range(100) if "input_required" in states(lab_recording(n)))
    kept = lab_recording(asked)
    events = kept.events[: states(kept).index("input_required") + 1]
    for name in ("waits", "left"):
        header = structs.replace(kept.header, label=name, session_id=name)
        path = tmp_path / f"{name}{ENDING}"
        path.write_bytes(b"".join(Recording(header, events).lines()))
    with (tmp_path / f"waits{ENDING}").open("ab") as file:
        lock_recording(file, tmp_path / f"waits{ENDING}", "waits")
        async with opened(tmp_path) as window:
            await show(window, "sessions")
            view = find(ChartView, "chartView_sessions")
            chart, picture = view._chart, view.picture
        unlock_recording(file)
    waits, left = sorted(chart.sessions, key=lambda one: one.label, reverse=True)
    assert (waits.is_on, left.is_on) == (True, False)
    assert left.end == microseconds(events[-1].at)
    assert waits.end > microseconds(utc_now()) - 60_000_000
    assert list(waits.waits) == [(microseconds(events[-1].at), waits.end)]
    assert {row[2] for row in rows_of(chart.table)} == {"goes on", "not ended"}
    dots = [one for one in picture.items if isinstance(one, Bar) and one.fill == "muted"]
    assert len(dots) == 3
    assert all(dot.x + dot.width <= picture.width for dot in dots)


def states(recording):
    return [event.state for event in recording.events]


def rows_of(table):
    return [[column.text(row) for column in table.columns] for row in table.rows]


async def test_the_slowest_session_is_one_click_away(lab, opened, sessions):
    """A click on the head of a column sorts by its exact values."""
    async with opened(lab) as window:
        await show(window, "sessions")
        table = find(QTableView, "chartTable_sessions")
        heads = table.horizontalHeader()
        lasted = [table.model().headerData(at, Qt.Orientation.Horizontal) for at in range(5)]
        heads.setSortIndicator(lasted.index("Lasted"), Qt.SortOrder.DescendingOrder)
        ended = [one for one in sessions if one.outcome]
        slow = sorted(ended, key=lambda one: one.lasted.middle, reverse=True)
        assert [row[1] for row in cells("sessions")][: len(slow)] == [one.label for one in slow]


async def test_the_time_per_state_leads_to_what_is_unusual(lab, opened, sessions):
    """An outlier opens its session, and a row the session with the longest visit."""
    async with opened(lab) as window:
        await show(window, "times")
        table = find(QTableView, "chartTable_times")
        model = table.model()
        states = [row[0] for row in cells("times")]
        assert states[:4] == ["pending", "validating", "rendering", "plugin_pass"]
        assert states[-1] == "to answer a plugin"
        place = states.index("rendering")
        of = {
            visit.dwell.middle.total_seconds(): one.label
            for one in sessions
            for visit in one.visits
            if visit.visit.state == "rendering" and visit.dwell
        }
        assert model.index(place, 7).data(VALUE) == pytest.approx(1000 * max(of))
        table.selectRow(place)
        QTest.keyClick(table, Qt.Key.Key_Return)
        await until(lambda: window.session.label == of[max(of)])


async def test_the_shown_session_is_marked(lab, opened):
    """It stands out in the time per state, also after another one was chosen."""
    async with opened(lab) as window:
        view = await show(window, "times")
        marks = [one for one in view.picture.items if getattr(one, "fill", "") == "accent"]
        assert not marks
        archive = window.archive_history.archive
        with archive.index.reading() as db:
            window.archive_history.open(search.find(db, search.Query())[:1])
        await until(lambda: window.session.visits.visit_count() > 3)
        marks = [one for one in view.picture.items if getattr(one, "fill", "") == "accent"]
        assert len(marks) > window.session.visits.visit_count() - 1
        assert "the shown session" in texts(view)


async def test_charts_follow_the_filter(lab, opened, sessions):
    """What is asked for above the charts holds for each of them, as it does in the history."""
    async with opened(lab) as window:
        await show(window, "failures")
        QTest.keyClicks(find(QLineEdit, "chartsSearch"), "xrd")
        await settled(window)
        (row,) = [row for row in cells("failures") if row[0] == "equipment"]
        of = [one for one in sessions if one.equipment == "XRD_01"]
        assert row[1] == "XRD_01"
        assert row[3] == str(len(of))
        find(QPushButton, "chartsHistory").click()
        await until(lambda: find(QTableView, "historyTable").model().rowCount() == len(of))
        find(QLineEdit, "historySearch").clear()
        find(QPushButton, "historyCharts").click()
        await settled(window)
        assert find(QLineEdit, "chartsSearch").text() == ""
        assert len([row for row in cells("failures") if row[0] == "equipment"]) > 1


async def test_a_chart_is_written_as_it_is_seen(lab, opened, tmp_path):
    """As a picture with the same texts, or as the values of its table."""
    svg, png, table = paths = [tmp_path / f"chart.{suffix}" for suffix in ("svg", "png", "csv")]
    async with opened(lab) as window:
        view = await show(window, "failures")
        for path in paths:
            find(QPushButton, "chartsExport").click()
            dialog = find(QFileDialog, "fileDialog")
            dialog.fileSelected.emit(str(path))
            dialog.close()
            await until(path.exists)
        seen, rows = texts(view), cells("failures")
        size = view.picture.width, view.picture.height
    written = svg.read_text("utf-8")
    assert all(f">{text}<" in written for text in seen)
    assert "<desc>" in written
    image = QImage(str(png))
    assert (image.width(), image.height()) == tuple(2 * round(one) for one in size)
    heads, *lines = csv.reader(table.read_text("utf-8-sig").splitlines())
    assert heads == ["by", "name", "failed", "sessions", "share_percent"]
    assert [line[1:4] for line in lines] == [row[1:4] for row in rows]


async def test_a_chart_is_read_and_used_by_the_keyboard(lab, opened):
    """Keys go through the bars and tell of each; a row of the table leads where its bar does."""
    async with opened(lab) as window:
        view = await show(window, "failures")
        view.setFocus()
        for spot in view.picture.spots[:2]:
            QTest.keyClick(view, Qt.Key.Key_Down)
            assert view.accessibleDescription() == spot.tip
        chosen = []
        view.chosen.connect(chosen.append)
        QTest.keyClick(view, Qt.Key.Key_Return)
        table = find(QTableView, "chartTable_failures")
        table.selectRow(0)
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert chosen == [view.picture.spots[1].choice]
        await until(lambda: window.archive_history._dialog is not None)
        assert table.model().choice(0) == view.picture.spots[0].choice


async def test_charts_take_in_what_is_recorded(open_window, tmp_path, monkeypatch):
    """At first they say that the archive is read; what was recorded later is in them, too."""
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))
    write_lab(tmp_path / "own", range(3))
    window = open_window(archive=tmp_path / "own")
    told = []
    trigger("actionCharts")
    await until(lambda: window.archive_charts._dialog is not None)
    dialog = window.archive_charts._dialog
    assert dialog._page().view.empty_text == "Reading the archive …"
    dialog._charts.made.connect(lambda _, chart: told.append(dialog._page().summary.text()))
    await until(lambda: len(cells("sessions")) == 3)
    assert "There are no such sessions." not in told
    made = len(told)
    window.archive_history.archive.update()
    await settled(window)
    assert len(told) == made
    write_lab(tmp_path / "own", range(3, 5))
    window.archive_history.archive.update()
    await until(lambda: len(cells("sessions")) == 5)
    await close_window(window)


async def test_an_empty_archive_has_empty_charts(opened, tmp_path):
    """Each says so in words, once."""
    async with opened(tmp_path / "nothing") as window:
        tabs = find(QTabWidget, "chartsTabs")
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
            await settled(window)
            page = tabs.widget(place)
            assert page.view.accessibleDescription() == "There are no such sessions."
            assert page.summary.isHidden()  # it stands in the place of the picture
            assert page.view.picture.spots == []
            assert not page.view.grab().isNull()


def test_a_window_without_an_archive_has_no_charts(window):
    """Windows of tests have none."""
    assert window.actions_by_name["actionCharts"].statusTip() == "This window has no archive"
