"""No page of another site can use the server by way of a browser."""

import asyncio

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from exlab_gui.demo_server.http.requests import MAX_BYTES
from exlab_gui.demo_server.server import DemoServer
from tests.demo_server.client import API, PATIENCE_S, client_of, path_of


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "localhost", "[::1]:1"])
async def test_names_of_the_loopback_interface(demo, api, host):
    """Whoever asks for this machine is answered, and may say that a page of it asks."""
    host = host.format(port=demo.port)
    headers = {"host": host, "origin": f"http://{host}"}
    assert (await api.get(f"{API}/health", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "lab.example"},
        {"host": "127.0.0.1.example:80"},
        {"host": "[::1"},
        {"origin": "https://lab.example"},
        {"origin": "http://localhost.example"},
        {"origin": "null"},
    ],
)
async def test_other_names_are_refused(demo, api, headers):
    """Neither a request is carried out, nor a stream opened."""
    session = demo.open("happy_path", held=True)
    path = path_of(session, "cancel")
    answer = await api.post(path, json={"discard_files": True}, headers=headers)
    assert (answer.status_code, session.state) == (403, "pending")


async def test_no_other_page_listens(demo):
    """The handshake is refused, so that no event is lost to it."""
    session = demo.open("happy_path", held=True)
    url = f"ws://127.0.0.1:{demo.port}{path_of(session, 'events')}"
    with pytest.raises(InvalidStatus):
        async with connect(url, origin="https://lab.example"):
            pass


async def test_control_routes_need_the_token(demo):
    """What a real server does needs none; a wrong token is worth as little as none."""
    async with client_of(demo.url) as api:
        assert (await api.get(f"{API}/health")).status_code == 200
        for headers in ({}, {"authorization": "Bearer x"}, {"authorization": demo.token}):
            answer = await api.post("/demo/sessions", json={}, headers=headers)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert "the demo server printed" in answer.text
    assert len(demo.sessions) == 0


def test_each_server_has_its_own_token():
    """It cannot be guessed from another one."""
    assert len({DemoServer().token for _ in range(10)}) == 10


async def test_a_body_has_a_limit(demo, api):
    """What is larger is not read to its end."""
    answer = await api.post(f"{API}/sessions", content=b" " * (MAX_BYTES + 1))
    assert answer.status_code == 413


async def test_a_body_without_an_end_is_refused(demo):
    """The answer comes although the body goes on, whatever its length is said to be."""
    part = b" " * 2**16
    for length, body in (
        ("Transfer-Encoding: chunked", b"10000\r\n" + part + b"\r\n"),
        (f"Content-Length: {2**40}", part),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", demo.port)
        head = f"POST {API}/sessions HTTP/1.1\r\nHost: localhost\r\n{length}\r\n\r\n"
        writer.write(head.encode() + body * (MAX_BYTES // len(part) + 1))
        async with asyncio.timeout(PATIENCE_S):
            assert b" 413 " in await reader.readline()
        writer.close()
