"""A session's event channel: what comes, in its order, until the server closes it."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed
from websockets.server import ServerProtocol

from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.errors import LostError, ServerRefusedError
from exlab_gui.sources.live.transport import event_stream, websocket
from exlab_gui.sources.live.transport.event_stream import EventStream, StreamSignal
from tests.helpers.faulty_server.connections import reset_transport
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.raw_server import raw_server

MANY = 1_000
SOON_S = 0.02


def stream_of(demo, session_id):
    return EventStream(parse_address(demo.url), session_id)


async def rest(stream):
    """Return all messages up to the end of `stream`."""
    messages = []
    while (next_ones := await stream.next()) is not StreamSignal.END:
        if isinstance(next_ones, list):
            messages += next_ones
    return messages


async def read(demo, session_id):
    async with stream_of(demo, session_id) as stream:
        return await rest(stream)


@asynccontextmanager
async def served(handle, **options):
    """Give a stream of a server that serves it by `handle`."""
    async with serve(handle, "127.0.0.1", 0, **options) as server:
        port = server.sockets[0].getsockname()[1]
        async with EventStream(parse_address(f"http://127.0.0.1:{port}"), "s") as stream:
            yield stream


@asynccontextmanager
async def answered_raw(answer):
    """Give a stream of a server that calls `answer` after the handshake.

    That is called with what makes frames, and with what reads and writes bytes.
    """

    async def handle(reader, writer):
        handshake = ServerProtocol()
        handshake.receive_data(await reader.readuntil(b"\r\n\r\n"))
        (request,) = handshake.events_received()
        handshake.send_response(handshake.accept(request))
        await answer(handshake, reader, writer)

    async with raw_server(handle) as url, EventStream(parse_address(url), "s") as stream:
        yield stream


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
    """It is told that nothing comes, once the stream is open."""
    monkeypatch.setattr(event_stream, "QUIET_S", 0.01)
    session = demo.open("happy_path", held=True)
    async with stream_of(demo, session.session_id) as stream:
        assert await stream.next() is StreamSignal.QUIET


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

    async def answer(handshake, _reader, writer):
        handshake.send_binary(b"{}")
        handshake.send_close(1000)
        writer.write(b"".join(handshake.data_to_send()))
        reset_transport(writer.transport)

    async with answered_raw(answer) as stream:
        assert await rest(stream) == [b"{}"]
    async with asyncio.timeout(10):  # on Windows, the server's own ends a turn later
        while asyncio.all_tasks() != {asyncio.current_task()}:
            await asyncio.sleep(0)


async def test_a_ping_is_answered_whoever_reads():
    """The server's pings do not wait behind messages that nobody has taken yet."""
    sent = [b"x" * 1_000] * 2_000
    answered = asyncio.Event()

    async def handle(socket):
        for message in sent:
            await socket.send(message)
        await (await socket.ping())
        answered.set()

    async with served(handle) as stream, asyncio.timeout(20):
        await answered.wait()
        assert await rest(stream) == sent


async def test_a_slow_reader_keeps_its_stream(monkeypatch):
    """It is not given up by our own pings while the server has still something to say."""
    for name in ("PING_S", "QUIET_S"):
        monkeypatch.setattr(event_stream, name, SOON_S)

    async def answer(handshake, _reader, writer):
        """Send one message after the other, and answer no ping."""
        for _ in range(20):
            handshake.send_binary(b"{}")
            writer.write(b"".join(handshake.data_to_send()))
            await asyncio.sleep(SOON_S / 2)
        handshake.send_close(1000)
        writer.write(b"".join(handshake.data_to_send()))

    async with answered_raw(answer) as stream:
        assert len(await rest(stream)) == 20


async def test_a_server_that_does_not_answer_is_lost(monkeypatch):
    """Silence alone is no loss, but silence after a ping is."""
    for name in ("PING_S", "QUIET_S"):
        monkeypatch.setattr(event_stream, name, SOON_S)

    async def answer(handshake, reader, writer):
        writer.write(b"".join(handshake.data_to_send()))
        await reader.read()

    async with answered_raw(answer) as stream:
        with pytest.raises(LostError, match="does not answer"):
            await rest(stream)


async def test_a_silent_server_that_answers_is_kept(monkeypatch):
    """It may be silent for as long as it likes."""
    for name in ("PING_S", "QUIET_S"):
        monkeypatch.setattr(event_stream, name, SOON_S)
    pinged = asyncio.Event()

    async def handle(socket):
        await pinged.wait()
        await socket.send(b"{}")

    async with served(handle) as stream:
        for _ in range(10):
            assert await stream.next() is StreamSignal.QUIET
        pinged.set()
        assert await rest(stream) == [b"{}"]


async def test_a_message_in_fragments_keeps_its_place():
    """It is given in one piece, after what came before it and before what comes after it."""

    async def handle(socket):
        await socket.send(b"1")
        await socket.send(["", "2", "", "2", ""])
        await socket.send(b"3")
        await socket.close()

    async with served(handle) as stream:
        assert await rest(stream) == [b"1", b"22", b"3"]


async def test_what_is_read_ahead_has_a_limit(monkeypatch):
    """Beyond it the server has to wait, until messages are taken."""
    monkeypatch.setattr(websocket, "BACKLOG_BYTES", 100_000)
    message = b"x" * 100_000

    async def handle(socket):
        for _ in range(400):
            await socket.send(message)

    async with served(handle) as stream, asyncio.timeout(20):
        while stream._connection._size <= 100_000:
            await asyncio.sleep(0)
        for _ in range(500):
            await asyncio.sleep(0)
        assert stream._connection._size < 2.1 * len(message)
        assert len(await rest(stream)) == 400


async def test_a_server_that_does_not_read_is_given_up():
    """Its pings are not answered without end: what it does not read would be kept here."""
    ping = bytes([0x89, 0x7D]) + b"x" * 0x7D

    async def answer(handshake, _reader, writer):
        writer.transport.pause_reading()
        writer.write(b"".join(handshake.data_to_send()))
        while True:
            writer.write(ping * 1_000)
            await writer.drain()

    async with answered_raw(answer) as stream, asyncio.timeout(20):
        with pytest.raises(LostError):
            await rest(stream)


async def test_a_flood_leaves_turns_to_others(monkeypatch):
    """However much comes at once, it is parsed a part at a time, with turns of the loop between."""
    monkeypatch.setattr(websocket, "_TURN_S", -1)  # whatever the clock's steps are
    parse, parsed, turns, pings = ClientConnection.data_received, [], 0, 5_000

    def observed(connection, data):
        parsed.append((turns, len(data)))
        parse(connection, data)

    async def answer(handshake, reader, writer):
        handshake.send_binary(b"{}")
        handshake.send_close(1000)
        opening, *last = handshake.data_to_send()
        writer.write(opening + bytes([0x89, 0]) * pings + b"".join(last))
        for _ in range(pings):
            await reader.readexactly(6)

    async def count():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    monkeypatch.setattr(ClientConnection, "data_received", observed)
    counting = asyncio.create_task(count())
    async with answered_raw(answer) as stream:
        assert await rest(stream) == [b"{}"]
    counting.cancel()
    assert len({turn for turn, _ in parsed}) == len(parsed) >= 10
    assert max(size for _, size in parsed) <= 1024


async def test_a_message_that_is_too_large():
    """It is said to be lost, and the stream with it."""
    async with served(_send_too_much) as stream:
        with pytest.raises(LostError, match="16 MiB"):
            await rest(stream)


async def _send_too_much(socket):
    try:
        await socket.send(b" " * (16 * 2**20 + 1))
    except ConnectionClosed:
        return


async def test_what_comes_until_the_server_closes_too_is_kept():
    """A stream that is left in the middle of many messages has all that were sent on it."""
    sent = []

    async def handle(socket):
        with suppress(ConnectionClosed):
            for number in range(MANY):
                await socket.send(message := b"%d" % number)
                sent.append(message)
                await asyncio.sleep(0)
            await socket.wait_closed()

    async with served(handle) as stream:
        taken = await stream.next()
    assert taken + stream.rest() == sent
    assert len(sent) > len(taken)
    assert not stream.is_cut_off
    assert stream.rest() == []


async def test_a_server_that_does_not_close_is_left_all_the_same(monkeypatch):
    """After a moment; then it is not known whether anything was lost."""
    monkeypatch.setattr(websocket, "CLOSE_TIMEOUT_S", 0.05)

    async def answer(handshake, reader, writer):
        handshake.send_binary(b"{}")
        writer.write(b"".join(handshake.data_to_send()))
        await reader.read()

    async with answered_raw(answer) as stream:
        assert await stream.next() == [b"{}"]
    assert stream.is_cut_off
