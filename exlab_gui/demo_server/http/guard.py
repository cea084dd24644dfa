"""Protection from web pages of other sites, and from whoever does not know the token."""

import asyncio
import secrets
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


CONTROL = "/demo"
"""Where the routes are that a real server does not have."""


class Guard:
    """Serves `app` to clients that address this computer by a loopback name.

    Its control routes are only for those that have the `token`.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        hosts = [f"//{headers.get('host')}", *headers.getlist("origin")]
        app = self._app
        if not all(map(_is_loopback, hosts)):
            app = PlainTextResponse("This server serves its own machine alone.", 403)
        elif scope["path"].startswith(f"{CONTROL}/") and not self._may_control(headers):
            app = PlainTextResponse(
                "Control routes need the header 'Authorization: Bearer TOKEN', with the token that "
                "the demo server printed.",
                401,
                {"www-authenticate": "Bearer"},
            )
        # Only the server's stop cancels this, when nobody is there any more to be answered.
        with suppress(asyncio.CancelledError):
            await app(scope, receive, send)

    def _may_control(self, headers: Headers) -> bool:
        given = headers.get("authorization", "").encode()
        return secrets.compare_digest(given, self._expected)


def _is_loopback(url: str) -> bool:
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except ValueError:
        return False
