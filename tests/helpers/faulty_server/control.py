"""The routes by which a test in another process tells the server what to do."""

from typing import Any

import msgspec
from starlette.routing import Route

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.demo_server.http.errors import answer
from exlab_gui.demo_server.http.guard import CONTROL
from exlab_gui.demo_server.http.requests import read_body
from exlab_gui.demo_server.http.responses import snapshot
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import assert_rubbish, rubbish


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Says nothing."""


class Jump(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Takes a session to `state`, past the table."""

    state: str

    def __post_init__(self):
        if self.state not in CREATION_MACHINE.states:
            raise ValueError(unknown_name_message(self.state, CREATION_MACHINE.states, "a state"))


class Send(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Puts messages into a session's queue: rubbish by name, bytes (base64), and text."""

    rubbish: tuple[str, ...] = ()
    raw: tuple[bytes, ...] = ()
    text: tuple[str, ...] = ()

    def __post_init__(self):
        assert_rubbish(self.rubbish)


class FaultControl:
    """Does to `server` what a test wants."""

    def __init__(self, server):
        self._server = server

    def routes(self):
        """Return the routes."""
        return [
            Route(f"{CONTROL}/misbehave", self.misbehave, methods=["GET", "POST"]),
            Route(f"{CONTROL}/restart", self.restart, methods=["POST"]),
            Route(f"{CONTROL}/requests", self.requests),
            self._change("hold", Nothing, lambda session, _body: session.hold()),
            self._change("release", Nothing, lambda session, _body: session.release()),
            self._change("jump", Jump, lambda session, body: session.jump(body.state)),
            self._change("send", Send, _send),
        ]

    async def misbehave(self, request):
        """Tell how the server conducts itself, after having it do so as the body says."""
        if request.method == "POST":
            self._server.conduct = await read_body(request, Conduct)
        return answer(self._server.conduct)

    async def restart(self, request):
        """Forget every session and reset every connection but this one."""
        await self._server.restart(request.scope)
        return answer({})

    async def requests(self, _request):
        """List what was asked for, oldest first; none of it is a control route."""
        return answer({"requests": self._server.requests})

    def _change(self, name, shape: Any, change):
        async def endpoint(request):
            session = self._server.sessions.get(request.path_params["session_id"])
            change(session, await read_body(request, shape))
            return answer(snapshot(session))

        return Route(f"{CONTROL}/sessions/{{session_id}}/{name}", endpoint, methods=["POST"])


def _send(session, body):
    for message in (*map(rubbish, body.rubbish), *body.raw, *body.text):
        session.send(message)
