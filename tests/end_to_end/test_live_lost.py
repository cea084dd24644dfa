"""What is shown is never older than it says: a lost server looks lost, and time stands still."""

import asyncio
import socket

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from exlab_gui.demo_server.status import NOT_SET_UP, READY
from exlab_gui.models.session_cells import Column
from exlab_gui.sources.live import reconnect
from exlab_gui.sources.live.address import parse_address
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.live_window import connect, opened, text, trigger, until
from tests.helpers.names import find, seen


def row(number=1):
    """Return the cells of a row of the list, and the colour of the first."""
    model = find(QAbstractItemView, "sessionListView").model()
    cells = [model.index(number, column).data() for column in Column]
    brush = model.index(number, 0).data(Qt.ItemDataRole.ForegroundRole)
    return cells, brush.color().name().upper() if brush else None


def looks():
    """Return how the connection bar looks: past, or a warning."""
    return find(QWidget, "connectionBar").property("role")


def is_shown(kind, name):
    return find(kind, name).isVisible()


async def test_a_lost_server_looks_lost(demo, shown):
    """In the bar, the header, the tool bar and the list, until the server is back."""
    session = opened(demo, "asks_once", to="input_required")
    await connect(demo)
    assert (looks(), is_shown(QToolButton, "connectionRetry")) == ("past", False)
    assert row()[1] is None
    demo.do(lambda server: setattr(server, "conduct", Conduct(drop=True)))
    assert shown.context.messages.text.startswith("Connected to")
    await until(lambda: looks() == "warning")
    assert shown.context.messages.text == ""  # it is not so any more
    assert "Last seen" in text("connectionLabel")
    assert is_shown(QToolButton, "connectionRetry")
    assert text("lastSeenLabel").startswith("last seen ")
    assert find(QWidget, "detailsPanel").minimumSizeHint().width() < 400  # as in a narrow window
    assert "(last known)" in text("originLabel")
    cells, colour = row()
    assert cells[Column.TIME].endswith("ago")
    assert colour == shown.theme.colours.warning
    assert shown.session.now() == shown.session.info.seen
    told = text("timeInStateLabel")
    await asyncio.sleep(0.25)  # of the clock that must not go on
    assert text("timeInStateLabel") == told
    demo.do(lambda server: setattr(server, "conduct", Conduct()))
    trigger("actionRetry")
    await until(lambda: looks() == "past")
    assert not is_shown(QLabel, "lastSeenLabel")
    assert row()[1] is None
    find(QLineEdit, "field_sample_id").setText("S-7")
    find(QPushButton, "pendingInputSubmit").click()
    await until(lambda: session.answers is not None)


async def test_retry_now_does_not_wait(demo, shown, monkeypatch):
    """However long it would be until the next attempt."""
    monkeypatch.setattr(reconnect.Backoff, "next_s", lambda _: 3600.0)
    opened(demo)
    await connect(demo)
    assert not find(QAction, "actionRetry").isEnabled()
    demo.do(lambda server: server.stop())
    await until(lambda: looks() == "warning")
    demo.do(lambda server: server.start())
    find(QToolButton, "connectionRetry").click()
    await until(lambda: "no longer knows" in text("connectionLabel"))


async def test_a_forgotten_session_is_last_known(demo, shown):
    """It looks so though its server is well, and nothing can be retried."""
    opened(demo, to="rendering")
    await connect(demo)
    demo.do(lambda server: server.restart())
    await until(lambda: "no longer knows" in text("connectionLabel"))
    assert looks() == "warning"
    assert row()[0][Column.TIME].endswith("ago")
    assert text("lastSeenLabel").startswith("last seen ")
    assert seen().current == "rendering"
    await until(lambda: not is_shown(QToolButton, "connectionRetry"))


async def test_the_parts_of_the_server_are_in_a_menu(demo, shown):
    """Each component with its state and reason."""
    opened(demo)
    await connect(demo)
    parts = [action.text() for action in find(QToolButton, "serverHealthButton").menu().actions()]
    assert "⚠ LIMS: warn (unreachable; using cache)" in parts
    assert parts[0] == "Setup: ready"


async def test_a_server_that_is_not_set_up_is_told_of_as_long_as_it_is(demo, shown):
    """With a session of it, and without one."""
    opened(demo)
    await connect(demo)
    demo.do(lambda server: setattr(server.contract, "setup", NOT_SET_UP))
    await until(lambda: "still needed: config.yaml" in text("connectionLabel").lower())
    assert looks() == "warning"
    shown.session_actions.show(shown.sessions.session(0))
    assert "still needed: config.yaml" in text("serverTroubleLabel").lower()
    trigger("actionRetry")
    demo.do(lambda server: setattr(server.contract, "setup", READY))
    await until(lambda: not is_shown(QLabel, "serverTroubleLabel"))
    assert not is_shown(QWidget, "connectionBar")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("{url}/printer", "is not a supported ExLab-Wizard server"),
        ("https://{host}", "Cannot open a secure connection"),
        ("http://127.0.0.1:{closed}", "No response from"),
    ],
)
async def test_what_is_wrong_with_a_server_stays_in_the_window(demo, shown, url, said):
    """Another program, no certificate, nobody there: told until the user disconnects."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        closed = nobody.getsockname()[1]
        address = url.format(url=demo.url, host=demo.url.partition("//")[2], closed=closed)
        shown.servers.connect_to(parse_address(address))
        await until(lambda: said in text("serverTroubleLabel"))
        assert looks() == "warning"
        shown.context.messages.dismiss()
        trigger("actionRetry")
        assert said in text("serverTroubleLabel")
