"""Protection from web pages of other sites, which could use the server through a browser."""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Guard:
    """Serves `app` to clients that address this computer by a loopback name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        hosts = [f"//{headers.get('host')}", *headers.getlist("origin")]
        app = self._app
        if not all(map(_is_loopback, hosts)):
            app = PlainTextResponse("This server serves its own machine alone.", 403)
        # Only the server's stop cancels this, when nobody is there any more to be answered.
        with suppress(asyncio.CancelledError):
            await app(scope, receive, send)


def _is_loopback(url: str) -> bool:
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except ValueError:
        return False
