"""Demo servers inside another program: in its event loop, or in a thread of their own."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

from exlab_gui.demo_server.faults import Conduct
from exlab_gui.demo_server.server import DemoServer

T = TypeVar("T")


@asynccontextmanager
async def running_demo_server(
    *,
    port: int = 0,
    rate: float = 1.0,
    traffic: bool = False,
    conduct: Conduct | None = None,
    file: Path | None = None,
) -> AsyncIterator[DemoServer]:
    """Give a server that runs in this event loop, and stop it at the end.

    What is given is handed on to `DemoServer`. By default it opens no sessions of its own accord.
    """
    server = DemoServer(port=port, rate=rate, traffic=traffic, conduct=conduct, file=file)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


class ServerThread:
    """A server that runs in another thread, at `url`."""

    def __init__(self, server: DemoServer, stopped: asyncio.Event) -> None:
        self.url = server.url
        self._server = server
        self._stopped = stopped
        self._loop = asyncio.get_running_loop()

    def do(self, action: Callable[[DemoServer], T | Awaitable[T]]) -> T:
        """Call `action` with the server, in the server's thread, and return what comes of it."""

        async def act() -> T:
            result = action(self._server)
            return await result if isinstance(result, Awaitable) else result

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result()

    def stop(self) -> None:
        """Let the server stop soon."""
        self._loop.call_soon_threadsafe(self._stopped.set)


@contextmanager
def demo_server_thread(
    *, rate: float = 1.0, traffic: bool = False, conduct: Conduct | None = None
) -> Iterator[ServerThread]:
    """Give a server that runs in a thread, and stop it at the end."""
    started: Future[ServerThread] = Future()

    async def serve() -> None:
        stopped = asyncio.Event()
        async with running_demo_server(rate=rate, traffic=traffic, conduct=conduct) as server:
            started.set_result(ServerThread(server, stopped))
            await stopped.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=run, name="demo server")
    thread.start()
    server = started.result()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
