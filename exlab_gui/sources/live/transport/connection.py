"""One HTTP/1.1 connection to a server, which is used for one request after the other."""

import asyncio
import ssl
from typing import Self
from urllib.parse import urlsplit

import h11

from exlab_gui.sources.live.address import Address

READ_BYTES = 8 * 1024
"""A part that takes longest to read, such as one of empty responses, takes about 25 ms."""

HEADER_BYTES = 100 * 1024
"""The most that the headers of a response may have."""

_NEXT_ADDRESS_S = 0.25  # so long one address of a host is tried before the next one is tried, too

Headers = list[tuple[str, str]]


class HttpConnection(asyncio.Protocol):
    """A connection of which at most `READ_BYTES` are read at a time."""

    def __init__(self) -> None:
        self._http = h11.Connection(h11.CLIENT, HEADER_BYTES)
        self._unread = bytearray()
        self._news = asyncio.Event()
        self._has_ended = False
        self._error: Exception | None = None
        self.used_at = 0.0
        """When the last response was complete, by the loop's clock."""

    @classmethod
    async def open(cls, address: Address, context: ssl.SSLContext | None) -> Self:
        """Return a connection to the server at `address`. Raises OSError."""
        parts = urlsplit(address.url)
        # Of attempts that it races with each other, Python may lose one that succeeds as it is
        # cancelled: the connection stays open.
        one_by_one = address.is_local or address.is_numeric
        _, connection = await asyncio.get_running_loop().create_connection(
            cls,
            parts.hostname or "",
            parts.port or (443 if context else 80),
            ssl=context,
            happy_eyeballs_delay=None if one_by_one else _NEXT_ADDRESS_S,
        )
        return connection

    @property
    def can_be_used(self) -> bool:
        """Whether another request can be sent: nothing came that nobody asked for."""
        waits = self._http.our_state is h11.IDLE and not self._http.trailing_data[0]
        return waits and not (self._has_ended or self._unread or self._transport.is_closing())

    def send(self, method: str, target: str, headers: Headers, body: bytes | None) -> None:
        http = self._http
        sent = [http.send(h11.Request(method=method, target=target, headers=headers))]
        if body is not None:
            sent.append(http.send(h11.Data(body)))
        sent.append(http.send(h11.EndOfMessage()))
        self._transport.write(b"".join(filter(None, sent)))

    async def next(self) -> h11.Response | h11.Data | None:
        """Return the next part of the response, first its head; None at its end.

        Raises OSError and h11.RemoteProtocolError.
        """
        http = self._http
        while True:
            event = http.next_event()
            if event is h11.NEED_DATA:
                part = await self._read()
                if not part and http.their_state is h11.SEND_RESPONSE:
                    raise h11.RemoteProtocolError("The server has not answered.")
                http.receive_data(part)
            elif isinstance(event, h11.Response | h11.Data):
                return event
            elif isinstance(event, h11.EndOfMessage):
                if http.our_state is http.their_state is h11.DONE:
                    http.start_next_cycle()
                    self.used_at = asyncio.get_running_loop().time()
                return None
            elif not isinstance(event, h11.InformationalResponse):
                raise h11.RemoteProtocolError("The server speaks something else.")

    def close(self) -> None:
        """Close it at once; who waits for a response is told."""
        self._transport.abort()
        self._end(None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._unread += data
        if len(self._unread) >= READ_BYTES:
            self._transport.pause_reading()
        self._news.set()

    def eof_received(self) -> None:
        self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc)

    def _end(self, error: Exception | None) -> None:
        self._has_ended = True
        self._error = self._error or error
        self._news.set()

    async def _read(self) -> bytes:
        """Return the next part, empty at the end. Raises OSError."""
        if self._unread:
            await asyncio.sleep(0)
        while not self._unread and not self._has_ended:
            self._news.clear()
            await self._news.wait()
        if not self._unread and self._error is not None:
            raise self._error
        part = bytes(self._unread[:READ_BYTES])
        del self._unread[:READ_BYTES]
        if len(self._unread) < READ_BYTES and not self._has_ended:
            self._transport.resume_reading()
        return part
