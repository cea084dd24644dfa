"""A session's event stream, read whether or not somebody takes its messages."""

import asyncio
from collections import deque
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING, Self

from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import LostError, ServerRefusedError
from exlab_gui.sources.live.transport.websocket import (
    MAX_BYTES,
    close_websocket,
    open_websocket,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable

QUIET_S = 1.0
"""Seconds without a message until `EventStream.next` returns `QUIET`."""

PING_S = 10.0
"""Seconds without a message until the server is pinged, and those that it has to answer."""

BACKLOG_BYTES = 64 * 2**20
"""So much is read ahead; after that, the server has to wait until messages are taken."""

LAST_S = 0.5
"""Seconds at most to read what came before the server closed the stream, too."""

_EACH_BYTES = 100  # what a message needs besides its length
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
        self._backlog: deque[bytes] = deque()
        self._size = 0
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._closed: ConnectionClosed | None = None
        self._pong: Awaitable[float] | None = None
        self._heard_at = self._pinged_at = 0.0
        self._reading: asyncio.Task[None] | None = None

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
        self._reading = asyncio.create_task(self._read_ahead())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._reading is not None
        try:
            # What the server sends until it closes, too, would reach nobody else: it is read on.
            await close_websocket(self._connection)
            await asyncio.wait({self._reading}, timeout=LAST_S)
        finally:
            self._reading.cancel()
            await asyncio.wait({self._reading})

    def rest(self) -> list[bytes]:
        """Return the messages that nobody has taken, once the stream is closed."""
        rest = [*self._backlog]
        self._backlog.clear()
        return rest

    @property
    def is_cut_off(self) -> bool:
        """Whether it was open and was closed by one side only: then messages may be lost."""
        return self._reading is not None and not self._is_closed_in_order

    async def next(self) -> list[bytes] | StreamSignal:
        """Return the next messages, at least one and as many as there are, but not too many.

        A text message is given as UTF-8. Raises LostError if it broke off.
        """
        if self._backlog:
            await asyncio.sleep(0)
        elif self._closed is None and not await self._has_news():
            await self._assert_alive()
            return StreamSignal.QUIET
        if not self._backlog:
            return self._end()
        taken = min(len(self._backlog), _AT_A_TIME)
        messages = [self._backlog.popleft() for _ in range(taken)]
        self._size -= sum(map(len, messages)) + taken * _EACH_BYTES
        self._room.set()
        return messages

    async def _has_news(self) -> bool:
        self._news.clear()
        try:
            async with asyncio.timeout(QUIET_S):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    async def _read_ahead(self) -> None:
        read = 0
        try:
            while True:
                message = await self._connection.recv(decode=False)
                self._backlog.append(message)
                self._size += len(message) + _EACH_BYTES
                self._heard_at = self._loop.time()
                self._news.set()
                read += 1
                if read % _AT_A_TIME == 0:
                    await asyncio.sleep(0)
                while self._size > BACKLOG_BYTES:
                    self._room.clear()
                    await self._room.wait()
        except ConnectionClosed as closed:
            self._closed = closed
            self._news.set()

    async def _assert_alive(self) -> None:
        """Ping a server that was silent for `PING_S`; raises LostError if it does not answer."""
        now = self._loop.time()
        if isinstance(self._pong, asyncio.Future) and self._pong.done():
            self._pong, self._heard_at = None, now
        if self._pong is None:
            if now - self._heard_at >= PING_S:
                with suppress(ConnectionClosed):  # the next message is its end then
                    self._pong, self._pinged_at = await self._connection.ping(), now
        elif now - max(self._pinged_at, self._heard_at) >= PING_S:
            raise LostError(
                phrase("The event stream of {address} does not answer.", address=self._address)
            )

    @property
    def _is_closed_in_order(self) -> bool:
        closed = self._closed
        return closed is not None and closed.rcvd is not None and closed.rcvd.code in _ORDERLY

    def _end(self) -> StreamSignal:
        closed = self._closed
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
