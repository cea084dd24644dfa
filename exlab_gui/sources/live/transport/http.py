"""HTTP requests to the named server alone; each failure has a sentence for the user.

No redirect is followed, no cookie kept, no proxy used and nothing decompressed.
"""

import asyncio
import ssl
from typing import NamedTuple
from urllib.parse import urlsplit

import h11

from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import LostError, NotUnderstoodError
from exlab_gui.sources.live.transport.certificates import tls_context
from exlab_gui.sources.live.transport.connection import Headers, HttpConnection

MAX_BYTES = 16 * 2**20
MAX_HEADERS = 100
KEEPALIVE_S = 4.0
"""A connection that was idle for longer is not used again: the server closes it after 5 s."""

_AT_A_TIME = 64  # parts of a response; after so many the loop has a turn
_CONNECTIONS = 10  # at most at the same time


class NotConnectedError(LostError):
    """The request never reached the server."""


class DroppedError(LostError):
    """The connection broke; it may have been dropped before it was used again."""


class Answer(NamedTuple):
    status: int
    body: bytes


class Http:
    """Sends requests to `address`; each may take `timeout_s` seconds, up to its last byte.

    With `reuse`, a connection serves one request after the other.
    """

    def __init__(self, address: Address, timeout_s: float, *, reuse: bool) -> None:
        self._address = address
        self._timeout_s = timeout_s
        self._reuse = reuse
        parts = urlsplit(address.url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._headers: Headers = [
            ("host", parts.netloc),
            ("accept", "application/json"),
            ("accept-encoding", "identity"),
        ]
        if address.authorization is not None:
            self._headers.append(("authorization", address.authorization))
        self._context = tls_context(address)
        self._places = asyncio.Semaphore(_CONNECTIONS)
        self._open: set[HttpConnection] = set()
        self._idle: list[HttpConnection] = []
        self._closings = 0

    async def close(self) -> None:
        """Close all connections; a request that is on its way is lost."""
        self._closings += 1
        for connection in [*self._open]:
            self._drop(connection)
        await asyncio.sleep(0)  # they are closed in the loop's next turn

    async def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        """Return the response.

        Raises LostError, and NotUnderstoodError if the response is compressed or too large.
        """
        closings = self._closings
        try:
            async with asyncio.timeout(self._timeout_s), self._places:
                return await self._exchange(method, url, body)
        except TimeoutError:
            raise LostError(
                phrase(
                    "{address} did not answer within {timeout_s:g} seconds.",
                    address=self._address,
                    timeout_s=self._timeout_s,
                )
            ) from None
        except (LostError, OSError, h11.RemoteProtocolError) as error:
            if closings != self._closings:  # it is not sent again
                raise LostError(
                    phrase("The connection to {address} was closed.", address=self._address)
                ) from None
            if isinstance(error, LostError):
                raise
            raise DroppedError(_why_dropped(self._address, error)) from error

    async def _exchange(self, method: str, url: str, body: bytes | None) -> Answer:
        connection = await self._connected()
        is_kept = False
        headers, target = self._headers, url.removeprefix(self._origin)
        if body is not None:
            length = ("content-length", str(len(body)))
            headers = [*headers, ("content-type", "application/json"), length]
        try:
            connection.send(method, target, headers, body)
            answer = await _read(connection)
            is_kept = self._reuse and connection.can_be_used
        finally:
            if is_kept:
                self._idle.append(connection)
            else:
                self._drop(connection)
        return answer

    async def _connected(self) -> HttpConnection:
        """Return a connection that waits for a request."""
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection = self._idle.pop()
            if connection.can_be_used and now - connection.used_at <= KEEPALIVE_S:
                return connection
            self._drop(connection)
        closings = self._closings
        try:
            connection = await HttpConnection.open(self._address, self._context)
        except TimeoutError:
            raise
        except OSError as error:
            raise NotConnectedError(_why_not_connected(self._address, error)) from error
        self._open.add(connection)
        if closings != self._closings:
            self._drop(connection)
            raise NotConnectedError(phrase("No response from {address}.", address=self._address))
        return connection

    def _drop(self, connection: HttpConnection) -> None:
        connection.close()
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)


async def _read(connection: HttpConnection) -> Answer:
    status, parts, length = 0, list[bytes](), 0
    while (event := await connection.next()) is not None:
        if isinstance(event, h11.Response):
            _check_head(event)
            status = event.status_code
            continue
        length += len(event.data)
        if length > MAX_BYTES:
            raise NotUnderstoodError(
                phrase(
                    "The server's response is larger than {max_bytes} MiB.",
                    max_bytes=MAX_BYTES // 2**20,
                )
            )
        parts.append(bytes(event.data))
        if len(parts) % _AT_A_TIME == 0:
            await asyncio.sleep(0)
    return Answer(status, b"".join(parts))


def _check_head(response: h11.Response) -> None:
    """Raise NotUnderstoodError if what follows is not to be read."""
    if len(response.headers) > MAX_HEADERS:
        raise NotUnderstoodError(
            phrase(
                "The server's response has more than {max_headers} headers.",
                max_headers=MAX_HEADERS,
            )
        )
    for name, value in response.headers:  # the names are in small letters
        if name == b"content-encoding" and value != b"identity":
            raise NotUnderstoodError(phrase("The server sent an unrequested compressed response."))


def _why_not_connected(address: Address, error: OSError) -> str:
    """Return why no connection was made, without the text of `error`, which is not safe to show."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return phrase(
            "The certificate of {address} is not trusted: {verify_message}.",
            address=address,
            verify_message=error.verify_message,
        )
    if isinstance(error, ssl.SSLError):
        return phrase("Cannot open a secure connection to {address}.", address=address)
    return phrase("No response from {address}.", address=address)


def _why_dropped(address: Address, error: Exception) -> str:
    if isinstance(error, h11.RemoteProtocolError):
        return phrase(
            "The connection to {address} broke during a response, or it is no HTTP server.",
            address=address,
        )
    if isinstance(error, ssl.SSLError):
        return phrase("Cannot open a secure connection to {address}.", address=address)
    return phrase("The connection to {address} was lost.", address=address)
