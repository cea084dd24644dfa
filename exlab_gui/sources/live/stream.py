"""Reading a session's event stream. Like the client, it only contacts the named server."""

import asyncio
import base64
import logging
import ssl
from collections.abc import AsyncGenerator
from enum import Enum, auto
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import LostError, ServerRefusedError

MAX_BYTES = 16 * 2**20

QUIET_S = 1.0
"""Seconds without a message until the stream yields `QUIET`."""

OPEN_TIMEOUT_S = 5.0
PING_S = 10.0

_TOO_BIG = 1009
_AT_A_TIME = 128  # messages; after so many the loop has a turn, however fast they come
_Item = bytes | str | ConnectionClosed
_silent = logging.getLogger(__name__)
_silent.addHandler(logging.NullHandler())
_silent.propagate = False  # what websockets would log of an address may hold credentials


class StreamSignal(Enum):
    """What a stream yields besides messages."""

    OPEN = auto()
    QUIET = auto()
    """There was no message for `QUIET_S`."""


class _Connect(connect):
    """A connection that follows no redirect, and ends when its block is left."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc

    async def __aexit__(self, *error: Any) -> None:
        connection = self.connection
        try:
            await super().__aexit__(*error)
        finally:
            # Cancelled in the middle of the closing handshake, it would go on taking events.
            connection.transport.abort()
            await connection.wait_closed()
            # A server that sends all at once, its close included, can be gone before the pings
            # begin; nobody else ends them then.
            if (pings := connection.keepalive_task) is not None:
                pings.cancel()
                await asyncio.wait({pings})


async def messages(address: Address, session_id: str) -> AsyncGenerator[bytes | StreamSignal]:
    """Yield the messages of the session's event stream until the server closes it.

    A text message is yielded as UTF-8. Raises LostError if the connection fails, ServerRefusedError
    if the server refuses it: with status 403 if it does not know the session.
    """
    try:
        async with _Connect(
            address.stream(session_id),
            proxy=None,
            max_size=MAX_BYTES,
            compression=None,
            open_timeout=OPEN_TIMEOUT_S,
            close_timeout=1.0,
            ping_interval=PING_S,
            ping_timeout=PING_S,
            additional_headers=_authorization(address),
            ssl=ssl.create_default_context() if address.url.startswith("https") else None,
            logger=_silent,
        ) as connection:
            yield StreamSignal.OPEN
            inbox: asyncio.Queue[_Item] = asyncio.Queue(_AT_A_TIME)
            filling = asyncio.create_task(_fill(inbox, connection))
            try:
                while (message := await _next(inbox)) is not None:
                    yield message
            finally:
                filling.cancel()
                await asyncio.wait({filling})
    except ConnectionClosed as closed:
        if closed.sent is not None and closed.sent.code == _TOO_BIG:
            raise LostError(
                f"The server sent a message larger than {MAX_BYTES // 2**20} MiB, which is lost."
            ) from None
        raise LostError(f"The event stream of {address} was lost.") from None
    except InvalidStatus as refused:
        status = refused.response.status_code
        raise ServerRefusedError(
            f"The server refused the event stream with HTTP status {status}.", status
        ) from None
    except (WebSocketException, OSError, TimeoutError, EOFError):
        raise LostError(f"Cannot open the event stream of {address}.") from None


async def _fill(inbox: asyncio.Queue[_Item], connection: ClientConnection) -> None:
    try:
        while True:
            await inbox.put(await connection.recv())
    except ConnectionClosed as closed:
        await inbox.put(closed)


async def _next(inbox: asyncio.Queue[_Item]) -> bytes | StreamSignal | None:
    """Return the next message, `QUIET` after a silence, or None after an orderly close."""
    try:
        # A timer for each message would cost more than to read it.
        if inbox.empty():
            async with asyncio.timeout(QUIET_S):
                message = await inbox.get()
        else:
            message = inbox.get_nowait()
    except TimeoutError:
        return StreamSignal.QUIET
    if isinstance(message, ConnectionClosed):
        if message.rcvd is not None and message.rcvd.code in (1000, 1001):
            return None
        raise message
    # Text is UTF-8 or websockets would have refused it.
    return message.encode() if isinstance(message, str) else message


def _authorization(address: Address) -> dict[str, str] | None:
    if address.credentials is None:
        return None
    token = base64.b64encode(":".join(address.credentials).encode()).decode()
    return {"Authorization": f"Basic {token}"}
