"""What stands between the server and its clients, and spoils what it is told to spoil."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exlab_gui.demo_server.connections import Connections, until_gone
from exlab_gui.demo_server.errors import RefusalError, refusal
from exlab_gui.demo_server.faults import Behaviour, Conduct

CONTROL = "/demo"
"""Where the routes are that are no part of the contract: none of them is spoilt."""

_KEPT = 100_000


class _Answer(NamedTuple):
    """A whole answer, as the application gave it."""

    start: Message
    body: bytes


class Spoiling:
    """The application `app`, spoilt as `behaviour` has it.

    `requests` holds what was asked for, oldest first, each as its method and path.
    """

    def __init__(self, app: ASGIApp, behaviour: Behaviour, connections: Connections) -> None:
        self.requests: deque[str] = deque(maxlen=_KEPT)
        self._app = app
        self._behaviour = behaviour
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or serve one stream."""
        # Only the server's stop cancels this, when nobody is there any more to be answered.
        with suppress(asyncio.CancelledError):
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._connections.is_doomed(scope):
            await self._reset(scope, receive)
            return
        if scope["path"].startswith(f"{CONTROL}/"):
            await self._app(scope, receive, send)
            return
        name = f"{scope.get('method', 'WS')} {scope['path']}"
        self.requests.append(name)
        conduct = self._behaviour.spoil(name)
        if conduct is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._spoil_handshake(conduct, scope, receive, send)
        else:
            await self._spoil_answer(conduct, scope, receive, send)

    async def _spoil_handshake(
        self, conduct: Conduct, scope: Scope, receive: Receive, send: Send
    ) -> None:
        await asyncio.sleep(conduct.delay_s)
        if conduct.hang:
            await until_gone(receive)
        elif conduct.drop:
            await self._reset(scope, receive)
        elif conduct.status is not None:
            await _error(conduct, conduct.status)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _spoil_answer(
        self, conduct: Conduct, scope: Scope, receive: Receive, send: Send
    ) -> None:
        answer = await self._carry_out(scope, receive) if conduct.carried_out else None
        await asyncio.sleep(conduct.delay_s)
        if conduct.hang:
            await until_gone(receive)
            return
        if conduct.drop:
            await self._reset(scope, receive)
            return
        body = self._behaviour.next_rubbish()
        if conduct.status is not None or body is not None:
            await _other_answer(conduct, body)(scope, receive, send)
            return
        answer = answer or await self._carry_out(scope, receive)
        await send(answer.start)
        if conduct.half:
            half = answer.body[: len(answer.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            self._connections.close(scope)
            await until_gone(receive)
            return
        if conduct.drip_s:
            for byte in answer.body:
                part = bytes([byte])
                await send({"type": "http.response.body", "body": part, "more_body": True})
                await asyncio.sleep(conduct.drip_s)
            answer = _Answer(answer.start, b"")
        await send({"type": "http.response.body", "body": answer.body})

    async def _carry_out(self, scope: Scope, receive: Receive) -> _Answer:
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, keep)
        start, *parts = sent
        return _Answer(start, b"".join(part["body"] for part in parts))

    async def _reset(self, scope: Scope, receive: Receive) -> None:
        self._connections.reset(scope)
        await until_gone(receive)


def _other_answer(conduct: Conduct, body: bytes | str | None) -> Response:
    if body is None:
        return _error(conduct, conduct.status or 500)
    response = Response(body, conduct.status or 200, media_type="application/json")
    del response.headers["content-length"]  # how much it is, the client is to find out by itself
    return response


def _error(conduct: Conduct, status: int) -> Response:
    if conduct.location is not None:
        return Response(status_code=status, headers={"location": conduct.location})
    code = "shutting_down" if status == 503 else "internal_error"
    return refusal(RefusalError(status, code, f"The demo server was told to answer {status}."))
