"""WebSocket connections to the named server alone."""

import asyncio
import logging
from collections import deque
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import DATA_OPCODES, Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.transport.certificates import tls_context

MAX_BYTES = 16 * 2**20
OPEN_TIMEOUT_S = 5.0
UNREAD_BYTES = 64 * 1024
"""The most that is kept for a server that does not read it: all it is sent are pongs and pings."""

BACKLOG_BYTES = 64 * 2**20
"""So much is read ahead; after that, the server has to wait until messages are taken."""

CLOSE_TIMEOUT_S = 1.0
_EACH_BYTES = 100  # what a message needs besides its length
_TURN_S = 0.01
_PART_BYTES = 1024  # 512 pings, which take some 30 ms to answer
_silent = logging.getLogger(__name__)
_silent.addHandler(logging.NullHandler())
_silent.propagate = False  # what websockets would log of an address may hold credentials


async def open_websocket(address: Address, url: str) -> "MessageConnection":
    """Return a connection to `url`, which is at `address`; it has no keepalive of its own.

    Raises WebSocketException, OSError, TimeoutError and EOFError.
    """
    connection = await _Connect(
        url,
        proxy=None,
        max_size=MAX_BYTES,
        compression=None,
        open_timeout=OPEN_TIMEOUT_S,
        close_timeout=CLOSE_TIMEOUT_S,
        ping_interval=None,
        write_limit=UNREAD_BYTES,
        additional_headers={"Authorization": address.authorization}
        if address.authorization
        else None,
        ssl=tls_context(address),
        logger=_silent,
        create_connection=MessageConnection,
    )
    assert isinstance(connection, MessageConnection)
    return connection


async def close_websocket(connection: ClientConnection) -> None:
    """Close `connection` in order, or at once if this is cancelled: it would take events."""
    try:
        await connection.close()
    finally:
        connection.transport.abort()
        await connection.wait_closed()


class _Connect(connect):
    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc  # nobody else is contacted


class MessageConnection(ClientConnection):
    """A connection that parses what it received a part at a time, and gives the loop its turns.

    It keeps whole messages until they are taken: the queue of websockets, which hands over each
    frame by itself, takes as long as reading them. `news` is set with each message and at the end.

    It gives up a server that does not read.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.news = asyncio.Event()
        self._unparsed = bytearray()
        self._begun = bytearray()  # the fragments of a message that is not complete
        self._backlog = deque[bytes]()
        self._size = 0

    @property
    def has_messages(self) -> bool:
        return bool(self._backlog)

    @property
    def closed(self) -> ConnectionClosed | None:
        """How it was closed; None while it is open. Messages may be left to be taken."""
        return self.protocol.close_exc if self.protocol.state is State.CLOSED else None

    def take(self, most: int) -> list[bytes]:
        """Return the messages that came first, `most` at most; a text is given as UTF-8."""
        taken = min(len(self._backlog), most)
        messages = [self._backlog.popleft() for _ in range(taken)]
        waits = self._is_full
        self._size -= sum(map(len, messages)) + taken * _EACH_BYTES
        if waits:
            self._parse()
        return messages

    def rest(self) -> list[bytes]:
        """Return all messages that nobody has taken."""
        return self.take(len(self._backlog))

    def process_event(self, event: Frame | Response | Any) -> None:
        """Keep a message once its last fragment came."""
        if not isinstance(event, Frame) or event.opcode not in DATA_OPCODES:
            super().process_event(event)
            return
        data = event.data
        if not event.fin or event.opcode is Opcode.CONT:
            self._begun += data
            if not event.fin:
                return
            data, self._begun = self._begun, bytearray()
        self._backlog.append(bytes(data))
        self._size += len(data) + _EACH_BYTES
        self.news.set()

    def data_received(self, data: bytes) -> None:
        self._unparsed += data
        self._parse()

    def eof_received(self) -> None:
        super().data_received(bytes(self._unparsed))
        self._unparsed.clear()
        super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.news.set()

    def pause_writing(self) -> None:
        """Give up the server: its pings would be answered without end."""
        super().pause_writing()
        self.transport.abort()

    def _parse(self) -> None:
        end = self.loop.time() + _TURN_S
        while self._unparsed and not (self._is_full or self.transport.is_closing()):
            part = bytes(self._unparsed[:_PART_BYTES])
            del self._unparsed[:_PART_BYTES]
            super().data_received(part)
            if self.loop.time() > end:
                self.loop.call_soon(self._parse)
                break
        if self._unparsed or self._is_full:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()

    @property
    def _is_full(self) -> bool:
        return self._size > BACKLOG_BYTES
