"""The open connections of a server, cut at will; `state` is where uvicorn keeps them."""

import os
import socket
import struct

_CLOSE_BY_RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


def reset_transport(transport):
    """Reset a connection, as when the process dies."""
    transport.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_BY_RESET
    )
    transport.abort()


def reset(state, scope):
    """Reset the connection of a request: the client gets a read error."""
    if (connection := _of(state, scope)) is not None:
        reset_transport(connection.transport)


def reset_all(state, but=None):
    """Reset every connection, as when the process dies, but for that of the request `but`."""
    spared = _of(state, but) if but else None
    for connection in list(state.connections):
        if connection is not spared:
            reset_transport(connection.transport)


def close(state, scope, last_words=b""):
    """Close the connection of a request, once `last_words` have been sent."""
    if (connection := _of(state, scope)) is not None:
        connection.transport.write(last_words)
        connection.transport.close()


async def until_gone(receive):
    """Wait until the client has gone away; what it says until then is not heard."""
    while not (await receive())["type"].endswith(".disconnect"):
        pass


def _of(state, scope):
    client = tuple(scope["client"])
    return next((c for c in list(state.connections) if c.client == client), None)
