"""A running server in the window, by object names: connected to, watched, answered, lost, found."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
)

from exlab_gui.demo_server.status import NOT_SET_UP, READY
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.errors import ServerRefusedError
from exlab_gui.sources.live.polling import intervals
from tests.helpers.live_window import ask_for, connect, opened, sessions, text, trigger, until
from tests.helpers.names import find, rows, seen


async def test_a_session_is_watched(demo, shown):
    """The window shows the server's session and follows it, and no button steps it."""
    session = opened(demo)
    await connect(demo)
    assert len(sessions()) == 2
    assert "Watching" in text("connectionLabel")
    assert seen().current == "pending"
    demo.do(lambda _: session.run_to("rendering"))
    await until(lambda: seen().current == "rendering")
    assert seen().enabled == set()
    assert all("only ExLab-Wizard changes the state" in tip for tip in seen().tips.values())


async def test_the_session_that_waits_for_input_is_shown(demo, shown):
    """Of several, the newest that needs input comes up; its answers let it go on."""
    opened(demo)
    session = opened(demo, "asks_once", to="input_required")
    opened(demo)
    await connect(demo)
    assert seen().current == "input_required"
    assert seen().form
    trigger("actionCancel")
    assert find(QDialog, "cancelDialog").isVisible()
    find(QCheckBox, "cancelDiscard").setChecked(True)
    find(QPushButton, "endConfirm").click()
    await until(lambda: seen().current == "aborted")
    assert demo.do(lambda _: session.state) == "aborted"


async def test_a_server_is_lost_and_found(demo, shown):
    """What was seen stays while nobody answers; then the watching goes on."""
    opened(demo)
    await connect(demo)
    demo.do(lambda server: server.stop())
    await until(lambda: "Reconnecting" in text("connectionLabel"))
    assert len(sessions()) == 2
    demo.do(lambda server: server.start())
    await until(lambda: "no longer knows this session" in text("connectionLabel"))
    opened(demo)
    await until(lambda: len(sessions()) == 3)


async def test_a_server_is_left_and_connected_to_again(demo, shown):
    """Its sessions stay, say so, and are followed again without coming twice."""
    session = opened(demo)
    await connect(demo)
    trigger("actionDisconnect")
    await until(lambda: "Disconnected" in text("connectionLabel"))
    assert not find(QAction, "actionDisconnect").isEnabled()
    demo.do(lambda _: session.run_to("rendering"))
    ask_for(demo.url)
    await until(lambda: seen().current == "rendering")
    assert len(sessions()) == 2


async def test_a_session_that_was_missed(demo, shown, monkeypatch):
    """It comes to the list by its result, and is said to be known from that alone."""
    monkeypatch.setattr(intervals, "LOOK_S", 0.05)
    opened(demo, "asks_once")
    await connect(demo)
    await until(lambda: demo.do(lambda server: "GET /api/v1/tree" in server.requests))
    demo.do(finish_at_once)
    await until(lambda: len(sessions()) == 3)
    model = find(QAbstractItemView, "sessionListView").model()
    row = next(row for row in range(3) if model.index(row, 1).data() == "done · result")
    assert "ended before it was seen" in model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
    shown.session_actions.show(shown.sessions.session(row))
    assert text("timeInStateLabel") == "known from its result"
    assert "known from its result only" in text("connectionLabel")
    assert rows()[0].detail.endswith("(known from its result only)")
    assert seen().current == "done"


def finish_at_once(server):
    """Open a session that is over before anybody can see it."""
    session = server.open("happy_path", held=True)
    session.run_to("done")


async def test_listening_is_asked_for(demo, shown):
    """Only after being told what it means; then exact events come, and it can be left."""
    session = opened(demo)
    await connect(demo)
    trigger("actionListen")
    assert not find(QAction, "actionListen").isChecked()
    find(QPushButton, "endConfirm").click()
    await until(lambda: "Listening" in text("connectionLabel"))
    assert find(QAction, "actionListen").isChecked()
    demo.do(lambda _: session.run_to("rendering"))
    await until(lambda: "phase" in [row.kind for row in rows()])
    trigger("actionListen")
    await until(lambda: "Watching" in text("connectionLabel"))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://lab", "begin with http"),
        ("http://127.0.0.1:1", "No response from"),
        ("{url}/printer", "is not a supported ExLab-Wizard"),
    ],
)
async def test_what_is_no_server_is_said_to_be_none(demo, shown, url, said):
    """The dialog stays, and says in words what is wrong."""
    ask_for(url.format(url=demo.url))
    await until(lambda: said in text("connectStatus"))
    assert find(QLabel, "connectStatus").property("meaning") == "failure"
    assert find(QPushButton, "connectAccept").isEnabled()
    find(QPushButton, "connectReject").click()


async def test_a_server_that_is_not_set_up(demo, shown):
    """It is said, also once the user insists; its sessions come when it is set up."""
    opened(demo)
    demo.do(lambda server: setattr(server.contract, "setup", NOT_SET_UP))
    ask_for(demo.url)
    await until(lambda: "not set up yet" in text("connectStatus"))
    find(QPushButton, "connectAccept").click()
    await until(lambda: "still needed: config.yaml" in text("serverTroubleLabel").lower())
    demo.do(lambda server: setattr(server.contract, "setup", READY))
    await until(lambda: text("originLabel").startswith("Live"))


async def test_credentials_are_not_remembered(demo, shown, settings):
    """An address is offered again without the password that was typed with it."""
    opened(demo)
    ask_for(demo.url.replace("://", "://me:secret@"))
    await until(lambda: text("originLabel").startswith("Live"))
    trigger("actionConnect")
    assert find(QComboBox, "connectAddress").itemText(0) == demo.url
    assert "secret" not in settings.text("servers/remembered")
    find(QPushButton, "connectReject").click()


async def test_the_session_that_was_asked_for_is_shown(demo, shown):
    """By its id, whatever else waits for input."""
    session = opened(demo)
    opened(demo, "asks_once", to="input_required")
    shown.servers.connect_to(parse_address(demo.url), session.session_id)
    await until(lambda: text("originLabel").startswith("Live"))
    await until(lambda: len(sessions()) == 3)
    assert seen().current == "pending"


async def test_answers_let_the_session_go_on(demo, shown):
    """What was filled in reaches the server once, and the session goes on there."""
    session = opened(demo, "asks_once", to="input_required")
    await connect(demo)
    find(QLineEdit, "field_sample_id").setText("S-7")
    submit = find(QPushButton, "pendingInputSubmit")
    submit.click()
    submit.click()
    await until(lambda: "has the answers" in submit.toolTip())
    demo.do(lambda _: session.run_to("done"))
    await until(lambda: seen().current == "done")
    requests = demo.do(lambda server: list(server.requests))
    assert sum(request.endswith("/resume") for request in requests) == 1


async def test_a_refusal_is_shown_beside_its_field(demo, shown, monkeypatch):
    """The server's own words stand at the field that they concern; the form can be sent again."""

    async def refuse(*_):
        raise ServerRefusedError("No such tube.", 422, "validation_failed", "sample_id")

    opened(demo, "asks_once", to="input_required")
    await connect(demo)
    monkeypatch.setattr(Client, "resume", refuse)
    find(QLineEdit, "field_sample_id").setText("S-7")
    find(QPushButton, "pendingInputSubmit").click()
    await until(find(QLabel, "wrong_sample_id").isVisible)
    assert text("wrong_sample_id") == text("messageText") == "No such tube."
    await until(find(QPushButton, "pendingInputSubmit").isEnabled)


async def test_a_notice_tells_of_a_session_that_is_not_shown(demo, shown):
    """That one needs input is told while another one is looked at, and once."""
    opened(demo)
    other = opened(demo, "asks_once")
    await connect(demo)
    assert "needs input" not in text("messageText")
    demo.do(lambda _: other.run_to("input_required"))
    await until(lambda: "needs input" in text("messageText"))
    assert seen().current == "pending"


async def test_the_pace_goes_for_servers_that_are_watched(demo, shown):
    """A server that is watched is asked as often as was chosen, from then on."""
    session = opened(demo)
    await connect(demo)
    trigger("actionPace")
    find(QDoubleSpinBox, "paceSession").setValue(60)
    find(QDoubleSpinBox, "paceList").setValue(0.25)
    find(QPushButton, "endConfirm").click()
    demo.do(lambda _: session.run_to("rendering"))
    await until(lambda: seen().current == "rendering")
    requests = demo.do(lambda server: list(server.requests))
    asked = [one for one in requests if session.session_id in one]
    demo.do(lambda _: session.run_to("cache_write"))
    await until(lambda: seen().current == "cache_write")
    requests = demo.do(lambda server: list(server.requests))
    # The list alone told of it.
    assert len([one for one in requests if session.session_id in one]) <= len(asked) + 1
