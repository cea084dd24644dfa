"""The demo server: where everything comes together, and what starts and stops it."""

import asyncio
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol

from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.demo_server.advertisement import Presence
from exlab_gui.demo_server.control import Control
from exlab_gui.demo_server.errors import RefusalError, refusal
from exlab_gui.demo_server.fault_middleware import Spoiling
from exlab_gui.demo_server.faults import Behaviour, Conduct
from exlab_gui.demo_server.health import Condition
from exlab_gui.demo_server.routes import Contract
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.demo_server.sessions import DemoSessions
from exlab_gui.demo_server.state import World
from exlab_gui.demo_server.traffic import Traffic

HOST = "127.0.0.1"
"""The loopback interface: nobody else's machine can connect."""


class DemoServer:
    """A server on `port` of the loopback interface (0: one that is free).

    Sessions go `rate` times as fast as their scenarios say; with `traffic` new ones keep coming.
    `file` is where the server says how it can be reached; None: nowhere. It belongs to the event
    loop that starts it. `problem` says why the file was not written, where it was not.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        rate: float = 1.0,
        traffic: bool = True,
        conduct: Conduct | None = None,
        file: Path | None = None,
    ) -> None:
        behaviour = Behaviour(conduct)
        self.port = port
        self.problem: str | None = None
        self.sessions = DemoSessions(behaviour, rate)
        self._presence = Presence(file)
        self._rate = rate
        self._has_traffic = traffic
        self._traffic: asyncio.Task[None] | None = None
        self._listening: asyncio.Server | None = None
        self.world = World(self.sessions, behaviour)
        routes = Contract(self.world).routes()
        routes += Control(self.world, self.restart, lambda: self.requests).routes()
        handlers: Any = {RefusalError: _refused, HTTPException: _no_route}
        app = Starlette(routes=routes, exception_handlers=handlers)
        self._app = Spoiling(app, behaviour, self.world.connections)

    @property
    def url(self) -> str:
        """The address of the server, once it was started."""
        return f"http://{HOST}:{self.port}"

    @property
    def requests(self) -> list[str]:
        """What was asked for, oldest first, as methods and paths; ``WS`` is a stream's opening."""
        return list(self._app.requests)

    @property
    def conduct(self) -> Conduct:
        """How the server conducts itself. Setting it counts anew."""
        return self.world.behaviour.conduct

    @conduct.setter
    def conduct(self, conduct: Conduct) -> None:
        self.world.behaviour.become(conduct)

    @property
    def condition(self) -> Condition:
        """How the server says it is."""
        return self.world.condition

    @condition.setter
    def condition(self, condition: Condition) -> None:
        self.world.condition = condition

    def open(
        self,
        scenario: str | Scenario,
        *,
        held: bool = False,
        request: Mapping[str, Any] | None = None,
    ) -> DemoSession:
        """Open a session, as `DemoSessions.open` does."""
        return self.sessions.open(scenario, held=held, request=request)

    async def start(self) -> None:
        """Listen, and let traffic begin. One that was stopped comes back on the same port.

        Raises OSError where the port is in use.
        """
        config = Config(
            self._app,
            http=H11Protocol,
            ws="websockets-sansio",
            lifespan="off",
            proxy_headers=False,
            log_config=None,
            log_level="error",
            access_log=False,
        )
        config.load()
        state = self.world.connections.state
        listener = _bind(self.port)
        # Not by uvicorn's own Server, which takes the signals of its process and stops slowly.
        self._listening = await asyncio.get_running_loop().create_server(
            lambda: H11Protocol(config, state, app_state={}),
            sock=listener,
        )
        self.port = listener.getsockname()[1]
        self._begin()

    async def stop(self) -> None:
        """Tell every client, and stop; every session is forgotten."""
        if self._listening is None:
            return
        self._listening.close()
        self._presence.withdraw()
        await self._forget()
        connections = self.world.connections
        await connections.close_all()
        await _cancel(*connections.state.tasks)
        await self._listening.wait_closed()
        self._listening = None

    async def restart(self, but: Scope | None = None) -> None:
        """Do as a crash and a new start do: forget every session, reset every connection.

        The connection that the request `but` came by is left.
        """
        await self._forget()
        self.world.connections.reset_all(but)
        self._begin()

    def _begin(self) -> None:
        self.problem = self._presence.announce(self.port)
        if self._has_traffic:
            self._traffic = asyncio.create_task(Traffic(self.sessions, self._rate).run())

    async def _forget(self) -> None:
        if self._traffic is not None:
            await _cancel(self._traffic)
        await self.sessions.forget()


async def _cancel(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _bind(port: int) -> socket.socket:
    # Where the protocol is named, asyncio sends without waiting for more to send (TCP_NODELAY).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it lets two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    listener.setblocking(False)
    return listener


async def _refused(_request: Request, error: RefusalError) -> Response:
    return refusal(error)


async def _no_route(_request: Request, error: HTTPException) -> Response:
    code = error.detail.lower().replace(" ", "_")
    return refusal(RefusalError(error.status_code, code, f"{error.detail}."))
