"""The routes of ExLab-Wizard under ``/api/v1``."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.demo_server import disk
from exlab_gui.demo_server.http.errors import RefusalError, answer
from exlab_gui.demo_server.http.requests import (
    Cancel,
    ProjectSessionBody,
    Resume,
    RunSessionBody,
    read_body,
)
from exlab_gui.demo_server.http.responses import operation, snapshot
from exlab_gui.demo_server.opening import scenario_for
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.demo_server.sessions import DemoSessions
from exlab_gui.demo_server.status import Setup, health
from exlab_gui.demo_server.stream import send_messages

API = "/api/v1"


class Contract:
    def __init__(self, sessions: DemoSessions, setup: Setup) -> None:
        self.setup = setup
        self._sessions = sessions

    def routes(self) -> list[BaseRoute]:
        session = f"{API}/sessions/{{session_id}}"
        return [
            get("/health", lambda: health(self.setup, self._sessions)),
            get("/setup/status", lambda: self.setup.status()),
            get("/tree", lambda: disk.tree(self._sessions.made())),
            get("/problems", lambda: disk.problems(self._sessions.made())),
            get("/staging", lambda: disk.staging(self._sessions.made())),
            get("/operations", self.operations),
            get("/run/{path:path}", self.run),
            get("/sessions/{session_id}", self.session),
            Route(f"{API}/sessions", self.open, methods=["POST"]),
            Route(f"{session}/resume", self.resume, methods=["POST"]),
            Route(f"{session}/cancel", self.cancel, methods=["POST"]),
            WebSocketRoute(f"{session}/events", self.events),
        ]

    def operations(self) -> dict[str, Any]:
        self.setup.assert_complete()
        return {"operations": [operation(one) for one in self._sessions.listed()]}

    def session(self, session_id: str) -> dict[str, Any]:
        return snapshot(self._sessions.get(session_id))

    def run(self, path: str) -> dict[str, Any]:
        if (session := self._sessions.made().get(path)) is None:
            raise RefusalError(404, "session_not_found", f"no creation.json at {path!r}")
        return disk.run(path, session)

    async def open(self, request: Request) -> Response:
        """Open a session; it is rendering, or has failed, when the response is sent."""
        body = await read_body(request, ProjectSessionBody, RunSessionBody)
        self.setup.assert_complete()
        if isinstance(body, RunSessionBody) and body.run_date is not None:
            date.fromisoformat(body.run_date)  # a wrong one is an internal error
        given = {
            key: value for key, value in msgspec.to_builtins(body).items() if value is not None
        }
        session = self._sessions.open(scenario_for(given))
        while session.state in CREATION_MACHINE.spine[:2]:
            session.step()
        return answer(snapshot(session), 201)

    async def resume(self, request: Request) -> Response:
        """Take answers for the next step; without a question, this is an internal error."""
        body = await read_body(request, Resume)
        session = self._unfinished(request)
        session.answer(body.extra_inputs)
        return answer(snapshot(session))

    async def cancel(self, request: Request) -> Response:
        body = await read_body(request, Cancel)
        session = self._unfinished(request)
        session.cancel(discard_files=body.discard_files)
        return answer(snapshot(session))

    async def events(self, websocket: WebSocket) -> None:
        try:
            session = self._sessions.get(websocket.path_params["session_id"])
        except RefusalError:
            await websocket.close()  # before it was accepted: the handshake ends with 403
            return
        await send_messages(websocket, session.messages)

    def _unfinished(self, request: Request) -> DemoSession:
        self.setup.assert_complete()
        session = self._sessions.get(request.path_params["session_id"])
        if session.is_over:
            message = "session is already in a terminal state"
            raise RefusalError(409, "session_already_completed", message)
        return session


def get(path: str, respond: Callable[..., Any]) -> Route:
    """Return a ``GET`` route; `respond` is called with the parameters in the path."""

    async def endpoint(request: Request) -> Response:
        return answer(respond(**request.path_params))

    route = Route(f"{API}{path}", endpoint)
    if route.methods is not None:
        route.methods.discard("HEAD")  # which the real server does not know either
    return route
