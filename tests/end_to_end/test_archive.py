"""What was recorded by itself is there the next time: in the history, and in ``stats``."""

import json

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView

from exlab_gui.cli import main
from exlab_gui.testing.lifecycle import close_window
from tests.helpers.live_window import connect, opened, trigger, until
from tests.helpers.names import find, seen


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Return the folder of the archive, for the window and for commands."""
    monkeypatch.setenv("EXLAB_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))
    return tmp_path / "archive"


async def test_every_session_is_there_the_next_time(demo, open_window, archive):
    """Attach, let sessions run, close everything; start again: each is listed and opens."""
    ended = opened(demo, to="done")
    session = opened(demo)
    waiting = opened(demo, "asks_once", to="input_required")
    first = open_window(archive=archive)
    await connect(demo)
    demo.do(lambda _: session.run_to("done"))
    kept = first.servers._servers[demo.url].sessions
    await until(lambda: kept[session.session_id].visits.state() == "done")
    labels = {one.label for one in kept.values()}
    await close_window(first)
    second = open_window(archive=archive)
    trigger("actionHistory")
    table = find(QTableView, "historyTable")
    await until(lambda: table.model().rowCount() == len(labels) >= 2)
    tip = Qt.ItemDataRole.ToolTipRole
    rows = range(len(labels))
    assert {table.model().index(row, 0).data(tip).split("\n")[0] for row in rows} == labels
    assert find(QLabel, "historyCount").text() == f"{len(labels)} sessions"
    done = next(row for row in rows if table.model().index(row, 5).data() == "done")
    table.selectRow(done)
    QTest.keyClick(table, Qt.Key.Key_Return)
    await until(lambda: second.session.label in labels)
    assert seen().current == "done"
    await close_window(second)
    told = json.loads(CliRunner().invoke(main, ["stats", "--json"]).stdout)
    assert told["sessions"] == len(labels)
    assert told["outcomes"]["not ended"] == 1  # it still waits
    assert {ended.session_id, session.session_id, waiting.session_id} >= kept.keys()
