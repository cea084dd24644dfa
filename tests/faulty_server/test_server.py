"""A faulty server stops as cleanly as the plain one, and can be restarted."""

import asyncio

import pytest
from websockets.exceptions import ConnectionClosedError

from exlab_gui.sources.live.server_file import read_server_file
from tests.demo_server.client import API, DROPPED, client_of, listening
from tests.demo_server.test_traffic import begun
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.server import FaultyServer


@pytest.mark.parametrize("conduct", [Conduct(hang=True), Conduct(delay_s=3600)])
async def test_a_stop_does_not_wait_for_answers(conduct, caplog):
    """An answer that is due is cut, which is no error, and nobody goes on working at it."""
    async with FaultyServer() as demo, client_of(demo.url) as api:
        demo.conduct = conduct
        waiting = asyncio.create_task(api.get(f"{API}/health"))
        while not demo.requests:
            await asyncio.sleep(0)
        await demo.stop()
        with pytest.raises(DROPPED):
            await waiting
        assert asyncio.all_tasks() == {asyncio.current_task()}
    assert caplog.records == []


async def test_a_restart_resets_streams():
    """Who listened to a session finds the connection reset, without a close."""
    async with (
        FaultyServer() as demo,
        listening(demo, demo.open("asks_once", held=True)) as listener,
    ):
        await demo.restart()
        with pytest.raises(ConnectionClosedError):
            await listener.next()
        assert listener.socket.close_code == 1006


async def test_it_is_written_anew_after_a_restart(tmp_path):
    """A restart leaves a file that is good, and a stop removes that."""
    path = tmp_path / "state" / "server.json"
    async with FaultyServer(file=path) as demo:
        path.unlink()
        await demo.restart()
        assert read_server_file(path).port == demo.port
    assert not path.exists()


async def test_traffic_begins_anew_after_a_restart():
    """The sessions of before are gone, and there are new ones."""
    async with FaultyServer(traffic=True) as demo:
        await begun(demo, 1)
        before = {session.session_id for session in demo.sessions}
        await demo.restart()
        await begun(demo, len(before))
        assert before.isdisjoint(session.session_id for session in demo.sessions)
