"""WebSocket connections to the named server alone."""

import asyncio
import logging
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.transport.certificates import tls_context

MAX_BYTES = 16 * 2**20
OPEN_TIMEOUT_S = 5.0
UNREAD_BYTES = 64 * 1024
"""The most that is kept for a server that does not read it: all it is sent are pongs and pings."""

CLOSE_TIMEOUT_S = 1.0
_TURN_S = 0.01
_PART_BYTES = 1024  # 512 pings, which take some 30 ms to answer
_silent = logging.getLogger(__name__)
_silent.addHandler(logging.NullHandler())
_silent.propagate = False  # what websockets would log of an address may hold credentials


async def open_websocket(address: Address, url: str) -> ClientConnection:
    """Return a connection to `url`, which is at `address`; it has no keepalive of its own.

    Raises WebSocketException, OSError, TimeoutError and EOFError.
    """
    return await _Connect(
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
        create_connection=_Connection,
    )


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


class _Connection(ClientConnection):
    """A connection that parses what it received a part at a time, and gives the loop its turns.

    It gives up a server that does not read.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._unparsed = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.recv_messages.pause = self.recv_messages.resume = self._read_or_wait

    def data_received(self, data: bytes) -> None:
        self._unparsed += data
        self._parse()

    def eof_received(self) -> None:
        super().data_received(bytes(self._unparsed))
        self._unparsed.clear()
        super().eof_received()

    def pause_writing(self) -> None:
        """Give up the server: its pings would be answered without end."""
        super().pause_writing()
        self.transport.abort()

    def _parse(self) -> None:
        end = self.loop.time() + _TURN_S
        while self._unparsed and not self.transport.is_closing():
            part = bytes(self._unparsed[:_PART_BYTES])
            del self._unparsed[:_PART_BYTES]
            super().data_received(part)
            if self.loop.time() > end:
                self.loop.call_soon(self._parse)
                break
        self._read_or_wait()

    def _read_or_wait(self) -> None:
        if self._unparsed or self.recv_messages.paused:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()
