"""A session's event channel: what comes, in its order, until the server closes it."""

import asyncio
from contextlib import aclosing

import pytest
from websockets.server import ServerProtocol

from exlab_gui.sources.live import stream
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.errors import LostError, ServerRefusedError
from exlab_gui.sources.live.stream import StreamSignal, messages
from tests.helpers.faulty_server.connections import reset_transport
from tests.helpers.faulty_server.faults import Conduct

MANY = 1_000


async def read(demo, session_id):
    """Return all that the session's stream tells, its pulses apart."""
    async with aclosing(messages(parse_address(demo.url), session_id)) as told:
        return [message async for message in told if isinstance(message, bytes)]


@pytest.mark.parametrize("text", [False, True])
async def test_everything_comes_in_order(demo, text):
    """However fast it comes, as binary messages or as text."""
    demo.conduct = Conduct(text_messages=text)
    session = demo.open("happy_path", held=True)
    sent = [b'{"kind": "unknown", "number": %d}' % number for number in range(MANY)]
    for message in sent:
        session.send(message)
    session.run_to("done")
    assert (await read(demo, session.session_id))[:MANY] == sent


async def test_silence_is_told(demo, monkeypatch):
    """First that the stream is open, then that nothing comes."""
    monkeypatch.setattr(stream, "QUIET_S", 0.01)
    session = demo.open("happy_path", held=True)
    async with aclosing(messages(parse_address(demo.url), session.session_id)) as told:
        assert [await anext(told), await anext(told)] == [StreamSignal.OPEN, StreamSignal.QUIET]


async def test_an_unknown_session_is_refused(demo):
    """With the status of the handshake."""
    with pytest.raises(ServerRefusedError) as refused:
        await read(demo, "nobody")
    assert refused.value.status == 403


async def test_a_stream_that_breaks_is_lost(demo):
    """A reset connection is no orderly end."""
    session = demo.open("happy_path", held=True)
    session.run_to("rendering")
    demo.conduct = Conduct(only="EVENT", drop=True)
    with pytest.raises(LostError):
        await read(demo, session.session_id)


async def test_a_server_that_is_gone_as_the_stream_opens():
    """It can send all at once, its close included, and be killed: no task is left behind."""

    async def serve(reader, writer):
        handshake = ServerProtocol()
        handshake.receive_data(await reader.readuntil(b"\r\n\r\n"))
        (request,) = handshake.events_received()
        handshake.send_response(handshake.accept(request))
        handshake.send_binary(b"{}")
        handshake.send_close(1000)
        writer.write(b"".join(handshake.data_to_send()))
        reset_transport(writer.transport)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        address = parse_address(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        async with aclosing(messages(address, "s")) as told:
            assert [message async for message in told] == [StreamSignal.OPEN, b"{}"]
    assert asyncio.all_tasks() == {asyncio.current_task()}
