"""The routes of the contract, under ``/api/v1``."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Fail, Scenario
from exlab_gui.demo_server.control import session_of
from exlab_gui.demo_server.errors import RefusalError, answer
from exlab_gui.demo_server.health import Condition, health
from exlab_gui.demo_server.requests import Cancel, Opening, OpenProject, OpenRun, Resume, read_body
from exlab_gui.demo_server.responses import is_listed, operation, snapshot
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.demo_server.sessions import DemoSessions
from exlab_gui.demo_server.stream import send_messages
from exlab_gui.scenarios import bundled_scenarios, find_scenario


class Contract:
    """Answers as ExLab-Wizard does, about `sessions`; `condition` is what it says of itself."""

    def __init__(self, sessions: DemoSessions) -> None:
        self.condition = Condition()
        self._sessions = sessions

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
        return answer(health(self.condition, self._sessions))

    async def operations(self, _request: Request) -> Response:
        """List the sessions that are not over and those that failed, oldest first."""
        listed = [operation(session) for session in self._sessions if is_listed(session)]
        return answer({"operations": listed})

    async def session(self, request: Request) -> Response:
        """Tell how one session stands."""
        return answer(snapshot(session_of(self._sessions, request)))

    async def open(self, request: Request) -> Response:
        """Open a session that goes like the scenario which has the same template.

        Where none has, the session fails at once; the request has not failed by that.
        """
        self.condition.assert_open()
        body: Opening = await read_body(request, OpenRun | OpenProject)
        given = {
            key: value for key, value in msgspec.to_builtins(body).items() if value is not None
        }
        scenario = _scenario_with(body.template_path)
        session = self._sessions.open(scenario or _no_template(body), request=given)
        if scenario is None:
            session.step()
        return answer(snapshot(session), 201)

    async def resume(self, request: Request) -> Response:
        """Take answers to a plugin's question; what they change shows a moment later.

        To resume a session that does not wait for answers is an internal error.
        """
        session = session_of(self._sessions, request)
        body = await read_body(request, Resume)
        _refuse_finished(session)
        try:
            session.answer(body.extra_inputs)
        except ValueError as error:
            raise RefusalError(500, "internal_error", str(error)) from None
        return answer(snapshot(session))

    async def cancel(self, request: Request) -> Response:
        """Abort a session."""
        session = session_of(self._sessions, request)
        body = await read_body(request, Cancel)
        _refuse_finished(session)
        session.cancel(discard_files=body.discard_files)
        return answer(snapshot(session))

    async def events(self, websocket: WebSocket) -> None:
        """Send the session's events to whoever listens."""
        try:
            session = self._sessions.get(websocket.path_params["session_id"])
        except KeyError:
            await websocket.close()  # before it was accepted: the handshake ends with 403
            return
        await send_messages(websocket, session.messages)


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
