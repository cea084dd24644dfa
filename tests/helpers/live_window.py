"""A running server in the window: what tests of it do and read, by object names."""

import asyncio

import pytest
from msgspec import UNSET
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QPushButton

from exlab_gui.controllers.stream_choice import EVENT_STREAMS, HERE
from exlab_gui.sources.live import server_file
from exlab_gui.testing.lifecycle import close_window
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.live import PATIENCE_S
from tests.helpers.names import find


async def until(condition):
    """Wait until `condition()` holds, while the window goes on."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.01)


def trigger(name):
    find(QAction, name).trigger()


def text(name):
    return find(QLabel, name).text()


def sessions():
    """Return the labels of the sessions on the list."""
    model = find(QAbstractItemView, "sessionListView").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def ask_for(url):
    """Type `url` in the dialog and accept."""
    trigger("actionConnect")
    find(QComboBox, "connectAddress").setEditText(url)
    find(QPushButton, "connectAccept").click()


async def connect(demo):
    ask_for(demo.url)
    await until(lambda: text("originLabel").startswith("Live"))


@pytest.fixture
def nothing_found(monkeypatch, tmp_path):
    """Find no server of this machine's user."""
    monkeypatch.setattr(server_file, "server_file_path", lambda: tmp_path / "server.json")


@pytest.fixture
def demo(open_window, nothing_found, settings):
    """Yield a demo server in a thread of its own, while garbage is collected in the window's.

    It is polled only, unless a test chooses otherwise.
    """
    settings.keep(EVENT_STREAMS, {HERE: False})
    with faulty_server_thread() as server:
        yield server


@pytest.fixture
async def shown(window, qapp):
    """Yield the window, and close it with nothing left behind."""
    yield window
    await close_window(window)


def opened(demo, scenario="happy_path", to=None, *, fields=UNSET, **request):
    """Open a session that is held, and return what lets the server do something with it."""
    session = demo.do(
        lambda server: server.open(scenario, held=True, request=request or None, fields=fields)
    )
    if to is not None:
        demo.do(lambda _: session.run_to(to))
    return session
