"""What stands between the server and its clients, and spoils what it is told to spoil."""

import asyncio
import struct
from collections import deque
from contextlib import suppress
from typing import NamedTuple

from starlette.responses import Response

from exlab_gui.demo_server.http.errors import answer
from exlab_gui.demo_server.http.guard import CONTROL
from tests.helpers.faulty_server.connections import close, reset, until_gone

_KEPT = 100_000


class _Answer(NamedTuple):
    """A whole answer, as the application gave it."""

    start: dict
    body: bytes


class FaultMiddleware:
    """The application `app`, spoilt as `behaviour` has it; no control route is.

    `state` is where uvicorn keeps its connections. `requests` holds what was asked for, oldest
    first, each as its method and path.
    """

    def __init__(self, app, behaviour, state):
        self.requests = deque(maxlen=_KEPT)
        self._app = app
        self._behaviour = behaviour
        self._state = state

    async def __call__(self, scope, receive, send):
        """Answer one request, or serve one stream."""
        with suppress(asyncio.CancelledError):  # the server stops
            await self._serve(scope, receive, send)

    async def _serve(self, scope, receive, send):
        if scope["path"].startswith(f"{CONTROL}/"):
            await self._app(scope, receive, send)
            return
        name = f"{scope.get('method', 'WS')} {scope['path']}"
        self.requests.append(name)
        conduct = self._behaviour.spoil(name)
        if scope["type"] == "websocket":
            await self._serve_stream(conduct, scope, receive, send)
        elif conduct is None:
            await self._app(scope, receive, send)
        else:
            await self._spoil_answer(conduct, scope, receive, send)

    async def _serve_stream(self, conduct, scope, receive, send):
        if conduct is not None:
            await asyncio.sleep(conduct.delay_s)
            if conduct.hang:
                await until_gone(receive)
                return
            if conduct.drop:
                await self._reset(scope, receive)
                return
            if conduct.status is not None:
                await _error(conduct, conduct.status)(scope, receive, send)
                return
        name = f"EVENT {scope['path']}"

        async def send_spoilt(message):
            if message["type"] == "websocket.send":
                if conduct := self._behaviour.spoil(name):
                    await self._spoil_message(conduct, message["bytes"], scope, send)
                message = self._framed(message["bytes"])
            await send(message)

        await self._app(scope, receive, send_spoilt)

    async def _spoil_message(self, conduct, data, scope, send):
        await asyncio.sleep(conduct.delay_s)
        if conduct.hang:
            await _never()
        if conduct.drop:
            reset(self._state, scope)
            await _never()
        if conduct.half:
            close(self._state, scope, _half_frame(data))
            await _never()
        if (rubbish := self._behaviour.next_rubbish()) is not None:
            await send(self._framed(rubbish))

    def _framed(self, data):
        if not isinstance(data, str) and not self._behaviour.conduct.text_messages:
            return {"type": "websocket.send", "bytes": data}
        text = data if isinstance(data, str) else data.decode(errors="replace")
        return {"type": "websocket.send", "text": text}

    async def _spoil_answer(self, conduct, scope, receive, send):
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
            close(self._state, scope)
            await until_gone(receive)
            return
        if conduct.drip_s:
            for byte in answer.body:
                part = bytes([byte])
                await send({"type": "http.response.body", "body": part, "more_body": True})
                await asyncio.sleep(conduct.drip_s)
            answer = _Answer(answer.start, b"")
        await send({"type": "http.response.body", "body": answer.body})

    async def _carry_out(self, scope, receive):
        sent = []

        async def keep(message):
            sent.append(message)

        with suppress(ValueError):  # an internal error, which was answered before it is raised
            await self._app(scope, receive, keep)
        start, *parts = sent
        return _Answer(start, b"".join(part["body"] for part in parts))

    async def _reset(self, scope, receive):
        reset(self._state, scope)
        await until_gone(receive)


def _other_answer(conduct, body):
    if body is None:
        return _error(conduct, conduct.status or 500)
    response = Response(body, conduct.status or 200, media_type="application/json")
    del response.headers["content-length"]  # how much it is, the client is to find out by itself
    return response


def _error(conduct, status):
    if conduct.location is not None:
        return Response(status_code=status, headers={"location": conduct.location})
    code = "shutting_down" if status == 503 else "internal_error"
    message = f"The demo server was told to answer {status}."
    return answer({"error": {"code": code, "message": message}}, status)


async def _never():
    """Wait for the end of the task, which comes when the listener has gone."""
    await asyncio.Event().wait()


def _half_frame(message):
    """Return a binary WebSocket frame that breaks off in the middle of `message`."""
    data = message.encode() if isinstance(message, str) else message
    return b"\x82\x7f" + struct.pack("!Q", len(data)) + data[: len(data) // 2]
