"""The routes that tell the demo server what to do, under ``/demo``: no part of the contract."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Scope

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.file import ScenarioError
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.scenario.simulation import StepError, simulate
from exlab_gui.core.session import utc_now
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.demo_server.errors import RefusalError, answer, not_found
from exlab_gui.demo_server.fault_middleware import CONTROL
from exlab_gui.demo_server.faults import Conduct
from exlab_gui.demo_server.health import Condition
from exlab_gui.demo_server.malformed import assert_rubbish, rubbish
from exlab_gui.demo_server.requests import Nothing, read_body
from exlab_gui.demo_server.responses import snapshot
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.demo_server.state import World

Change = Callable[[DemoSession, Any], None]
Restart = Callable[[Scope], Awaitable[None]]


class Open(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Opens a session of `scenario`, a name or a whole scenario; `hold`: to be stepped."""

    scenario: str | Scenario
    hold: bool = False
    request: dict[str, Any] | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Does so many steps of a session."""

    times: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 1


class Jump(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Takes a session to `state`, past the table."""

    state: str

    def __post_init__(self) -> None:
        if self.state not in CREATION_MACHINE.states:
            raise ValueError(unknown_name_message(self.state, CREATION_MACHINE.states, "a state"))


class Send(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Puts messages into a session's queue: rubbish by name, bytes (base64), and text."""

    rubbish: tuple[str, ...] = ()
    raw: tuple[bytes, ...] = ()
    text: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        assert_rubbish(self.rubbish)


class Control:
    """Does to `world` what tests and demonstrations want; `restart` restarts the server."""

    def __init__(self, world: World, restart: Restart, requests: Callable[[], list[str]]) -> None:
        self._world = world
        self._restart = restart
        self._requests = requests

    def routes(self) -> list[BaseRoute]:
        """Return every control route."""
        routes = [
            Route("/misbehave", self.misbehave, methods=["GET", "POST"]),
            Route("/condition", self.condition, methods=["GET", "POST"]),
            Route("/restart", self.restart, methods=["POST"]),
            Route("/requests", self.requests),
            Route("/sessions", self.open, methods=["POST"]),
            self._change("hold", Nothing, lambda session, _body: session.hold()),
            self._change("release", Nothing, lambda session, _body: session.release()),
            self._change("prompt", Nothing, lambda session, _body: session.prompt()),
            self._change("step", Step, _step),
            self._change("jump", Jump, lambda session, body: session.jump(body.state)),
            self._change("send", Send, _send),
        ]
        return [Mount(CONTROL, routes=routes)]

    async def misbehave(self, request: Request) -> Response:
        """Tell how the server conducts itself, after having it do so as the body says."""
        if request.method == "POST":
            self._world.behaviour.become(await read_body(request, Conduct))
        return answer(self._world.behaviour.conduct)

    async def condition(self, request: Request) -> Response:
        """Tell how the server says it is, after having it say what the body says."""
        if request.method == "POST":
            self._world.condition = await read_body(request, Condition)
        return answer(self._world.condition)

    async def restart(self, request: Request) -> Response:
        """Forget every session and reset every connection but this one."""
        await self._restart(request.scope)
        return answer({})

    async def requests(self, _request: Request) -> Response:
        """List what was asked for, oldest first; none of it is a control route."""
        return answer({"requests": self._requests()})

    async def open(self, request: Request) -> Response:
        """Open a session."""
        body = await read_body(request, Open)
        try:
            if isinstance(body.scenario, Scenario):
                list(simulate(body.scenario, CREATION_MACHINE, utc_now()))
            opened = self._world.sessions.open(body.scenario, held=body.hold, request=body.request)
        except (ScenarioError, StepError) as error:
            raise RefusalError(422, "validation_failed", str(error), "scenario") from None
        return answer(snapshot(opened), 201)

    def _change(self, name: str, shape: type, change: Change) -> Route:
        async def endpoint(request: Request) -> Response:
            session_id = request.path_params["session_id"]
            try:
                session = self._world.sessions.get(session_id)
            except KeyError:
                raise not_found(session_id) from None
            change(session, await read_body(request, shape))
            return answer(snapshot(session))

        return Route(f"/sessions/{{session_id}}/{name}", endpoint, methods=["POST"])


def _step(session: DemoSession, body: Step) -> None:
    for _ in range(body.times):
        session.step()


def _send(session: DemoSession, body: Send) -> None:
    for message in (*map(rubbish, body.rubbish), *body.raw, *body.text):
        session.send(message)
