"""The demo server, with its parts put together."""

import asyncio
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState
from websockets.exceptions import InvalidState

from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.demo_server.advertisement import Advertisement
from exlab_gui.demo_server.control import Control
from exlab_gui.demo_server.http.errors import HANDLERS
from exlab_gui.demo_server.http.guard import Guard
from exlab_gui.demo_server.routes import Contract
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.demo_server.sessions import DemoSessions
from exlab_gui.demo_server.status import READY, Setup
from exlab_gui.demo_server.traffic import Traffic

REAL_RATE = 200.0
"""The speed of a real server's sessions, in times of their scenarios'."""

HOST = "127.0.0.1"
"""The loopback interface: no other machine can connect."""


class _Connection(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        # asyncio does so itself, but for Windows, where accepted sockets do not tell that they are
        # of TCP.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if not self.transport.is_closing():  # Windows' loop brings what it had read by then
            super().data_received(data)


class DemoServer:
    """A server on `port` of the loopback interface (0: a free one).

    Sessions are played at `rate` times the speed of their scenarios; with `traffic` new ones keep
    coming. `file` is the server file to write, if any; `problem` says why it could not be written.
    Control routes need the `token`.

    A subclass can misbehave: `new_session`, `routes` and `application` may be overridden. `state`
    holds uvicorn's connections.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        rate: float = REAL_RATE,
        traffic: bool = False,
        setup: Setup = READY,
        file: Path | None = None,
    ) -> None:
        self.port = port
        self.problem: str | None = None
        self.sessions = DemoSessions(rate, self.new_session)
        self.open = self.sessions.open
        self.contract = Contract(self.sessions, setup)
        self.state = ServerState()
        self.token = secrets.token_urlsafe(16)
        self._advertisement = Advertisement(file, self.token)
        self._rate = rate
        self._has_traffic = traffic
        self._traffic: asyncio.Task[None] | None = None
        self._listening: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def new_session(
        self, scenario: Scenario, *, held: bool, request: Mapping[str, Any] | None, fields: Any
    ) -> DemoSession:
        return DemoSession(scenario, held=held, request=request, fields=fields)

    def routes(self) -> list[BaseRoute]:
        return [*self.contract.routes(), *Control(self.sessions).routes()]

    def application(self) -> ASGIApp:
        app = Starlette(routes=self.routes(), exception_handlers=HANDLERS)
        app.router.redirect_slashes = False
        return Guard(app, self.token)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, and start traffic; a restarted server keeps its port. Raises OSError."""
        config = Config(
            self.application(),
            http=H11Protocol,
            ws="websockets-sansio",
            lifespan="off",
            proxy_headers=False,
            log_config=None,
            log_level="error",
            access_log=False,
        )
        config.load()
        self.state.default_headers = config.encoded_headers
        # Not by uvicorn's own Server, which takes the signals of its process and stops slowly.
        self._listening = await asyncio.get_running_loop().create_server(
            lambda: _Connection(config, self.state, app_state={}),
            HOST,
            self.port,
        )
        self.port = self._listening.sockets[0].getsockname()[1]
        self.begin()

    async def stop(self) -> None:
        if self._listening is None:
            return
        await _accept_no_more(self._listening)
        self._listening.close()
        self._advertisement.withdraw()
        await self.forget()
        for connection in list(self.state.connections):
            with suppress(InvalidState):  # its other end is just closing it
                connection.shutdown()
        await asyncio.sleep(0)  # a connection that has nothing left to send is closed by then
        for connection in list(self.state.connections):
            connection.transport.abort()
        await _cancel(*self.state.tasks)
        await self._listening.wait_closed()
        self._listening = None

    def begin(self) -> None:
        self.problem = self._advertisement.announce(self.port)
        if self._has_traffic:
            self._traffic = asyncio.create_task(Traffic(self.sessions, self._rate).run())

    async def forget(self) -> None:
        if self._traffic is not None:
            await _cancel(self._traffic)
        await self.sessions.forget()


async def _accept_no_more(server: asyncio.Server) -> None:
    """Let what `server` accepted become connections: closing it would leave their sockets open."""
    loop = asyncio.get_running_loop()
    for listening in server.sockets:
        try:
            loop.remove_reader(listening.fileno())
        except NotImplementedError:  # Windows' loop, which has no other way to accept no more
            futures = loop._accept_futures  # type: ignore[attr-defined]
            while (accept := futures.get(listening.fileno())) and not accept.cancel():
                await asyncio.sleep(0)  # something was accepted just now, and the next is awaited
    for _ in range(2):  # a task accepts, and makes the connection in the next turn
        await asyncio.sleep(0)


async def _cancel(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
