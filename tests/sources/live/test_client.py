"""What asks a server: it trusts no certificate that it should not, and goes nowhere else."""

import asyncio
import ssl
from contextlib import asynccontextmanager

import pytest

from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.errors import (
    LostError,
    NotUnderstoodError,
    NotWizardError,
    ServerRefusedError,
)
from exlab_gui.sources.live.transport import certificates
from exlab_gui.sources.live.transport.event_stream import EventStream
from tests.helpers.faulty_server.faults import Conduct

HEALTH = b'{"status": "ok", "version": "0.1.0"}'


@asynccontextmanager
async def listening(answer=b"", context=None):
    """Give the port of a server that answers `answer`, and the bytes that reach it."""
    received = bytearray()

    async def serve(reader, writer):
        while not received.endswith(b"\r\n\r\n") and (some := await reader.read(1000)):
            received.extend(some)
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1], received


def answering(status, body=b"", **headers):
    """Return an answer as it is on the wire."""
    headers = {**headers, "content-length": len(body), "connection": "close"}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {said}" for name, said in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.fixture
def authority():
    """Return an authority that nobody trusts."""
    import trustme  # wine cannot load what it needs

    return trustme.CA()


@pytest.fixture
def context(authority):
    """Return what a server needs that has a certificate of it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


async def test_an_untrusted_certificate(context):
    """It is said not to be trusted, and nothing is sent, a password least of all."""
    async with (
        listening(answering(200, HEALTH), context) as (port, received),
        Client(parse_address(f"https://me:secret@127.0.0.1:{port}")) as client,
    ):
        with pytest.raises(LostError, match=r"certificate .* is not trusted: ") as lost:
            await client.health()
        assert "secret" not in str(lost.value)
        assert not received


async def test_a_trusted_certificate(context, authority, monkeypatch):
    """The same server is asked where its authority is trusted: only trust made the difference."""
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    monkeypatch.setattr(certificates, "trusted", lambda: trusting)
    async with (
        listening(answering(200, HEALTH), context) as (port, received),
        Client(parse_address(f"https://127.0.0.1:{port}")) as client,
    ):
        assert (await client.health()).version == "0.1.0"
        assert received.startswith(b"GET /api/v1/health ")


async def test_the_stream_checks_certificates_too(context):
    """Nothing is sent to who cannot show who he is."""
    async with listening(b"", context) as (port, received):
        address = parse_address(f"https://127.0.0.1:{port}")
        with pytest.raises(LostError):
            await EventStream(address, "s").__aenter__()
        assert not received


async def test_an_id_is_part_of_no_other_path():
    """An id that a user typed is one part of the path, whatever is in it."""
    async with (
        listening(answering(404)) as (port, received),
        Client(parse_address(f"http://127.0.0.1:{port}")) as client,
    ):
        with pytest.raises(ServerRefusedError):
            await client.snapshot("../health?a=b#c %2F")
    assert received.startswith(b"GET /api/v1/sessions/..%2Fhealth%3Fa%3Db%23c%20%252F HTTP/1.1\r\n")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(demo, status):
    """Only the host that the user named is contacted, whatever it says."""
    async with (
        listening(answering(200, HEALTH)) as (elsewhere, received),
        Client(parse_address(demo.url)) as client,
    ):
        demo.conduct = Conduct(status=status, location=f"http://127.0.0.1:{elsewhere}/")
        with pytest.raises(NotWizardError):
            await client.health()
        with pytest.raises(ServerRefusedError, match="redirects to another address"):
            await client.cancel("s", discard_files=False)
        assert not received
    assert len(demo.requests) == 2


async def test_a_stream_follows_no_redirect():
    """Neither does the event channel go anywhere else."""
    async with (
        listening() as (elsewhere, received),
        listening(answering(302, location=f"ws://127.0.0.1:{elsewhere}/")) as (port, _),
    ):
        with pytest.raises(ServerRefusedError, match="302"):
            await EventStream(parse_address(f"http://127.0.0.1:{port}"), "s").__aenter__()
        assert not received


async def test_a_question_is_asked_twice_and_a_command_once(demo):
    """A dropped connection may have carried out what was asked: only questions are repeated."""
    session = demo.open("happy_path", held=True)
    async with Client(parse_address(demo.url)) as client:
        demo.conduct = Conduct(only="GET", drop=True, times=1)
        assert (await client.snapshot(session.session_id)).state == "pending"
        demo.conduct = Conduct(only="POST", drop=True, times=1, carried_out=True)
        with pytest.raises(LostError, match="not asked again"):
            await client.cancel(session.session_id, discard_files=True)
    assert [line.split()[0] for line in demo.requests] == ["GET", "GET", "POST"]
    assert session.state == "aborted"


async def test_a_huge_answer_is_read_up_to_a_limit(demo):
    """More than 16 MiB are no answer."""
    session = demo.open("happy_path", held=True)
    demo.conduct = Conduct(rubbish=("too_large",))
    async with Client(parse_address(demo.url), timeout_s=60) as client:
        with pytest.raises(NotUnderstoodError, match="16 MiB"):
            await client.snapshot(session.session_id)
