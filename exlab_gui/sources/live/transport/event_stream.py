"""A session's event stream, read whether or not somebody takes its messages."""

import asyncio
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING, Self

from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import LostError, ServerRefusedError
from exlab_gui.sources.live.transport.websocket import (
    MAX_BYTES,
    MessageConnection,
    close_websocket,
    open_websocket,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable

QUIET_S = 1.0
"""Seconds without a message until `EventStream.next` returns `QUIET`."""

PING_S = 10.0
"""Seconds without a message until the server is pinged, and those that it has to answer."""

_AT_A_TIME = 128  # messages; after so many the loop has a turn, however fast they come
_TOO_BIG = 1009
_ORDERLY = (1000, 1001)


class StreamSignal(Enum):
    """What a stream tells besides messages."""

    QUIET = auto()
    """There was no message for `QUIET_S`."""
    END = auto()
    """The server closed the stream in order."""


class EventStream:
    """The messages of a session's event stream, as a context that the stream is open in.

    It reads ahead, so that no ping waits behind messages that nobody has taken yet: neither side
    gives up the other while it is slow.

    To enter it raises LostError if there is no connection, and ServerRefusedError if the server
    refuses it: with status 403 if it does not know the session.
    """

    def __init__(self, address: Address, session_id: str) -> None:
        self._address = address
        self.session_id = session_id
        self._connection: MessageConnection | None = None
        self._pong: Awaitable[float] | None = None
        self._heard_at = self._pinged_at = 0.0

    async def __aenter__(self) -> Self:
        address = self._address
        try:
            self._connection = await open_websocket(address, address.stream(self.session_id))
        except InvalidStatus as refused:
            status = refused.response.status_code
            raise ServerRefusedError(
                phrase(
                    "The server refused the event stream with HTTP status {status}.", status=status
                ),
                status,
            ) from None
        except (WebSocketException, OSError, TimeoutError, EOFError):
            raise LostError(
                phrase("Cannot open the event stream of {address}.", address=address)
            ) from None
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._loop.time()
        return self

    async def __aexit__(self, *_: object) -> None:
        # What the server sends until it closes, too, would reach nobody else: it is read on.
        await close_websocket(self._open)

    def rest(self) -> list[bytes]:
        """Return the messages that nobody has taken, once the stream is closed."""
        return self._connection.rest() if self._connection else []

    @property
    def is_cut_off(self) -> bool:
        """Whether it was open and was closed by one side only: then messages may be lost."""
        return self._connection is not None and not self._is_closed_in_order

    async def next(self) -> list[bytes] | StreamSignal:
        """Return the next messages, at least one and as many as there are, but not too many.

        A text message is given as UTF-8. Raises LostError if it broke off.
        """
        connection = self._open
        if connection.has_messages:
            await asyncio.sleep(0)
        elif connection.closed is None and not await _has_news(connection):
            await self._assert_alive(connection)
            return StreamSignal.QUIET
        if messages := connection.take(_AT_A_TIME):
            self._heard_at = self._loop.time()
            return messages
        return self._end()

    @property
    def _open(self) -> MessageConnection:
        assert self._connection is not None
        return self._connection

    async def _assert_alive(self, connection: MessageConnection) -> None:
        """Ping a server that was silent for `PING_S`; raises LostError if it does not answer."""
        now = self._loop.time()
        if isinstance(self._pong, asyncio.Future) and self._pong.done():
            self._pong, self._heard_at = None, now
        if self._pong is None:
            if now - self._heard_at >= PING_S:
                with suppress(ConnectionClosed):  # the next message is its end then
                    self._pong, self._pinged_at = await connection.ping(), now
        elif now - max(self._pinged_at, self._heard_at) >= PING_S:
            raise LostError(
                phrase("The event stream of {address} does not answer.", address=self._address)
            )

    @property
    def _is_closed_in_order(self) -> bool:
        closed = self._open.closed
        return closed is not None and closed.rcvd is not None and closed.rcvd.code in _ORDERLY

    def _end(self) -> StreamSignal:
        closed = self._open.closed
        assert closed is not None
        if self._is_closed_in_order:
            return StreamSignal.END
        if closed.sent is not None and closed.sent.code == _TOO_BIG:
            raise LostError(
                phrase(
                    "The server sent a message larger than {max_bytes} MiB, which is lost.",
                    max_bytes=MAX_BYTES // 2**20,
                )
            )
        raise LostError(phrase("The event stream of {address} was lost.", address=self._address))


async def _has_news(connection: MessageConnection) -> bool:
    connection.news.clear()
    try:
        async with asyncio.timeout(QUIET_S):
            await connection.news.wait()
    except TimeoutError:
        return False
    return True
