"""WebSocket connections to the named server alone."""

import logging

from websockets.asyncio.client import ClientConnection, connect

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.transport.certificates import tls_context

MAX_BYTES = 16 * 2**20
OPEN_TIMEOUT_S = 5.0
UNREAD_BYTES = 64 * 1024
"""The most that is kept for a server that does not read it: all it is sent are pongs and pings."""

_CLOSE_TIMEOUT_S = 1.0
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
        close_timeout=_CLOSE_TIMEOUT_S,
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
    def pause_writing(self) -> None:
        """Give up a server that does not read: its pings would be answered without end."""
        super().pause_writing()
        self.transport.abort()
