"""The stream of a session's events: a WebSocket on which the server alone speaks."""

import asyncio
import struct
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from exlab_gui.demo_server.connections import Connections, until_gone
from exlab_gui.demo_server.event_queue import EventQueue
from exlab_gui.demo_server.faults import Behaviour, Conduct
from exlab_gui.demo_server.malformed import Message


class Stream:
    """One listener's share of the events of a session."""

    def __init__(
        self,
        websocket: WebSocket,
        queue: EventQueue,
        behaviour: Behaviour,
        connections: Connections,
    ) -> None:
        self._websocket = websocket
        self._queue = queue
        self._behaviour = behaviour
        self._connections = connections
        self._name = f"EVENT {websocket.scope['path']}"

    async def run(self) -> None:
        """Send events until the session's end or the listener's, whichever comes first."""
        await self._websocket.accept()
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(self._send_all())
            await until_gone(self._websocket.receive)
            sending.cancel()

    async def _send_all(self) -> None:
        with suppress(WebSocketDisconnect):
            while (message := await self._queue.take()) is not None:
                if conduct := self._behaviour.spoil(self._name):
                    await self._spoil(conduct, message)
                await self._send(message)
                await asyncio.sleep(0)  # so that others who listen get some of what waits, too
            await self._websocket.close(1000)

    async def _spoil(self, conduct: Conduct, message: Message) -> None:
        await asyncio.sleep(conduct.delay_s)
        if conduct.hang:
            await _never()
        if conduct.drop:
            self._connections.reset(self._websocket.scope)
            await _never()
        if conduct.half:
            self._connections.close(self._websocket.scope, _half_frame(message))
            await _never()
        if (rubbish := self._behaviour.next_rubbish()) is not None:
            await self._send(rubbish)

    async def _send(self, message: Message) -> None:
        if isinstance(message, str):
            await self._websocket.send_text(message)
        elif self._behaviour.conduct.text_messages:
            await self._websocket.send_text(message.decode(errors="replace"))
        else:
            await self._websocket.send_bytes(message)


async def _never() -> None:
    """Wait for the end of the task, which comes when the listener has gone."""
    await asyncio.Event().wait()


def _half_frame(message: Message) -> bytes:
    """Return a binary WebSocket frame that breaks off in the middle of `message`."""
    data = message.encode() if isinstance(message, str) else message
    return b"\x82\x7f" + struct.pack("!Q", len(data)) + data[: len(data) // 2]
