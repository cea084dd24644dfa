"""A typed client of the server's REST API; each failure has a sentence for the user."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Self
from urllib.parse import quote

import msgspec

from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import (
    LostError,
    NotUnderstoodError,
    NotWizardError,
    ServerRefusedError,
)
from exlab_gui.sources.live.responses import (
    READY,
    Health,
    Listing,
    Snapshot,
    read_health,
    read_missing,
    read_operations,
    read_refusal,
    read_snapshot,
)
from exlab_gui.sources.live.transport.http import (
    Answer,
    DroppedError,
    Http,
    NotConnectedError,
)

TIMEOUT_S = 5.0
"""The most time from a request to the last byte of its response."""

_OUTCOME_UNKNOWN = phrase(
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
        self._questions = Http(address, timeout_s, reuse=True)
        self._commands = Http(address, timeout_s, reuse=False)
        self._listed: bytes | None = None
        self._told: tuple[str, bytes] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._questions.close()
        await self._commands.close()

    async def health(self) -> Health:
        """Return the server's health. Raises NotWizardError if another server responds."""
        try:
            health = read_health(await self.ask("/health"))
        except (NotUnderstoodError, ServerRefusedError) as error:
            # An ExLab-Wizard always answers this, or has broken down.
            if isinstance(error, ServerRefusedError) and error.status >= 500:
                raise
            raise NotWizardError(
                phrase("{address} is not a supported ExLab-Wizard server.", address=self.address)
            ) from None

        if health.setup_state == READY:
            return health
        with suppress(NotUnderstoodError, ServerRefusedError):
            missing = read_missing(await self.ask("/setup/status"))
            return msgspec.structs.replace(health, missing=missing)
        return health

    async def operations(self) -> Listing:
        """Return the list of sessions: the same object as before if it has not changed."""
        body = await self.ask("/operations")
        if body != self._listed:
            self._listing, self._listed = read_operations(body), body
        return self._listing

    async def snapshot(self, session_id: str) -> Snapshot:
        """Return the session's state: the same object as before if it has not changed.

        Raises ServerRefusedError: with status 404 if the session is unknown.
        """
        body = await self.ask(_path(session_id))
        if self._told != (session_id, body):
            self._snapshot, self._told = read_snapshot(body), (session_id, body)
        return self._snapshot

    async def run(self, path: str) -> bytes:
        """Return the details of the run in the folder `path`, as JSON.

        Raises ServerRefusedError: with status 404 if it is no run.
        """
        return await self.ask(f"/run/{quote(path)}")

    async def open(self, request: Mapping[str, Any]) -> Snapshot:
        """Open a session, and return its state: it may have failed at once."""
        return read_snapshot(await self._command("/sessions", dict(request)))

    async def resume(self, session_id: str, answers: dict[str, Any]) -> None:
        """Submit answers to a plugin's question; the session changes a moment later."""
        await self._command(f"{_path(session_id)}/resume", {"extra_inputs": answers})

    async def cancel(self, session_id: str, *, discard_files: bool) -> None:
        await self._command(f"{_path(session_id)}/cancel", {"discard_files": discard_files})

    async def ask(self, path: str) -> bytes:
        """Return the body of the response to ``GET`` of `path` in the server's API.

        Raises LostError, NotUnderstoodError and ServerRefusedError.
        """
        url = self.address.api(path)
        try:
            return _accepted(await self._questions.send("GET", url))
        except DroppedError:
            pass  # a connection that was kept can have been dropped since; a new one tells
        return _accepted(await self._questions.send("GET", url))

    async def _command(self, path: str, body: dict[str, Any]) -> bytes:
        url = self.address.api(path)
        try:
            return _accepted(await self._commands.send("POST", url, msgspec.json.encode(body)))
        except NotConnectedError:
            raise
        except LostError:
            raise LostError(_OUTCOME_UNKNOWN) from None


def _accepted(answer: Answer) -> bytes:
    """Return the body of `answer`. Raises ServerRefusedError."""
    status, body = answer
    if 300 <= status < 400:
        raise ServerRefusedError(
            phrase("The server redirects to another address, which is not contacted."),
            status,
        )
    if status >= 400:
        raise read_refusal(body, status)
    return body


def _path(session_id: str) -> str:
    """Return the path of a session, whatever its id is: a user may have typed it."""
    return f"/sessions/{quote(session_id, safe='')}"
