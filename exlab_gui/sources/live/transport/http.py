"""HTTP requests to the named server alone; each failure has a sentence for the user.

httpcore follows no redirect, keeps no cookie, uses no proxy and decompresses nothing.
"""

import asyncio
import ssl
from contextlib import aclosing
from typing import TYPE_CHECKING, NamedTuple, cast

import httpcore

from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import LostError, NotUnderstoodError
from exlab_gui.sources.live.transport.certificates import tls_context
from exlab_gui.sources.live.transport.small_reads import SmallReads

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

MAX_BYTES = 16 * 2**20
MAX_HEADERS = 100
KEEPALIVE_S = 4.0
"""A connection that was idle for longer is not used again: the server closes it after 5 s."""

_AT_A_TIME = 64  # parts of a response; after so many the loop has a turn

DROPPED = (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError)
"""Failures of a connection that may have been dropped before it was used again."""

NOT_CONNECTED = (httpcore.ConnectError, httpcore.ConnectTimeout)
"""Failures of a request that never reached the server."""

_FAILURES = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    OSError,
)


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
        self._headers = [("accept", "application/json"), ("accept-encoding", "identity")]
        if address.authorization is not None:
            self._headers.append(("authorization", address.authorization))
        self._connections = SmallReads()
        self._closings = 0
        self._pool = httpcore.AsyncConnectionPool(
            # Without one, httpcore would load all certificates, which http has no use for.
            tls_context(address) or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            max_keepalive_connections=None if reuse else 0,
            keepalive_expiry=KEEPALIVE_S,
            network_backend=self._connections,
        )

    async def close(self) -> None:
        """Close all connections; a request that is on its way is lost."""
        self._closings += 1
        await self._pool.aclose()
        await self._connections.close()

    async def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        """Return the response.

        Raises LostError, whose cause may be one of httpcore's, and NotUnderstoodError if the
        response is compressed or too large.
        """
        headers, closings = self._headers, self._closings
        if body is not None:
            headers = [*headers, ("content-type", "application/json")]
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                self._pool.stream(method, url, headers=headers, content=body) as response,
            ):
                return Answer(response.status, await _read(response))
        except TimeoutError:
            raise LostError(
                phrase(
                    "{address} did not answer within {timeout_s:g} seconds.",
                    address=self._address,
                    timeout_s=self._timeout_s,
                )
            ) from None
        except _FAILURES as error:
            if closings != self._closings:  # it is not sent again
                raise LostError(
                    phrase("The connection to {address} was closed.", address=self._address)
                ) from None
            raise LostError(_why(self._address, error)) from error


async def _read(response: httpcore.Response) -> bytes:
    if len(response.headers) > MAX_HEADERS:
        raise NotUnderstoodError(
            phrase(
                "The server's response has more than {max_headers} headers.",
                max_headers=MAX_HEADERS,
            )
        )
    for name, value in response.headers:
        if name.lower() == b"content-encoding" and value != b"identity":
            raise NotUnderstoodError(phrase("The server sent an unrequested compressed response."))
    parts: list[bytes] = []
    length = 0
    async with aclosing(cast("AsyncGenerator[bytes]", response.aiter_stream())) as stream:
        async for part in stream:
            length += len(part)
            if length > MAX_BYTES:
                raise NotUnderstoodError(
                    phrase(
                        "The server's response is larger than {max_bytes} MiB.",
                        max_bytes=MAX_BYTES // 2**20,
                    )
                )
            parts.append(part)
            if len(parts) % _AT_A_TIME == 0:
                await asyncio.sleep(0)
    return b"".join(parts)


def _why(address: Address, error: Exception) -> str:
    """Return why a request failed, without the text of `error`, which is not safe to show."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return phrase(
                "The certificate of {address} is not trusted: {verify_message}.",
                address=address,
                verify_message=cause.verify_message,
            )
        if isinstance(cause, ssl.SSLError):
            return phrase("Cannot open a secure connection to {address}.", address=address)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, NOT_CONNECTED):
        return phrase("No response from {address}.", address=address)
    if isinstance(error, httpcore.RemoteProtocolError):
        return phrase(
            "The connection to {address} broke during a response, or it is no HTTP server.",
            address=address,
        )
    return phrase("The connection to {address} was lost.", address=address)
