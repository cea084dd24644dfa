"""A server as the window knows it: watched, left, and watched again, with nothing left behind."""

import asyncio
from functools import partial

import pytest

from exlab_gui.models.server_check import ServerCheck
from exlab_gui.models.server_model import ServerModel
from exlab_gui.sources.live import client
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.polling import slices
from exlab_gui.sources.live.polling.slices import AT_ONCE
from exlab_gui.sources.live.server import LiveServer
from tests.helpers.faulty_server.server import FaultyServer
from tests.helpers.live import FAST, PATIENCE_S, until


async def emitted(signal, condition=lambda: True):
    """Wait until `signal` comes and `condition` holds."""
    came = asyncio.Event()
    signal.connect(lambda *_: came.set())
    async with asyncio.timeout(PATIENCE_S):
        while True:
            await came.wait()
            came.clear()
            if condition():
                return


@pytest.fixture
async def demo(qapp):
    async with FaultyServer() as server:
        yield server
    for _ in range(4):  # turns of the loop, in which connections that were closed end
        await asyncio.sleep(0)


@pytest.fixture
async def model(demo):
    model = ServerModel(LiveServer(parse_address(demo.url), intervals=FAST))
    yield model
    await model.close()


async def test_sessions_are_handed_on_once(demo, model):
    """Each session that the server has is handed on once, before the list is said to be whole."""
    opened = [demo.open("happy_path", held=True) for _ in range(3)]
    found = []
    model.sessions_found.connect(found.extend)
    model.start()
    await emitted(model.listed)
    assert [one.source.session_id for one in found] == [one.session_id for one in opened]
    later = demo.open("happy_path", held=True)
    await emitted(model.sessions_found)
    assert found[-1].source.session_id == later.session_id
    assert len(found) == 4


async def test_many_sessions_are_handed_on_together(demo, model):
    """So that what each change costs is paid for several of them at once."""
    opened = [demo.open("happy_path", held=True) for _ in range(AT_ONCE + 4)]
    found = []
    model.sessions_found.connect(found.append)
    model.start()
    await emitted(model.listed)
    assert [len(together) for together in found] == [AT_ONCE, 4]
    ids = [one.source.session_id for together in found for one in together]
    assert ids == [one.session_id for one in opened]


async def test_it_stops_and_starts_again(demo, model):
    """A server that was left says so, keeps its sessions, and can be watched again."""
    session = demo.open("happy_path", held=True)
    found = []
    model.sessions_found.connect(found.extend)
    model.start()
    await emitted(model.listed)
    model.stop()
    await emitted(model.changed, lambda: not model.server.connected)
    assert not model.watching
    assert "Disconnected" in found[0].source.info.connection
    session.run_to("rendering")
    model.start(parse_address(demo.url))
    await emitted(found[0].changed, lambda: found[0].state == "rendering")
    assert len(found) == 1


async def test_one_session_is_looked_at_closely(demo, model):
    """The session that is shown is, and no other."""
    for _ in range(2):
        demo.open("happy_path", held=True)
    model.start()
    await emitted(model.listed)
    first, second = model.server.sources.values()
    model.show(first)
    model.show(second)
    assert (first.shown, second.shown) == (False, True)


async def test_a_session_that_is_not_there(demo, model):
    """What the server does not know is told in its words."""
    model.start()
    told = []
    model.failed.connect(told.append)
    model.find_session("no-such-session")
    await emitted(model.failed)
    assert told


async def test_the_connection_changes_rarely(demo, model):
    """That a session was found, or changed, is no change of the connection."""
    for _ in range(20):
        demo.open("happy_path", held=True)
    changes = []
    model.changed.connect(lambda: changes.append(model.server.notice))
    model.start()
    await emitted(model.listed)
    assert len(model.sessions) == 20
    assert len(changes) <= 3


async def test_every_session_is_told_of_the_connection(demo, model, monkeypatch):
    """The shown one first, however many there are."""
    for _ in range(4):
        demo.open("happy_path", held=True)
    model.start()
    await emitted(model.listed)
    told = []
    sessions = list(model.sessions.values())
    for session in sessions:
        session.source.subscribe(partial(told.append, session))
    model.show(sessions[2].source)
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    model.stop()
    async with asyncio.timeout(PATIENCE_S):
        while len(told) < 4:
            await asyncio.sleep(0)
    assert told[0] is sessions[2]
    assert set(told) == set(sessions)


async def test_what_nobody_foresaw_ends_the_watching_and_says_so(demo, model, monkeypatch):
    """It is told, the server counts as left, and can be watched again."""
    demo.open("happy_path", held=True)
    told = []
    model.failed.connect(told.append)
    model.start()
    await emitted(model.listed)
    monkeypatch.setattr(model.server.client, "operations", lambda: {}["operations"])
    await emitted(model.failed)
    assert told == [f"{demo.url} is not watched any more. KeyError: 'operations'"]
    assert not model.watching
    assert not model.server.connected
    assert model.server.notice.startswith("Disconnected")
    monkeypatch.undo()
    model.start()
    await emitted(model.changed, lambda: model.server.connected)
    demo.open("happy_path", held=True)
    await emitted(model.sessions_found)
    assert len(model.sessions) == 2


async def test_a_check_that_nobody_foresaw_says_so(demo, qapp, monkeypatch):
    """Whoever waits for the answer is told, and can ask again."""
    check, told = ServerCheck(), []
    check.failed.connect(told.append)
    monkeypatch.setattr(client, "read_health", lambda _: {}["status"])
    check.ask(parse_address(demo.url))
    await emitted(check.failed)
    assert told == ["KeyError: 'status'"]
    monkeypatch.undo()
    check.ask(parse_address(demo.url))
    await emitted(check.answered)
    await check.close()


async def test_what_was_closed_is_let_go(demo, model):
    """A session that is over and was closed is kept while it is listed, and no longer."""
    session = demo.open("internal_error", held=True)
    model.start()
    await emitted(model.listed)
    (opened,) = model.sessions.values()
    session.run_to("failed")
    await emitted(opened.changed, lambda: model.server.is_complete(opened.source))
    opened.close()
    demo.open("happy_path", held=True)
    await emitted(model.sessions_found)
    assert len(model.sessions) == 2  # what failed stays on the list
    await demo.forget()
    await until(lambda: opened not in model.sessions.values(), model.server)
    assert model.sessions.keys() == model.server.sources.keys()
