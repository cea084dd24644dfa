"""Faulty servers in a thread of their own."""

import threading

import httpx
import pytest

from exlab_gui.demo_server.http.errors import RefusalError
from tests.demo_server.client import API, PATIENCE_S
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.faulty_server.server import FaultyServer


def test_a_server_in_a_thread_answers_one_that_blocks():
    """Whoever has no event loop can use it, and drive its sessions."""
    with faulty_server_thread() as server:
        session_id = server.do(lambda demo: demo.open("happy_path", held=True).session_id)
        server.do(lambda demo: demo.sessions.get(session_id).step())
        answer = httpx.get(f"{server.url}{API}/sessions/{session_id}", timeout=PATIENCE_S)
        assert answer.json()["state"] == "validating"
        server.do(lambda demo: demo.restart())
        answer = httpx.get(f"{server.url}{API}/sessions/{session_id}", timeout=PATIENCE_S)
        assert answer.status_code == 404
    assert "faulty server" not in {thread.name for thread in threading.enumerate()}


def test_what_an_action_raises_is_raised():
    """An action that fails in the server's thread fails for who asked for it."""
    with faulty_server_thread() as server, pytest.raises(RefusalError):
        server.do(lambda demo: demo.sessions.get("none"))


def test_it_stops_when_the_test_fails():
    """What goes wrong beside it does not keep it running."""
    with pytest.raises(ZeroDivisionError), faulty_server_thread() as server:
        raise ZeroDivisionError
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


def test_a_server_that_does_not_start(monkeypatch):
    """What keeps it from starting is raised where it was wanted."""

    async def refuse(self):
        raise OSError("no more sockets")

    monkeypatch.setattr(FaultyServer, "start", refuse)
    with pytest.raises(OSError, match="no more sockets"), faulty_server_thread():
        pass
