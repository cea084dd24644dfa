"""Following a server until the user stops it, for ``watch`` and ``record``."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

import click

from exlab_gui.sources.live.address import Address, AddressError, parse_address
from exlab_gui.sources.live.discovery import NoServerFoundError, find_again, find_server
from exlab_gui.sources.live.errors import ServerError
from exlab_gui.sources.live.server import LiveServer
from exlab_gui.sources.live.source import LiveSource

Take = Callable[[LiveSource], None]
"""Called with a session that may have new events."""


def follow(url: str | None, session_id: str | None, take: Take) -> None:
    """Pass sessions of the server at `url` to `take` until Ctrl-C or SIGTERM.

    Without `url`, use the server found on this computer. `take` is called with each session that
    has news. The state of the connection is printed to standard error. Raises ClickException if the
    server cannot be used, or does not know the session.
    """
    server = LiveServer(server_address(url), locate=find_again if url is None else None)
    asyncio.run(_follow(server, session_id, take))


def server_address(url: str | None) -> Address:
    """Return the address `url`, or that of the server found on this computer.

    Raises ClickException if there is none.
    """
    try:
        return find_server() if url is None else parse_address(url)
    except NoServerFoundError as error:
        raise click.ClickException(str(error)) from None
    except AddressError as error:
        raise click.BadParameter(str(error), param_hint="URL") from None


async def _follow(server: LiveServer, session_id: str | None, take: Take) -> None:
    news = asyncio.Event()
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop(*_: object) -> None:
        def set_both() -> None:
            stopping.set()
            news.set()

        loop.call_soon_threadsafe(set_both)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        await server.client.health()
        if session_id is not None:
            await server.find(session_id)
    except ServerError as error:
        await server.client.close()
        raise click.ClickException(str(error)) from None
    server.subscribe(news.set)
    running = asyncio.create_task(server.run())
    running.add_done_callback(lambda _: news.set())
    try:
        await _pass_on(server, session_id, take, news, stopping, running)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _pass_on(
    server: LiveServer,
    session_id: str | None,
    take: Take,
    news: asyncio.Event,
    stopping: asyncio.Event,
    running: asyncio.Task[None],
) -> None:
    followed: dict[str, LiveSource] = {}
    said = ""
    while True:
        for source in list(server.sources.values()):
            if session_id not in (None, source.session_id):
                continue
            if source.session_id not in followed:
                followed[source.session_id] = source
                source.subscribe(news.set)
            source.shown = not source.observed.is_over
            take(source)
        if server.notice != said:
            said = server.notice
            click.echo(said, err=True)
        if stopping.is_set() or running.done():
            return
        await news.wait()
        news.clear()
