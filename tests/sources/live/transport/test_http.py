"""Requests to a hostile server: bounded in every way, and they keep nothing."""

import asyncio
import ssl
from contextlib import asynccontextmanager

import pytest

from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.errors import LostError, NotUnderstoodError
from exlab_gui.sources.live.transport import certificates, http
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.raw_server import raw_server

MORE_THAN_A_POOL_HOLDS = 150


async def test_answers_over_the_limit(qapp, monkeypatch):
    """However many are refused, the next sound one is read, in the loop that drives the window."""
    monkeypatch.setattr(http, "MAX_BYTES", 10)
    with faulty_server_thread() as demo:
        demo.do(lambda server: setattr(server, "conduct", Conduct(raw=(b" " * 100_000,))))
        async with Client(parse_address(demo.url)) as client:
            for _ in range(MORE_THAN_A_POOL_HOLDS):
                with pytest.raises(NotUnderstoodError):
                    await client.ask("/operations")
            monkeypatch.undo()
            demo.do(lambda server: setattr(server, "conduct", Conduct()))
            assert await client.operations() == ([], 0, 0)


def sound(*headers):
    """Return an answer with these headers, as it is on the wire."""
    return b"\r\n".join([b"HTTP/1.1 200 OK", *headers, b"content-length: 2", b"", b"{}"])


@asynccontextmanager
async def answering(*answers):
    """Give a client of a server that gives `answers`, one after the other, and its requests."""
    requests = []

    async def handle(reader, writer):
        for answer in answers:
            requests.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(answer)
        await reader.read()

    async with raw_server(handle) as url, Client(parse_address(url)) as client:
        yield client, requests


async def test_no_cookie_is_kept():
    """Whatever the server sets, the next request has none."""
    first = sound(b"set-cookie: a=1; path=/")
    async with answering(first, sound()) as (client, requests):
        assert await client.ask("/health") == b"{}"
        assert await client.ask("/health") == b"{}"
    assert len(requests) == 2
    assert b"cookie" not in requests[1].lower()


@pytest.mark.parametrize("coding", [b"gzip", b"deflate", b"br", b"zstd", b"x"])
async def test_nothing_is_decompressed(coding):
    """A compressed response was not asked for, and is refused as it is."""
    async with answering(sound(b"Content-Encoding: " + coding)) as (client, requests):
        with pytest.raises(NotUnderstoodError, match="compressed"):
            await client.ask("/health")
    assert b"accept-encoding: identity\r\n" in requests[0].lower()


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ([b"a: b"] * 101, NotUnderstoodError),
        ([b"a: " + b"b" * 1_000_000], LostError),
    ],
)
async def test_headers_have_a_limit(headers, error):
    """Too many are refused, and so are those that are too long."""
    async with answering(sound(*headers)) as (client, _):
        with pytest.raises(error):
            await client.ask("/health")


CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
FLOODS = {
    "of informational responses": (b"HTTP/1.1 100 C\r\n\r\n" * 10_000 + sound(), 20),
    "of chunks": (CHUNKED + b"1\r\n \r\n" * 10_000 + b"0\r\n\r\n", 100),
}


@pytest.mark.parametrize(("answer", "least"), FLOODS.values(), ids=FLOODS)
async def test_a_flood_leaves_turns_to_others(answer, least):
    """However small the parts of a response are, the loop goes on between them."""
    turns = 0

    async def count():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with answering(answer) as (client, _):
        counting = asyncio.create_task(count())
        await client.ask("/health")
        counting.cancel()
    assert turns >= least


def test_certificates_are_loaded_once_and_for_https_alone(monkeypatch):
    """They take long to load; http has no use for them."""
    create, loaded = ssl.create_default_context, []
    monkeypatch.setattr(ssl, "create_default_context", lambda: loaded.append(1) or create())
    certificates.trusted.cache_clear()
    Client(parse_address("http://127.0.0.1:1"))
    assert loaded == []
    Client(parse_address("https://127.0.0.1:1"))
    Client(parse_address("https://lab.example"))
    assert loaded == [1]


@pytest.mark.parametrize("turns", [*range(8), 50])
async def test_a_request_leaves_no_connection_when_the_client_is_closed(turns):
    """However far it has come, it is lost, and is not sent a second time."""
    asked = asyncio.Event()

    async def handle(reader, writer):
        await reader.read(1)
        asked.set()
        await reader.read()
        writer.close()

    async with raw_server(handle) as url:
        client = Client(parse_address(url))
        request = asyncio.create_task(client.ask("/operations"))
        for _ in range(turns):
            await asyncio.sleep(0)
        if turns == 50:
            await asked.wait()
        elif not turns:
            request.cancel()
        await client.close()
        with pytest.raises((LostError, asyncio.CancelledError)):
            await request
        assert not client._questions._open


async def test_what_comes_unasked_is_no_answer():
    """A server that says more than it was asked for is asked anew, on another connection."""
    async with answering(sound() + sound(b"x: unasked"), sound()) as (client, _):
        await client.ask("/health")
        (connection,) = client._questions._idle or [None]
        assert connection is None or not connection.can_be_used
        await client.ask("/health")
        assert connection not in client._questions._open


async def test_one_connection_serves_one_request_after_the_other():
    """It is opened once: that costs more than the requests."""
    async with answering(*[sound()] * 5) as (client, requests):
        for _ in range(5):
            await client.ask("/health")
            (connection,) = client._questions._open
    assert len(requests) == 5
    assert not connection.can_be_used
