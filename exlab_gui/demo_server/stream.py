"""A session's event stream, over a WebSocket."""

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect


async def send_messages(websocket: WebSocket, messages: asyncio.Queue[bytes | None]) -> None:
    await websocket.accept()
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(_send_all(websocket, messages))
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass  # what a listener says is not heard
        sending.cancel()


async def _send_all(websocket: WebSocket, messages: asyncio.Queue[bytes | None]) -> None:
    with suppress(WebSocketDisconnect):
        while (message := await messages.get()) is not None:
            await websocket.send_bytes(message)
        await websocket.close(1000)
