"""The window, the command and DuckDB answer the five questions of a lab with the same figures."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QTabWidget

from exlab_gui.cli import main
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.form import EXAMPLES
from exlab_gui.core.trace import ENDING, Recording, new_header
from exlab_gui.export.recording import save
from exlab_gui.models.archive.chart_table import VALUE
from exlab_gui.testing.lifecycle import close_window
from tests.helpers.lab import FIRST, write_lab
from tests.helpers.live_window import trigger, until
from tests.helpers.names import find

COUNT, SLOWEST = 61, 5
EXPORTS = Path(__file__).parents[3] / "docs" / "exports.md"
MILLISECOND = 0.001


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    write_lab(folder, range(COUNT - 1))
    save(folder / f"unsure{ENDING}", unsure_recording())
    return folder


def unsure_recording():
    """Return a session whose long answer is known as a range, with a plugin of an odd name."""

    def at(seconds):
        return FIRST + timedelta(seconds=seconds)

    asked = InputRequiredEnvelope(EXAMPLES[:1], "Which one?", "lims; check")
    events = (
        Event(1, at(0), "pending", Origin.OBSERVED),
        Event(2, at(1), "plugin_pass", Origin.OBSERVED, mark=Mark.GAP),
        Event(3, at(2), "input_required", Origin.OBSERVED, asked),
        Event(4, at(902), "plugin_pass", Origin.OBSERVED, earliest=at(302), mark=Mark.GAP),
        Event(5, at(903), "failed", Origin.OBSERVED),
    )
    request = {"equipment_id": "SEM_02"}
    header = new_header(CREATION_MACHINE, "unsure", "http://10.0.0.4:8321", FIRST, request=request)
    return Recording(header, events)


@pytest.fixture(scope="module")
def told(lab):
    """Return what `stats` tells: the median times, the failures, and the slowest sessions."""

    def ask(*options):
        done = CliRunner().invoke(main, ["stats", str(lab), "--json", *options])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    by_state = ask("--slowest", str(SLOWEST))
    return {
        "states": {row["name"]: row["dwell"]["percentiles"]["50"] for row in by_state["rows"]},
        "answer": by_state["answers"]["percentiles"]["50"],
        "longest": by_state["answers"]["most"],
        "slowest": [(one["label"], one["seconds"]) for one in by_state["slowest"]],
        "plugin": {row["name"]: row["failed"] for row in ask("--by", "plugin")["rows"]},
        "equipment": {row["name"]: row["failed"] for row in ask("--by", "equipment")["rows"]},
    }


def rows(chart, *titles):
    """Return the exact values in the columns with these titles."""
    model = find(QTableView, f"chartTable_{chart}").model()
    every = range(model.columnCount())
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in every]
    places = [heads.index(title) for title in titles]
    return [
        [model.index(row, place).data(VALUE) for place in places] for row in range(model.rowCount())
    ]


async def click_tab(window, title):
    tabs = find(QTabWidget, "chartsTabs")
    place = next(at for at in range(tabs.count()) if tabs.tabText(at) == title)
    bar = tabs.tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
    dialog = window.archive_charts._dialog
    await until(lambda: dialog._page() not in dialog._stale)


async def test_two_clicks_in_the_window_answer_each(lab, told, open_window, tmp_path, monkeypatch):
    """The first one opens the charts; the second one chooses one, or sorts by what lasted."""
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path))
    window = open_window(archive=lab)
    trigger("actionCharts")
    await until(lambda: window.archive_charts._dialog is not None)
    await until(lambda: len(rows("sessions")) == COUNT)
    table = find(QTableView, "chartTable_sessions")
    heads = table.horizontalHeader()
    at = heads.viewport().rect().center()
    at.setX(heads.sectionViewportPosition(3) + 4)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    slowest = rows("sessions", "Session", "Lasted")[:SLOWEST]
    assert [label for label, _ in slowest] == [label for label, _ in told["slowest"]]
    lasted = [seconds for _, seconds in told["slowest"]]
    assert [spent / 1000 for _, spent in slowest] == pytest.approx(lasted, abs=MILLISECOND)
    await click_tab(window, "Time per state")
    *states, (_, answer) = rows("times", "State", "Median")
    medians = {state: median / 1000 for state, median in states}
    assert medians == pytest.approx(told["states"], abs=MILLISECOND)
    assert answer / 1000 == pytest.approx(told["answer"], abs=MILLISECOND)
    await click_tab(window, "Failures")
    for by in ("plugin", "equipment"):
        found = {
            name: failed
            for of, name, failed in rows("failures", "By", "Name", "Failed")
            if of == by
        }
        assert found == told[by]
    await close_window(window)


def test_duckdb_answers_them_as_documented(lab, told, tmp_path):
    """The queries of the page on exports, on the tables that `export` writes."""
    duckdb = pytest.importorskip("duckdb")
    for table in ("sessions", "visits"):
        options = ["--to", "csv", "--table", table, "-o", str(tmp_path / f"{table}.csv")]
        done = CliRunner().invoke(main, ["export", str(lab), *options])
        assert done.exit_code == 0, done.output
    page = EXPORTS.read_text("utf-8").partition("### Questions in DuckDB")[2]
    blocks = re.findall("```sql\n(.*?)```", page, flags=re.DOTALL)
    queries = [one for block in blocks for one in re.split(r";\n", block) if one.strip()]
    files = rf"'{tmp_path.as_posix()}/\1.csv'"
    with duckdb.connect() as db:
        states, plugins, equipment, answers, slowest = (
            db.sql(re.sub(r"'tables/(\w+)\.parquet'", files, query)).fetchall() for query in queries
        )
    medians = {state: median / 1000 for state, _, median in states}
    assert medians == pytest.approx(told["states"], abs=MILLISECOND)
    assert {name: failed for name, _, failed in plugins} == told["plugin"]
    assert "lims; check" in told["plugin"]
    assert {name: failed for name, _, failed in equipment} == told["equipment"]
    ((median, longest),) = answers
    assert median / 1000 == pytest.approx(told["answer"], abs=MILLISECOND)
    assert longest / 1000 == told["longest"] == 600
    found = [(label, lasted / 1000) for label, _, lasted in slowest[:SLOWEST]]
    for one, expected in zip(found, told["slowest"], strict=True):
        assert one == (expected[0], pytest.approx(expected[1], abs=MILLISECOND))
