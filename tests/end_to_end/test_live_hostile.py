"""A hostile server in the window: whatever it sends is text, in every place that shows it."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QWidget

from exlab_gui.sources.commands import Listen
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.testing.loop import apart_from_task
from tests.end_to_end.test_live import ask_for, nothing_found, opened, sessions, text, until
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import RUBBISH, rubbish
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.names import find, rows, seen
from tests.helpers.window import settle

__all__ = ["nothing_found"]

MARKUP = "<b onload=alert(1)>bold</b><img src=x>&amp;"
HOSTILE = {
    "html": MARKUP,
    "ansi": f"{MARKUP}\x1b[31mred\x1b[0m",
    "bidi": f"{MARKUP}\u202egnp.exe\u2066",
    "nul": f"{MARKUP}\x00b",
    "surrogate": f"{MARKUP}\ud800",
    "lines": f"{MARKUP}\n\u2028\u2029" * 100,
    "long": MARKUP + "x" * 10_000_000,
}
LONGEST = 25_000
"""No text on the screen is longer than this, whatever was sent."""


def assert_plain(window):
    """Assert that nothing on the screen would be read as markup, breaks a line, or is endless."""
    with apart_from_task():  # within one, no other could go on while Qt's events are processed
        settle()
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text()
        assert len(label.text()) <= LONGEST, label.objectName()
    things = (*window.findChildren(QWidget), *window.findChildren(QAction))
    tips = [thing.toolTip() for thing in things]
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                shown = str(index.data() or "")
                assert shown.isprintable()
                assert len(shown) <= LONGEST
                tips.append(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
    assert not [tip for tip in tips if "<b" in tip or "<img" in tip or len(tip) > 2 * LONGEST]
    for combo in window.findChildren(QComboBox):
        assert combo.sizeHint().width() < 100_000
    assert window.windowTitle().isprintable()
    assert not window.grab().isNull()


async def test_every_message(window):
    """Rubbish and hostile envelopes are rows of the log, as text, and the stream is read on."""
    with faulty_server_thread(rate=1000) as demo:
        session = opened(demo, "happy_path")
        ask_for(demo.url)
        await until(lambda: text("originLabel").startswith("Live"))
        window.session.request(Listen(on=True))
        await until(lambda: "Listening" in text("connectionLabel"))
        demo.do(lambda _: session.step())
        for name in RUBBISH:
            if name != "too_large":
                demo.do(lambda _, name=name: session.send(rubbish(name)))
        for value in HOSTILE.values():
            for envelope in envelopes(value):
                body = json.dumps(envelope).encode()
                demo.do(lambda _, body=body: session.send(body))
        demo.do(lambda _: session.run_to("done"))
        await until(lambda: "done" in [row[4] for row in rows()])
        assert_plain(window)
        assert len(sessions()) == 2
        await close_window(window)


def envelopes(value):
    """Return every kind of message, with `value` in each field that is not what makes it one."""
    yield {"kind": "warning", "phase": value, "message": value}
    yield {"kind": "progress", "phase": value, "current": 2**70, "total": value}
    yield {"kind": "phase", "phase": value, "at": value}
    yield {"kind": value, value: value}
    yield {"kind": "warning", "phase": "rendering_template", "message": value, "more": [value]}


# An answer with half a surrogate is no JSON, and as a whole not understood.
@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"surrogate"}))
async def test_every_answer(window, name):
    """What a plugin asks, why, and what the list says: shown as text, in the form as elsewhere."""
    value = HOSTILE[name][:1_000_000]  # an answer of more than 16 MiB is not read
    with faulty_server_thread(rate=1000) as demo:
        session = opened(demo, "asks_once", to="input_required")
        ask_for(demo.url)
        await until(lambda: text("originLabel").startswith("Live"))
        field = {"id": "a", "label": value, "hint": value, "default": value}
        choice = {"id": "b", "label": value, "type": "choice", "options": [value, "other"]}
        asked = {"fields": [field, choice], "reason": value, "plugin": value}
        snapshot = {"session_id": session.session_id, "state": "input_required"}
        answer(demo, "GET /api/v1/sessions/", snapshot | {"pending_input": asked})
        await until(lambda: find(QWidget, "pendingInputForm").findChild(QWidget, "field_a"))
        assert_plain(window)
        entry = {"id": session.session_id, "state": "input_required"}
        names = ("started_at", "equipment_id", "project_short_id", "run_label", "plugin_name")
        said = dict.fromkeys((*names, "suspended_reason"), value)
        answer(demo, "GET /api/v1/operations", {"operations": [entry | said]})
        await until(lambda: "onload" in " ".join(sessions()))
        assert_plain(window)
        end = {"state": "failed", "error": {"code": value, "message": value, "field": value}}
        answer(demo, "GET /api/v1/sessions/", snapshot | end)
        await until(lambda: seen().current == "failed")
        assert_plain(window)
        await close_window(window)


def answer(demo, only, body):
    """Have the server answer `body` to all that `only` names."""
    conduct = Conduct(only=only, raw=(json.dumps(body).encode(),))
    demo.do(lambda server: setattr(server, "conduct", conduct))
