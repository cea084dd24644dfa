"""A hostile server in the window: whatever it sends is text, in every place that shows it."""

import json

import pytest
from PySide6.QtWidgets import QWidget

from exlab_gui.controllers.stream_choice import EVENT_STREAMS, HERE
from exlab_gui.core.limits import MESSAGE_BYTES
from exlab_gui.sources.commands import Listen
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.testing.loop import apart_from_task
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import RUBBISH, rubbish
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.hostile import HOSTILE, assert_shown_plain, envelopes
from tests.helpers.live_window import ask_for, opened, sessions, text, until
from tests.helpers.names import find, rows, seen
from tests.helpers.window import settle

pytestmark = pytest.mark.usefixtures("nothing_found")


def assert_as_text(window):
    """Assert that all that the window shows is text, once everything has its place."""
    with apart_from_task():  # within one, no other could go on while Qt's events are processed
        settle()
    assert_shown_plain(window)


async def test_every_message(window):
    """Rubbish and hostile envelopes are rows of the log, as text, and the stream is read on."""
    window.settings.keep(EVENT_STREAMS, {HERE: False})
    with faulty_server_thread() as demo:
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
        await until(lambda: "done" in [row.kind for row in rows()])
        assert_as_text(window)
        assert len(sessions()) == 2
        await close_window(window)


# An answer with half a surrogate is no JSON, and as a whole not understood.
@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"surrogate"}))
async def test_every_answer(window, name):
    """What a plugin asks, why, and what the list says: shown as text, in the form as elsewhere."""
    value = HOSTILE[name][: MESSAGE_BYTES // 10]  # a longer answer is not read
    window.settings.keep(EVENT_STREAMS, {HERE: False})
    with faulty_server_thread() as demo:
        session = opened(demo, "asks_once", to="input_required")
        ask_for(demo.url)
        await until(lambda: text("originLabel").startswith("Live"))
        field = {"id": "a", "label": value, "hint": value, "default": value}
        choice = {"id": "b", "label": value, "type": "choice", "options": [value, "other"]}
        asked = {"fields": [field, choice], "reason": value, "plugin": value}
        snapshot = {"session_id": session.session_id, "state": "input_required"}
        answer(demo, "GET /api/v1/sessions/", snapshot | {"pending_input": asked})
        await until(lambda: find(QWidget, "pendingInputForm").findChild(QWidget, "field_a"))
        assert_as_text(window)
        entry = {"id": session.session_id, "state": "input_required"}
        names = ("started_at", "equipment_id", "project_short_id", "run_label", "plugin_name")
        said = dict.fromkeys((*names, "suspended_reason"), value)
        answer(demo, "GET /api/v1/operations", {"operations": [entry | said]})
        await until(lambda: "onload" in " ".join(sessions()))
        assert_as_text(window)
        end = {"state": "failed", "error": {"code": value, "message": value, "field": value}}
        answer(demo, "GET /api/v1/sessions/", snapshot | end)
        await until(lambda: seen().current == "failed")
        assert_as_text(window)
        await close_window(window)


def answer(demo, only, body):
    """Have the server answer `body` to all that `only` names."""
    conduct = Conduct(only=only, raw=(json.dumps(body).encode(),))
    demo.do(lambda server: setattr(server, "conduct", conduct))
