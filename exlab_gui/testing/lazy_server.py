"""A demo server for a test, in the event loop of its window."""

import asyncio
from typing import Any

from exlab_gui.demo_server.server import HOST, DemoServer
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.testing.loop import apart_from_task, wait_until

_STARTING_S = 10.0


class LazyServer(DemoServer):
    """A demo server that starts when it is used first: only then does the loop of a test run."""

    def __init__(self) -> None:
        super().__init__()
        self._serving: asyncio.Task[None] | None = None
        self.open = self._open

    @property
    def url(self) -> str:
        self._start_now()
        return f"http://{HOST}:{self.port}"

    def end(self) -> None:
        """Stop. If the loop of the test has ended, it has stopped the server, too."""
        if self._serving is None or self._serving.get_loop().is_closed():
            return
        self._serving.cancel()
        if asyncio._get_running_loop() is not None:
            wait_until(self._serving.done, _STARTING_S, lambda: "The demo server does not stop.")

    def _open(self, *args: Any, **kwargs: Any) -> DemoSession:
        self._start_now()
        return self.sessions.open(*args, **kwargs)

    def _start_now(self) -> None:
        if self._serving is not None:
            return
        with apart_from_task():
            self._serving = asyncio.get_running_loop().create_task(self._serve())
            wait_until(lambda: self.port, _STARTING_S, lambda: "The demo server does not start.")

    async def _serve(self) -> None:
        async with self:
            await asyncio.Event().wait()
