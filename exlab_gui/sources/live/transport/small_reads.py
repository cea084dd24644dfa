"""Reading from a server a little at a time, so that the event loop always has its turn."""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

READ_BYTES = 8 * 1024
"""A part that takes longest to read, such as one of empty responses, takes about 25 ms."""


class SmallReads(httpcore.AsyncNetworkBackend):
    """Connects to servers of which at most `READ_BYTES` are read at a time.

    `close` closes every connection. A pool does not: it forgets those that are in use, or are being
    made, and nobody closes them when their request is over.
    """

    def __init__(self) -> None:
        self._backend = httpcore.AnyIOBackend()
        self._open: set[_Stream] = set()
        self._closings = 0

    async def close(self) -> None:
        self._closings += 1
        for stream in [*self._open]:
            await stream.aclose()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        closings = self._closings
        stream = _Stream(
            await self._backend.connect_tcp(host, port, timeout, local_address, socket_options),
            self._open,
        )
        if self._closings != closings:
            await stream.aclose()
            raise httpcore.ConnectError("The connections were closed meanwhile.")
        return stream


class _Stream(httpcore.AsyncNetworkStream):
    """A connection; it is among the `opened` ones until it is closed."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, opened: "set[_Stream]") -> None:
        self._stream = stream
        self._opened = opened
        opened.add(self)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(min(max_bytes, READ_BYTES), timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        self._opened.discard(self)
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        encrypted = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        self._opened.discard(self)
        return _Stream(encrypted, self._opened)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
