"""The window says why a live session ended so."""

from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QWidget

from exlab_gui.models.session_cells import Column
from tests.helpers.live_window import connect, opened, text, until
from tests.helpers.names import diagram_item, find, rows, seen


def explained():
    return [label.text() for label in find(QWidget, "outcomePanel").findChildren(QLabel)]


def cells():
    """Return what the list says of the last session."""
    rows = find(QAbstractItemView, "sessionListView").model()
    return [rows.index(rows.rowCount() - 1, column).data() for column in Column]


async def test_a_plugin_that_failed(demo, shown):
    """The session is done; below, the plugin that failed comes first, and the log tells it too."""
    session = opened(demo, "plugin_fails")
    await connect(demo)
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: any("calibration_files" in line for line in explained()))
    assert seen().current == "done"
    assert explained()[1] == "⚠ calibration_files 1.0.0: failed, exit code 3, 120 ms"
    assert any("README.md" in line for line in explained())
    assert text("outcomeLabel").startswith("⚠ calibration_files 1.0.0: failed, exit code 3")
    assert find(QLabel, "currentStateLabel").property("meaning") == "flawed"
    assert diagram_item("state_done").meaning == "flawed"
    assert "· a plugin failed" in cells()[Column.STATE]
    assert find(QPushButton, "sessionStatus_flawed").text() == "Flawed 1"
    assert "⚠ calibration_files" in rows()[-1].detail


async def test_why_the_sync_is_blocked(demo, shown):
    """The findings of the second check are there, though no envelope told of them."""
    session = opened(demo, "sync_gated")
    await connect(demo)
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: "Finding" in explained())
    assert session.inner.result["findings"][0]["rule_detail"] in " ".join(explained())


async def test_an_abandoned_session(demo, shown):
    """Its reason is the server's."""
    session = opened(demo, "abandoned")
    await connect(demo)
    demo.do(lambda _: session.run_to("aborted"))
    await until(lambda: seen().current == "aborted")
    assert text("outcomeLabel").startswith("session_abandoned: no client heartbeat")
