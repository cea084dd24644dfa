"""Text that tries to be more than text, and what may be left of it on a screen."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.machine_data import MachineData

MARKUP = "<b onload=alert(1)>bold</b><img src=x>&amp;"
ESCAPES = "\x1b]0;PWNED\x07\x1b[31mred\x1b[2J"
HOSTILE = {
    "html": MARKUP,
    "ansi": f"{MARKUP}{ESCAPES}",
    "bidi": f"{MARKUP}\u202egnp.exe\u2066",
    "nul": f"{MARKUP}\x00b",
    "surrogate": f"{MARKUP}\ud800",
    "lines": f"{MARKUP}\n\u2028\u2029" * 100,
    "long": MARKUP + "x" * 10_000_000,
}
LONGEST = 25_000
"""No text on the screen is longer than this, whatever came in."""


def envelopes(value):
    """Return every kind of message, with `value` in each field that is not what makes it one."""
    field = {"id": "a", "label": value, "hint": value, "default": value}
    choice = {"id": "b", "label": value, "type": "choice", "options": [value, "other"]}
    error = {"code": value, "message": value, "field": value, "details": value}
    return [
        {"kind": "warning", "phase": value, "message": value},
        {"kind": "progress", "phase": value, "current": 2**70, "total": value},
        {"kind": "phase", "phase": value, "at": value},
        {"kind": value, value: value},
        {"kind": "warning", "phase": "rendering_template", "message": value, "more": [value]},
        {"kind": "input_required", "fields": [field, choice], "reason": value, "plugin": value},
        {"kind": "done", "result": {"path": value, "sync_status": value, value: value}},
        {"kind": "failed", "phase": value, "error": error},
    ]


def causes(value):
    """Return every cause that can hold `value`."""
    error = {"code": value, "message": value, "field": value}
    return [
        {"cause": "resumed", "answers": {value: value}},
        {"cause": "reported", "error": error},
        {"cause": "reported", "result": {"path": value, "sync_status": value}},
    ]


def hostile_recording(value):
    """Return the bytes of a recording that says `value` wherever it may say anything."""
    machine = MachineData.of(CREATION_MACHINE)
    at = "2026-01-31T12:00:00Z"
    header = {
        "format": "exlab-recording",
        "version": 1,
        "label": value,
        "source": value,
        "created": at,
        "programs": {value: value},
        "machine": {"initial": machine.initial, "table": machine.table, "phases": machine.phases},
        "session_id": value,
        "kind": value,
        "request": dict.fromkeys(("equipment_id", "project_name", "label", "operator"), value),
        "fork": {"of": value, "seq": 1},
    }
    lines = [{"state": "pending"}]
    lines += ({"state": "rendering", "envelope": envelope} for envelope in envelopes(value))
    lines += ({"state": "plugin_pass", "cause": cause} for cause in causes(value))
    lines += [{"state": value}, {"state": value, "envelope": envelopes(value)[0]}]
    lines += [{"state": "input_required", "envelope": envelopes(value)[5]}]
    events = [{"seq": seq, "at": at, "origin": "observed", **e} for seq, e in enumerate(lines, 1)]
    unreadable = {"seq": 1, "at": at, "state": "pending", "origin": value}
    return b"".join(json.dumps(line).encode() + b"\n" for line in (header, *events, unreadable))


def assert_plain(text, longest=LONGEST):
    """Assert that `text`, of one line or several, moves no cursor, and is not endless."""
    for line in text.split("\n"):
        assert line.replace("\u00a0", " ").isprintable(), line[:300]
        assert len(line) <= longest


def assert_shown_plain(window):
    """Assert that nothing in `window` would be read as markup, moves a cursor, or is endless."""
    things = (*window.findChildren(QWidget), *window.findChildren(QAction))
    shown = [window.windowTitle(), *(action.text() for action in window.findChildren(QAction))]
    tips = [thing.toolTip() for thing in things]
    shown += (thing.accessibleName() for thing in window.findChildren(QWidget))
    shown += (thing.accessibleDescription() for thing in window.findChildren(QWidget))
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text()
        shown.append(label.text())
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                shown.append(str(index.data() or ""))
                tips.append(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
    for editor in window.findChildren(QLineEdit):
        shown.append(editor.placeholderText())
    for pane in window.findChildren(QPlainTextEdit):
        shown.append(pane.placeholderText())
        if pane.isReadOnly():
            shown += pane.toPlainText().split("\n")
    for text in (*shown, *tips):
        assert_plain(text, 2 * LONGEST if text in tips else LONGEST)
    assert not [tip for tip in tips if "<b" in tip or "<img" in tip]
    for combo in window.findChildren(QComboBox):
        assert combo.sizeHint().width() < 100_000
    assert not window.grab().isNull()
