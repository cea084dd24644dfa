"""Faulty servers in a thread of their own, for what blocks or for another event loop."""

import asyncio
import threading
from collections.abc import Awaitable
from concurrent.futures import Future
from contextlib import contextmanager

from tests.helpers.faulty_server.server import FaultyServer


class ServerThread:
    """A server that runs in another thread, at `url`."""

    def __init__(self, server, stopped):
        self.url = server.url
        self._server = server
        self._stopped = stopped
        self._loop = asyncio.get_running_loop()

    def do(self, action):
        """Call `action` with the server, in the server's thread, and return what comes of it."""

        async def act():
            result = action(self._server)
            return await result if isinstance(result, Awaitable) else result

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result()

    def stop(self):
        """Let the server stop soon."""
        self._loop.call_soon_threadsafe(self._stopped.set)


@contextmanager
def faulty_server_thread(**options):
    """Give a server that runs in a thread, and stop it at the end."""
    started = Future()

    async def serve():
        stopped = asyncio.Event()
        async with FaultyServer(**options) as server:
            started.set_result(ServerThread(server, stopped))
            await stopped.wait()

    def run():
        try:
            asyncio.run(serve())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=run, name="faulty server")
    thread.start()
    server = started.result()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
