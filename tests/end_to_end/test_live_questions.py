"""Any question of a plugin gets a form in the window, and its answers reach the server."""

import msgspec
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QPushButton, QWidget

from tests.helpers.live_window import connect, opened, text, until
from tests.helpers.names import find, rows, seen
from tests.helpers.odd_fields import SHAPES


def enter(key, value):
    """Enter `value` in the editor of the field `key`."""
    match find(QWidget, f"field_{key}"):
        case QLineEdit() as line:
            line.setText(value)
        case QComboBox() as box:
            box.setCurrentIndex(box.findData(value))
        case QDateEdit() as day:
            day.setDate(QDate.fromString(value, Qt.DateFormat.ISODate))
        case QCheckBox() as box:
            box.setChecked(value)


async def test_every_odd_question_has_a_form(demo, shown):
    """It is counted as a problem, and its answers arrive in the types that the plugin gave."""
    asking = {
        name: opened(demo, "asks_once", to="input_required", fields=shape.fields)
        for name, shape in SHAPES.items()
    }
    await connect(demo)
    server = next(iter(shown.servers._servers.values()))
    for name, session in asking.items():
        shown.session_actions.show(server.sessions[session.session_id])
        assert seen().form, name
        assert text("problemCountLabel").startswith("1 "), name
        for key, value in SHAPES[name].entered.items():
            enter(key, value)
        find(QPushButton, "pendingInputSubmit").click()
    await until(lambda: all(session.answers is not None for session in asking.values()))
    for name, session in asking.items():
        came = {key: session.answers[key] for key in SHAPES[name].sent}
        assert msgspec.json.encode(came) == msgspec.json.encode(SHAPES[name].sent), name


async def test_what_is_odd_is_said_at_its_field(demo, shown):
    """What cannot be a field is said above the others, and in the log."""
    shape = SHAPES["odd ones among good ones"]
    session = opened(demo, "asks_once", to="input_required", fields=shape.fields)
    await connect(demo)
    assert text("pendingInputOdd") == "Field 3 is left out: 7 is not a field."
    assert "no label; the default 5 is of another type" in text("odd_n")
    assert find(QLineEdit, "field_n").text() == "5"
    assert "⚠" in rows()[-1].detail
    (asked,) = [event for event in shown.session.history if event.kind == "input_required"]
    assert msgspec.json.decode(asked.wire)["fields"] == shape.fields
    find(QPushButton, "pendingInputSubmit").click()
    await until(lambda: demo.do(lambda _: session.answers) is not None)
    assert demo.do(lambda _: session.answers) == {"good": "", "n": 5, "b": False}


async def test_a_question_that_is_not_known_has_a_form(demo, shown):
    """A session that waits can be let go on, whatever its server tells of the question."""
    session = opened(demo, "asks_once", to="input_required")
    demo.do(lambda _: setattr(session, "payload", lambda question: 7))
    await connect(demo)
    assert seen().form
    assert "the question is not known" in text("pendingInputReason")
    assert text("problemCountLabel").startswith("1 ")
    find(QPushButton, "pendingInputSubmit").click()
    await until(lambda: demo.do(lambda _: session.answers) == {})
