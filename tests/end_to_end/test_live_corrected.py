"""What the event stream tells late corrects what the window shows, and not what was recorded."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton

from exlab_gui.core.trace import ENDING, load
from exlab_gui.testing.lifecycle import close_window
from tests.helpers.live_window import connect, opened, text, trigger, until
from tests.helpers.names import find, rows, seen


async def listen():
    trigger("actionListen")
    find(QPushButton, "endConfirm").click()
    await until(find(QAction, "actionListen").isChecked)


async def test_where_a_session_failed_is_shown(demo, shown):
    """A failed session stays on the list, and its messages wait: they tell the walk exactly."""
    opened(demo, "internal_error", to="failed")
    await connect(demo)
    assert seen().current == "failed"
    assert seen().edges["plugin_pass", "failed"] == "idle"
    await listen()
    await until(lambda: seen().edges["plugin_pass", "failed"] == "last")
    assert seen().states["plugin_pass"] == "visited"
    assert not [row for row in rows()[1:] if "(" in row.detail and "inferred" in row.detail]
    assert not [row for row in rows() if "known before" in row.detail]


async def test_the_archive_has_what_comes_after_a_correction(demo, open_window, tmp_path):
    """Its recording goes on to the end, in the order of arrival."""
    session = opened(demo, "asks_once", to="input_required")
    window = open_window(archive=tmp_path / "archive")
    await connect(demo)
    await listen()
    await until(lambda: window.session.history is not window.session.source.arrivals)
    demo.do(lambda _: session.answer({"sample_id": "S-7", "library_kit": "Nextera XT"}))
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: window.session.visits.state() == "done")
    arrivals = list(window.session.source.arrivals)
    await close_window(window)
    (path,) = (tmp_path / "archive").rglob(f"*{ENDING}")
    await until(lambda: len(load(path).arrivals) >= len(arrivals))
    assert list(load(path).arrivals)[: len(arrivals)] == arrivals


async def test_a_correction_disturbs_nobody(demo, shown, tmp_path):
    """What was typed stays, the playhead stays at its visit, and the recording goes on."""
    session = opened(demo, "asks_once", to="input_required")
    await connect(demo)
    path = tmp_path / "live.exlab.jsonl"
    shown.session.record(path)
    find(QLineEdit, "field_sample_id").setText("S-7")
    await listen()
    await until(lambda: shown.session.history is not shown.session.source.arrivals)
    await until(lambda: rows()[1].kind == "phase" and "inferred" not in rows()[1].detail)
    assert find(QLineEdit, "field_sample_id").text() == "S-7"
    shown.session.go_to(3)
    assert seen().current == "rendering"
    demo.do(lambda _: session.answer({"sample_id": "S-7", "library_kit": "Nextera XT"}))
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: shown.session.visits.state() == "done")
    assert seen().current == "rendering"
    assert shown.session.recorded_to == path
    shown.session.go_to(None)
    await until(lambda: "over" in text("connectionLabel"))
    count = len(shown.session.source.arrivals)
    await until(lambda: len(load(path).arrivals) == count)
    recording = load(path)
    assert list(recording.arrivals) == list(shown.session.source.arrivals)
    assert list(recording.events) == list(shown.session.history)
