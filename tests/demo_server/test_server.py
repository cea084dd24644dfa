"""The server starts, stops, comes back, and leaves nothing behind."""

import asyncio
import errno
import gc
import socket
import subprocess
import sys
import threading
from contextlib import suppress

import httpx
import pytest
from websockets.exceptions import ConnectionClosedError

from exlab_gui.demo_server.server import DemoServer
from tests.demo_server.client import API, client_of, get, gist, listening


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address")
async def test_it_listens_on_one_address_only():
    """At another address of the same machine nobody answers."""
    async with DemoServer() as demo:
        assert demo.url == f"http://127.0.0.1:{demo.port}"
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.2", demo.port)


async def test_answers_are_sent_at_once():
    """No part of an answer waits for the acknowledgement of the part before it."""
    async with DemoServer() as demo, client_of(demo.url) as api:
        await get(api, f"{API}/health")
        (connection,) = demo.state.connections
        made = connection.transport.get_extra_info("socket")
        assert made.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_what_comes_after_the_end_is_left():
    """Windows' loop hands over what it had read before the connection was closed: no error."""
    async with DemoServer() as demo, client_of(demo.url) as api:
        await get(api, f"{API}/health")
        (connection,) = demo.state.connections
        connection.shutdown()
        connection.data_received(b"GET /api/v1/health HTTP/1.1\r\nHost: a\r\n\r\n")


async def test_a_port_in_use_is_refused():
    """Where another server has the port, starting raises OSError."""
    async with DemoServer() as demo:
        other = DemoServer(port=demo.port)
        with pytest.raises(OSError) as refused:  # noqa: PT011 - in words that each system has
            await other.start()
        assert refused.value.errno == errno.EADDRINUSE


@pytest.mark.parametrize("turns", range(6))
async def test_a_listener_that_is_just_leaving_does_no_harm(turns):
    """Whenever a server stops while a stream is being closed, it stops."""
    async with DemoServer() as demo:
        session = demo.open("asks_once", held=True)
        async with listening(demo, session) as listener:
            stopping = asyncio.create_task(demo.stop())
            for _ in range(turns):
                await asyncio.sleep(0)
            await asyncio.gather(listener.socket.close(), stopping)
        assert not demo.state.connections


@pytest.mark.parametrize("turns", range(6))
def test_a_connection_that_is_just_being_made_is_closed(turns):
    """Whenever a server stops, it leaves no socket open that somebody connected to."""

    async def stop_after_connecting():
        demo = await DemoServer().__aenter__()
        with socket.create_connection(("127.0.0.1", demo.port)):
            for _ in range(turns):
                await asyncio.sleep(0)
            await demo.stop()

    asyncio.run(stop_after_connecting())
    gc.collect()  # what is left open is told as a warning, which is an error


def test_connections_that_others_go_on_making_are_closed():
    """A server stops in the middle of many connections, and leaves no socket open."""

    def connect(port, made):
        with suppress(OSError):  # it has stopped
            while len(made) < 50:
                made.append(socket.create_connection(("127.0.0.1", port)))

    async def stop_among_others(turns):
        demo, made = await DemoServer().__aenter__(), []
        other = threading.Thread(target=connect, args=(demo.port, made))
        other.start()
        while not made:
            await asyncio.sleep(0)
        for _ in range(turns):
            await asyncio.sleep(0)
        await demo.stop()
        await asyncio.to_thread(other.join)
        for connection in made:
            connection.close()

    for turns in range(4):
        asyncio.run(stop_among_others(turns))
        gc.collect()


async def test_a_stopped_server_is_gone_and_comes_back_on_its_port():
    """Nobody can connect in between, and every session is forgotten."""
    async with DemoServer() as demo:
        port = demo.port
        demo.open("happy_path")
        await demo.stop()
        async with client_of(demo.url) as api:
            with pytest.raises(httpx.ConnectError):
                await api.get(f"{API}/health")
            await demo.start()
            assert demo.port == port
            assert await get(api, f"{API}/operations") == {"operations": []}


async def test_to_stop_twice_is_to_stop():
    """Stopping what is not running does nothing."""
    async with DemoServer() as demo:
        await demo.stop()
        await demo.stop()


async def test_a_clean_stop_tells_listeners(caplog):
    """A stream is closed with 1012, the service restarts, and that is no error."""
    async with (
        DemoServer() as demo,
        listening(demo, demo.open("asks_once", held=True)) as listener,
    ):
        await demo.stop()
        with pytest.raises(ConnectionClosedError):
            await listener.next()
        assert listener.socket.close_code == 1012
    assert caplog.records == []


async def test_a_stop_does_not_wait_for_a_listener_that_takes_nothing():
    """A stream whose other end reads nothing is cut, whatever it still has to send."""
    async with DemoServer() as demo:
        session = demo.open("happy_path", held=True)
        async with listening(demo, session) as listener:
            listener.socket.transport.pause_reading()
            session.messages.put_nowait(b"x" * 2**26)
            session.step()
            await asyncio.sleep(0)
            await demo.stop()
            listener.socket.transport.resume_reading()


async def test_nothing_is_left_running():
    """After the stop there is no task but the test's own."""
    async with DemoServer(traffic=True) as demo, client_of(demo.url) as api:
        session = demo.open("happy_path", held=True)
        async with listening(demo, session) as listener:
            session.step()
            assert gist(await listener.event()) == "validating_inputs"
        await get(api, f"{API}/operations")
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_no_qt_is_loaded():
    """The server needs neither the window nor what the window needs."""
    code = """
import sys
import exlab_gui.demo_server.server
unwanted = {"PySide6", "qasync", "exlab_gui.sources.live.client", "exlab_gui.models"}
print(*sorted(unwanted & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
