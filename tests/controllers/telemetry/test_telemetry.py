"""Live sessions are sent as traces if the user wants that, and nobody waits for the receiver."""

import socket

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

pytest.importorskip("opentelemetry.proto.trace.v1.trace_pb2")

from exlab_gui.testing.lifecycle import close_window
from exlab_gui.widgets.dialogs.traces_dialog import TracesDialog
from exlab_gui.widgets.message_bar import MessageBar
from tests.helpers.live_window import connect, opened, trigger, until
from tests.telemetry.receiver import receiving


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


@pytest.fixture
async def live(demo, open_window):
    """Return a window that watches a server, which has one session."""
    opened(demo)
    window = open_window()
    await connect(demo)
    yield window
    await close_window(window)


async def listed(demo, window):
    """Return a session that the server has opened, once the window lists it."""
    session = opened(demo)
    (server,) = window.servers._servers.values()
    await until(lambda: session.session_id in server.sessions)
    return session, server.sessions[session.session_id]


def answer(window, url, *, operator=False):
    """Give the dialog an address; return what it says against it."""
    trigger("actionTraces")
    dialog = window.findChild(TracesDialog)
    dialog.findChild(QLineEdit).setText(url)
    dialog.findChild(QCheckBox).setChecked(operator)
    dialog.accept()
    said = dialog.findChild(QLabel, "tracesStatus").text()
    dialog.reject()
    return said


async def test_a_session_is_sent_to_its_end(demo, live, receiver):
    """Each visit is sent when it has ended; closing the window sends the session itself."""
    assert answer(live, receiver.url) == ""
    assert live.actions_by_name["actionTraces"].isChecked()
    assert live.findChild(MessageBar).text == f"Live sessions are sent as traces to {receiver.url}"
    session, _ = await listed(demo, live)
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: "done" in {span.name for span in receiver.spans})
    await live.tracing.close()
    roots = [span for span in receiver.spans if not span.parent_span_id]
    (ids,) = ({one.key: one.value.string_value for one in root.attributes} for root in roots)
    assert ids["session.id"] == session.session_id


async def test_closing_its_row_does_not_end_its_trace(demo, live, receiver):
    """A session is sent to its end as long as its server is watched."""
    answer(live, receiver.url)
    session, shown = await listed(demo, live)
    live.session_actions.show(shown)
    trigger("actionCloseSession")
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: "done" in {span.name for span in receiver.spans})


async def test_it_stays_so(demo, live, receiver, open_window):
    """The next window sends, too; without an address nothing is sent."""
    answer(live, receiver.url)
    live.settings.save()
    assert live.settings.text("telemetry/url") == receiver.url
    answer(live, "")
    assert not live.actions_by_name["actionTraces"].isChecked()
    session, shown = await listed(demo, live)
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: shown.visits.state() == "done")
    assert receiver.spans == []
    live.settings.keep("telemetry/url", receiver.url)
    await listed(demo, live)
    assert live.tracing.is_on


async def test_no_address_is_refused_in_the_dialog(live):
    """The dialog stays, and says why."""
    assert "is not the address of a receiver" in answer(live, "localhost:4318")
    assert not live.tracing.is_on


async def test_a_receiver_that_does_not_answer_is_told_once(demo, live, receiver):
    """The session goes on; as soon as the receiver is there, all of it is sent."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    answer(live, f"http://127.0.0.1:{port}")
    session, _ = await listed(demo, live)
    demo.do(lambda _: session.run_to("rendering"))
    sender = live.tracing._sender
    await until(lambda: sender.problem)
    live.tracing.look()
    bar = live.findChild(MessageBar)
    assert bar.text.startswith(f"Traces are not sent. http://127.0.0.1:{port}/v1/traces: ")
    sender.url = f"{receiver.url}/v1/traces"
    await until(lambda: receiver.spans)
    await until(lambda: not sender.problem)
    live.tracing.look()
    assert bar.text == "Traces are sent again."
