"""A typed client of the server's REST API; each failure has a sentence for the user.

Only the named server is contacted: redirects and proxies are not used. Certificates are checked.
"""

import asyncio
import ssl
from typing import Any, Self
from urllib.parse import quote

import httpx
import msgspec

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import (
    LostError,
    NotUnderstoodError,
    NotWizardError,
    ServerRefusedError,
)
from exlab_gui.sources.live.responses import (
    Health,
    Operation,
    Snapshot,
    read_health,
    read_operations,
    read_refusal,
    read_snapshot,
)

MAX_BYTES = 16 * 2**20

TIMEOUT_S = 5.0
"""The most time from a request to the last byte of its response."""

_DROPPED = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)
_OUTCOME_UNKNOWN = (
    "The connection was lost before the server answered. Whether it did what was asked is not "
    "known: it is not asked again, the session's state will show it."
)


class Client:
    """Sends requests to the server at `address`; each may take `timeout_s` seconds.

    A dropped query is retried once. A command is sent once, on a connection of its own, since a
    reused one may already be dead.
    """

    def __init__(self, address: Address, timeout_s: float = TIMEOUT_S) -> None:
        self.address = address
        self._timeout_s = timeout_s
        verify: ssl.SSLContext | bool = True
        if address.url.startswith("https"):
            verify = ssl.create_default_context()
        shared: dict[str, Any] = {
            "auth": address.credentials,
            "verify": verify,
            "trust_env": False,
            "follow_redirects": False,
            "timeout": None,  # kept by asyncio, over the whole of an answer
            "headers": {"accept": "application/json", "accept-encoding": "identity"},
        }
        self._questions = httpx.AsyncClient(**shared)
        self._commands = httpx.AsyncClient(
            **shared, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._questions.aclose()
        await self._commands.aclose()

    async def health(self) -> Health:
        """Return the server's health. Raises NotWizardError if another server responds."""
        try:
            return read_health(await self.ask("/health"))
        except (NotUnderstoodError, ServerRefusedError) as error:
            # An ExLab-Wizard always answers this, or has broken down.
            if isinstance(error, ServerRefusedError) and error.status >= 500:
                raise
            raise NotWizardError(
                f"{self.address} is not a supported ExLab-Wizard server."
            ) from None

    async def operations(self) -> tuple[list[Operation], int]:
        """Return the listed sessions, and the number of entries that could not be understood."""
        return read_operations(await self.ask("/operations"))

    async def snapshot(self, session_id: str) -> Snapshot:
        """Return the session's state. Raises ServerRefusedError: with status 404 if unknown."""
        return read_snapshot(await self.ask(_path(session_id)))

    async def resume(self, session_id: str, answers: dict[str, Any]) -> None:
        """Submit answers to a plugin's question; the session changes a moment later."""
        await self._command(f"{_path(session_id)}/resume", {"extra_inputs": answers})

    async def cancel(self, session_id: str, *, discard_files: bool) -> None:
        await self._command(f"{_path(session_id)}/cancel", {"discard_files": discard_files})

    async def ask(self, path: str) -> bytes:
        """Return the body of the response to ``GET`` of `path` in the server's API.

        Raises LostError, NotUnderstoodError and ServerRefusedError.
        """
        try:
            return await self._send(self._questions, "GET", path)
        except LostError as error:
            # A connection that was kept can have been dropped since; a new one tells.
            if not isinstance(error.__cause__, _DROPPED):
                raise
        return await self._send(self._questions, "GET", path)

    async def _command(self, path: str, body: dict[str, Any]) -> None:
        try:
            await self._send(self._commands, "POST", path, msgspec.json.encode(body))
        except LostError as error:
            if isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
                raise
            raise LostError(_OUTCOME_UNKNOWN) from None

    async def _send(
        self, client: httpx.AsyncClient, method: str, path: str, body: bytes | None = None
    ) -> bytes:
        url = self.address.api(path)
        headers = None if body is None else {"content-type": "application/json"}
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                client.stream(method, url, content=body, headers=headers) as response,
            ):
                answer = await self._read(response)
                status = response.status_code
        except TimeoutError:
            raise LostError(
                f"{self.address} did not answer within {self._timeout_s:g} seconds."
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise LostError(_why(self.address, error)) from error
        if 300 <= status < 400:
            raise ServerRefusedError(
                "The server redirects to another address, which is not contacted.",
                status,
            )
        if status >= 400:
            raise read_refusal(answer, status)
        return answer

    async def _read(self, response: httpx.Response) -> bytes:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise NotUnderstoodError("The server sent an unrequested compressed response.")
        parts, length = [], 0
        async for part in response.aiter_raw():
            length += len(part)
            if length > MAX_BYTES:
                raise NotUnderstoodError(
                    f"The server's response is larger than {MAX_BYTES // 2**20} MiB."
                )
            parts.append(part)
        return b"".join(parts)


def _why(address: Address, error: Exception) -> str:
    """Return why a request failed, without the text of `error`, which is not safe to show."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"The certificate of {address} is not trusted: {cause.verify_message}."
        if isinstance(cause, ssl.SSLError):
            return f"Cannot open a secure connection to {address}."
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ConnectError):
        return f"No response from {address}."
    if isinstance(error, httpx.RemoteProtocolError):
        return f"The connection to {address} broke during a response, or it is no HTTP server."
    return f"The connection to {address} was lost."


def _path(session_id: str) -> str:
    """Return the path of a session, whatever its id is: a user may have typed it."""
    return f"/sessions/{quote(session_id, safe='')}"
