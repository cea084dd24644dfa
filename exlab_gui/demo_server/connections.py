"""The server's open connections, which can be cut at will."""

import asyncio
import os
import socket
import struct
from typing import Any, Protocol, cast
from weakref import WeakSet

from starlette.types import Receive, Scope
from uvicorn.server import ServerState

_CLOSE_BY_RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


async def until_gone(receive: Receive) -> None:
    """Wait until the client has gone away; what it says until then is not heard."""
    while not (await receive())["type"].endswith(".disconnect"):
        pass


class _Transport(Protocol):
    def abort(self) -> None: ...
    def close(self) -> None: ...
    def write(self, data: bytes) -> None: ...
    def get_extra_info(self, name: str) -> Any: ...


class _Connection(Protocol):
    """What is used here of uvicorn's protocols, of HTTP as of WebSockets."""

    client: tuple[str, int] | None
    transport: _Transport

    def shutdown(self) -> None: ...


class Connections:
    """Every connection that is open; `state` is where uvicorn keeps them."""

    def __init__(self) -> None:
        self.state = ServerState()
        self._doomed: WeakSet[_Connection] = WeakSet()

    def reset(self, scope: Scope) -> None:
        """Reset the connection of a request: the client gets a read error."""
        if (connection := self._of(scope)) is not None:
            _reset(connection)

    def doom(self, scope: Scope) -> None:
        """Let the next request on this request's connection meet a reset."""
        if (connection := self._of(scope)) is not None:
            self._doomed.add(connection)

    def is_doomed(self, scope: Scope) -> bool:
        """Return whether the connection of a request is to be reset."""
        return bool(self._doomed) and self._of(scope) in self._doomed

    def close(self, scope: Scope, last_words: bytes = b"") -> None:
        """Close the connection of a request, once `last_words` have been sent."""
        if (connection := self._of(scope)) is not None:
            connection.transport.write(last_words)
            connection.transport.close()

    async def close_all(self) -> None:
        """Tell every client that the server goes; what an answer is still due on is cut."""
        for connection in self._all():
            connection.shutdown()
        await asyncio.sleep(0)  # a connection that has nothing left to send is closed by then
        for connection in self._all():
            connection.transport.abort()

    def reset_all(self, but: Scope | None) -> None:
        """Reset every connection, as when the process dies, but for that of the request `but`."""
        spared = self._of(but) if but else None
        for connection in self._all():
            if connection is not spared:
                _reset(connection)

    def _all(self) -> list[_Connection]:
        return [cast("_Connection", connection) for connection in self.state.connections]

    def _of(self, scope: Scope) -> _Connection | None:
        client = tuple(scope["client"])
        return next((c for c in self._all() if c.client == client), None)


def _reset(connection: _Connection) -> None:
    connection.transport.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_BY_RESET
    )
    connection.transport.abort()
