"""A hostile server in the window: whatever it sends is text, in every place that shows it."""

import gc
import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from exlab_gui.demo_server.rubbish import RUBBISH, rubbish
from exlab_gui.demo_server.running import demo_server_thread
from exlab_gui.sources.commands import Listen
from tests.end_to_end.test_live import ask_for, nothing_found, opened, sessions, text, until
from tests.names import rows
from tests.window import close_window, settle

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
LONGEST = 5_000
"""No text on the screen is longer than this, whatever was sent."""


def assert_plain(window):
    """Assert that nothing on the screen would be read as markup, breaks a line, or is endless."""
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
    for editor in window.findChildren(QLineEdit):
        assert len(editor.text()) <= 10 * 32_767
    for combo in window.findChildren(QComboBox):
        assert combo.sizeHint().width() < 100_000
    assert window.windowTitle().isprintable()
    assert not window.grab().isNull()


async def test_every_message(window):
    """Rubbish and hostile envelopes are rows of the log, as text, and the stream is read on."""
    gc.disable()  # in another thread, none of Qt's objects may go
    with demo_server_thread(rate=1000) as demo:
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
    gc.enable()


def envelopes(value):
    """Return every kind of message, with `value` in each field that is not what makes it one."""
    yield {"kind": "warning", "phase": value, "message": value}
    yield {"kind": "progress", "phase": value, "current": 2**70, "total": value}
    yield {"kind": "phase", "phase": value, "at": value}
    yield {"kind": value, value: value}
    yield {"kind": "warning", "phase": "rendering_template", "message": value, "more": [value]}
