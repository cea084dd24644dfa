"""What a client does by hand: requests by httpx and streams by websockets, over real sockets."""

import asyncio
import json
from contextlib import asynccontextmanager
from itertools import pairwise

import httpx
from websockets.asyncio.client import connect

from exlab_gui.core.machine import CREATION_MACHINE

DROPPED = (httpx.ReadError, httpx.RemoteProtocolError)
"""What a client gets of a connection that is reset; Windows' loop ends it first."""

PATIENCE_S = 30
"""What takes longer than this hangs: no test waits that long for what it expects."""

API = "/api/v1"

GOOD_ANSWERS = {"sample_id": "S-0042", "library_kit": "in-house"}
"""What the question of the scenario ``asks_once`` takes."""


def path_of(session, *more):
    """Return the path of a session, or of what can be done with it."""
    session_id = session if isinstance(session, str) else session.session_id
    return "/".join((f"{API}/sessions", session_id, *more))


def client_of(url, token=None):
    """Return an HTTP client of the server at `url`, whose control routes need a token."""
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE_S, headers=headers)


async def get(api, path):
    """Return what a GET of `path` answers, which has to be good."""
    answer = await api.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(answer):
    """Return the status and the code of an answer that tells of an error."""
    assert answer.headers["content-type"] == "application/json"
    return answer.status_code, answer.json()["error"]["code"]


class Listener:
    """One end of a stream."""

    def __init__(self, socket):
        self.socket = socket

    async def next(self):
        """Return the next message, as it came."""
        return await asyncio.wait_for(self.socket.recv(), PATIENCE_S)

    async def event(self):
        """Return the next message, which has to be a binary one of JSON."""
        message = await self.next()
        assert isinstance(message, bytes)
        return json.loads(message)

    async def rest(self):
        """Return the messages up to the end of the stream, which has to come."""
        async with asyncio.timeout(PATIENCE_S):
            return [json.loads(message) async for message in self.socket]

    async def answered(self):
        """Return once the server has taken notice of everything that was sent to it."""
        await asyncio.wait_for(await self.socket.ping(), PATIENCE_S)


@asynccontextmanager
async def listening(demo, session):
    """Give a listener to the stream of a session."""
    url = f"ws{demo.url.removeprefix('http')}{path_of(session, 'events')}"
    limits = {"open_timeout": PATIENCE_S, "close_timeout": PATIENCE_S, "max_size": None}
    async with connect(url, **limits) as socket:
        yield Listener(socket)


def gist(event):
    """Return the kind of an event, or the phase that it says was entered."""
    return event["phase"] if event["kind"] == "phase" else event["kind"]


def finished(session):
    """Return the session after all its steps."""
    while session.due_in_s is not None:
        session.step()
    return session


async def emitted(session):
    """Return the gists of what waits in the session's queue, up to its end."""
    messages = []
    async with asyncio.timeout(10):
        while (message := await session.messages.get()) is not None:
            messages.append(gist(json.loads(message)))
    return messages


def way(session):
    """Return the states that the session went through."""
    states = [event.state for event in session.inner.history]
    return [
        state for state, before in zip(states, [None, *states], strict=False) if state != before
    ]


def illegal(session):
    """Return the moves of the session that the table does not allow."""
    return [move for move in pairwise(way(session)) if not CREATION_MACHINE.allows(*move)]
