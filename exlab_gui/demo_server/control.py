"""The presenter's routes under ``/demo``, which a real server does not have."""

from typing import Any

import msgspec
from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from exlab_gui.bundled_scenarios import bundled_scenarios
from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.file import ScenarioError
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.scenario.simulation import StepError, simulate
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.demo_server.http.errors import RefusalError, answer
from exlab_gui.demo_server.http.guard import CONTROL
from exlab_gui.demo_server.http.requests import read_body
from exlab_gui.demo_server.http.responses import snapshot
from exlab_gui.demo_server.sessions import DemoSessions


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """Opens a session of `scenario`, a name or a whole scenario; `hold`: step it by hand.

    `fields` are those that its plugins ask for, whatever they are: the server does not check them.
    """

    scenario: str | Scenario
    hold: bool = False
    fields: Any = UNSET


class Control:
    def __init__(self, sessions: DemoSessions) -> None:
        self._sessions = sessions

    def routes(self) -> list[BaseRoute]:
        return [
            Route(f"{CONTROL}/sessions", self.open, methods=["POST"]),
            Route(f"{CONTROL}/sessions/{{session_id}}/step", self.step, methods=["POST"]),
        ]

    async def open(self, request: Request) -> Response:
        body = await read_body(request, Open)
        try:
            if isinstance(body.scenario, Scenario):
                list(simulate(body.scenario, CREATION_MACHINE, utc_now()))
            elif body.scenario not in (known := bundled_scenarios()):  # a file is nobody's to name
                raise ScenarioError(unknown_name_message(body.scenario, known, "a scenario"))
            opened = self._sessions.open(body.scenario, held=body.hold, fields=body.fields)
        except (ScenarioError, StepError) as error:
            raise RefusalError(422, "validation_failed", str(error), "scenario") from None
        return answer(snapshot(opened), 201)

    async def step(self, request: Request) -> Response:
        session = self._sessions.get(request.path_params["session_id"])
        session.step()
        return answer(snapshot(session))
