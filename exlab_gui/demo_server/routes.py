"""The routes of the contract, under ``/api/v1``."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Fail, Scenario
from exlab_gui.demo_server.errors import RefusalError, answer, not_found
from exlab_gui.demo_server.health import health
from exlab_gui.demo_server.requests import Cancel, Opening, OpenProject, OpenRun, Resume, read_body
from exlab_gui.demo_server.responses import is_listed, operation, snapshot
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.demo_server.state import World
from exlab_gui.demo_server.stream import Stream
from exlab_gui.scenarios import bundled_scenarios, find_scenario


class Contract:
    """Answers as ExLab-Wizard does, from what is in `world`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """Return every route of the contract."""
        session = "/sessions/{session_id}"
        routes = [
            Route("/health", self.health),
            Route("/operations", self.operations),
            Route("/sessions", self.open, methods=["POST"]),
            Route(session, self.session),
            Route(f"{session}/resume", self.resume, methods=["POST"]),
            Route(f"{session}/cancel", self.cancel, methods=["POST"]),
            WebSocketRoute(f"{session}/events", self.events),
        ]
        return [Mount("/api/v1", routes=routes)]

    async def health(self, _request: Request) -> Response:
        """Tell how the server is."""
        return answer(health(self._world.condition, self._world.sessions))

    async def operations(self, _request: Request) -> Response:
        """List the sessions that are not over and those that failed, oldest first."""
        listed = [operation(session) for session in self._world.sessions if is_listed(session)]
        return answer({"operations": listed})

    async def session(self, request: Request) -> Response:
        """Tell how one session stands."""
        return answer(snapshot(self._session(request)))

    async def open(self, request: Request) -> Response:
        """Open a session that goes like the scenario which has the same template.

        Where none has, the session fails at once; the request has not failed by that.
        """
        self._world.condition.assert_open()
        body: Opening = await read_body(request, OpenRun | OpenProject)
        given = {
            key: value for key, value in msgspec.to_builtins(body).items() if value is not None
        }
        scenario = _scenario_with(body.template_path)
        session = self._world.sessions.open(scenario or _no_template(body), request=given)
        if scenario is None:
            session.step()
        return answer(snapshot(session), 201)

    async def resume(self, request: Request) -> Response:
        """Take answers to a plugin's question; what they change shows a moment later.

        To resume a session that does not wait for answers is an internal error, and the next
        request on the same connection meets a reset.
        """
        session = self._session(request)
        body = await read_body(request, Resume)
        _refuse_finished(session)
        try:
            session.answer(body.extra_inputs)
        except ValueError as error:
            self._world.connections.doom(request.scope)
            raise RefusalError(500, "internal_error", str(error)) from None
        return answer(snapshot(session))

    async def cancel(self, request: Request) -> Response:
        """Abort a session."""
        session = self._session(request)
        body = await read_body(request, Cancel)
        _refuse_finished(session)
        session.cancel(discard_files=body.discard_files)
        return answer(snapshot(session))

    async def events(self, websocket: WebSocket) -> None:
        """Send the session's events to whoever listens."""
        try:
            session = self._world.sessions.get(websocket.path_params["session_id"])
        except KeyError:
            await websocket.close()  # before it was accepted: the handshake ends with 403
            return
        await Stream(websocket, session.queue, self._world.behaviour, self._world.connections).run()

    def _session(self, request: Request) -> DemoSession:
        session_id = request.path_params["session_id"]
        try:
            return self._world.sessions.get(session_id)
        except KeyError:
            raise not_found(session_id) from None


def _refuse_finished(session: DemoSession) -> None:
    if session.is_over:
        raise RefusalError(
            409, "session_already_completed", f"The session is over: it is {session.state}."
        )


def _scenario_with(template: str) -> Scenario | None:
    """Return the first scenario that comes with the program and has this template."""
    scenarios = map(find_scenario, bundled_scenarios())
    return next((s for s in scenarios if s.request.get("template_path") == template), None)


def _no_template(body: Opening) -> Scenario:
    error = Error(
        "template_load_error", f"There is no template {body.template_path}.", "template_path"
    )
    return Scenario(title="No such template", kind=body.kind, steps=(Fail(error=error),))
