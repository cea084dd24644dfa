"""Two servers at once, by object names: one list, and each followed for itself."""

import asyncio
from contextlib import ExitStack

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPushButton

from exlab_gui.models.session_cells import Column
from exlab_gui.sources.live import server_file
from exlab_gui.testing.lifecycle import close_window
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.live import PATIENCE_S
from tests.helpers.names import find, seen


@pytest.fixture(autouse=True)
def nothing_found(monkeypatch, tmp_path):
    """Find no server of this machine's user."""
    monkeypatch.setattr(server_file, "server_file_path", lambda: tmp_path / "server.json")


@pytest.fixture
def servers(open_window):
    """Yield two demo servers."""
    with ExitStack() as stack:
        yield [stack.enter_context(faulty_server_thread()) for _ in range(2)]


@pytest.fixture
async def shown(window, qapp):
    """Yield the window, and close it with nothing left behind."""
    yield window
    await close_window(window)


async def until(condition):
    """Wait until `condition()` holds, while the window goes on."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.01)


def opened(server, scenario, to, label):
    """Open a session that is held in the state `to`."""
    request = {"equipment_id": "XRD_01", "label": label}
    session = server.do(lambda one: one.open(scenario, held=True, request=request))
    server.do(lambda _: session.run_to(to))
    return session


def connect(server):
    find(QAction, "actionConnect").trigger()
    find(QComboBox, "connectAddress").setEditText(server.url)
    find(QPushButton, "connectAccept").click()


def column(which):
    """Return what the list shows in a column, from top to bottom."""
    model = find(QAbstractItemView, "sessionListView").model()
    return [model.index(row, which).data() for row in range(model.rowCount())]


async def both_connected(servers):
    opened(servers[0], "asks_once", "input_required", "a")
    opened(servers[0], "happy_path", "rendering", "b")
    opened(servers[1], "happy_path", "validating", "c")
    for server in servers:
        connect(server)
        await until(lambda server=server: server.url in column(Column.SERVER))


async def test_the_sessions_of_two_servers_stand_in_one_list(servers, shown):
    """Each with its state, its server and what it waits for; sorted, and filtered by all that."""
    await both_connected(servers)
    first, second = (server.url for server in servers)
    assert column(Column.SERVER) == ["", first, first, second]
    assert column(Column.STATE) == ["pending", "input_required", "rendering", "validating"]
    assert column(Column.EQUIPMENT)[1:] == ["XRD_01"] * 3
    assert column(Column.WAITS_FOR)[1]
    find(QAbstractItemView, "sessionListView").sortByColumn(
        Column.STATE, Qt.SortOrder.DescendingOrder
    )
    assert column(Column.STATE) == ["validating", "rendering", "pending", "input_required"]
    find(QLineEdit, "sessionListFilter").setText(first)
    assert column(Column.STATE) == ["rendering", "input_required"]


async def test_one_server_is_lost_and_the_other_goes_on(servers, shown):
    """The sessions of the one that is lost stay; those of the other are followed."""
    await both_connected(servers)
    session = opened(servers[1], "happy_path", "pending", "d")
    await until(lambda: len(column(Column.SESSION)) == 5)
    servers[0].do(lambda server: server.stop())
    await until(lambda: "Reconnecting" in find(QLabel, "serverTroubleLabel").text())
    servers[1].do(lambda _: session.run_to("cache_write"))
    await until(lambda: column(Column.STATE)[-1] == "cache_write")
    assert column(Column.STATE)[1:3] == ["input_required", "rendering"]
    servers[0].do(lambda server: server.start())


async def test_one_server_is_left_and_the_other_is_not(servers, shown):
    """Disconnecting concerns the server of the shown session alone."""
    await both_connected(servers)
    assert seen().current == "validating"
    find(QAction, "actionDisconnect").trigger()
    await until(lambda: "Disconnected" in find(QLabel, "connectionLabel").text())
    opened(servers[0], "happy_path", "post_validate", "e")
    await until(lambda: "post_validate" in column(Column.STATE))
