"""A server that a test writes by hand, byte by byte."""

import asyncio
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def raw_server(handle):
    """Serve each connection by `handle`, called with reader and writer; give the address.

    A connection that breaks off ends its handler. All are closed at the end.
    """
    handlers = set()

    async def serve(reader, writer):
        task = asyncio.current_task()
        handlers.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await handle(reader, writer)
        finally:
            writer.transport.abort() if task.cancelling() else writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)
