"""Following a server until the user stops it, for ``watch`` and ``record``."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import click

from exlab_gui.sources.live.address import Address, AddressError, parse_address
from exlab_gui.sources.live.discovery import NoServerFoundError, find_again, find_server
from exlab_gui.sources.live.errors import ServerError
from exlab_gui.sources.live.listening.choice import StreamChoice
from exlab_gui.sources.live.polling.intervals import PollIntervals
from exlab_gui.sources.live.server import LiveServer
from exlab_gui.sources.live.source import LiveSource
from exlab_gui.system.signals import on_end

Take = Callable[[LiveSource], None]
"""Called with a session that may have new events, or whose events could not be taken before."""

_RETRY_S = 2.0
"""Seconds without news until sessions are passed on again: by now there may be room for them."""


def follow(
    url: str | None,
    session_id: str | None,
    take: Take,
    interval: float | None = None,
    events: StreamChoice = StreamChoice.AUTO,
    *,
    settle_s: float = 0.0,
) -> None:
    """Pass sessions of the server at `url` to `take` until Ctrl-C or SIGTERM.

    With `session_id`, only that one, until nothing more is to be learnt of it.

    Its list is polled every `interval` seconds; None is adaptive. Event streams are read as
    `events` says, with `session_id` only that of this session. A session that is listened to is
    passed on `settle_s` seconds after it was found.

    The state of the connection, and whether event streams are read, is printed to standard error.
    Raises ClickException.
    """
    server = LiveServer(
        server_address(url),
        intervals=PollIntervals(list_s=interval),
        locate=find_again if url is None else None,
        streams=events.streams,
        listen_only_to=session_id,
    )
    asyncio.run(_follow(server, session_id, take, settle_s))


def server_address(url: str | None) -> Address:
    """Return the address `url`, or that of the server found here. Raises ClickException."""
    try:
        return find_server() if url is None else parse_address(url)
    except NoServerFoundError as error:
        raise click.ClickException(str(error)) from None
    except AddressError as error:
        raise click.BadParameter(str(error), param_hint="URL") from None


async def _follow(server: LiveServer, session_id: str | None, take: Take, settle_s: float) -> None:
    try:
        await server.client.health()
        if session_id is not None:
            await server.find(session_id)
    except ServerError as error:
        await server.client.close()
        raise click.ClickException(str(error)) from None
    news = asyncio.Event()
    server.subscribe(news.set)
    running = asyncio.create_task(server.run())
    running.add_done_callback(lambda _: news.set())
    loop = asyncio.get_running_loop()
    with on_end(lambda _: loop.call_soon_threadsafe(running.cancel)):
        await _pass_on(server, session_id, take, running, news, settle_s)


async def _pass_on(
    server: LiveServer,
    session_id: str | None,
    take: Take,
    running: asyncio.Task[None],
    news: asyncio.Event,
    settle_s: float,
) -> None:
    """Pass sessions to `take` with all `news`, until `running` ends, the task of `server`."""
    loop = asyncio.get_running_loop()
    settled: dict[str, float] = {}
    notice = ""
    while True:
        news.clear()
        for source in list(server.sources.values()):
            if session_id not in (None, source.session_id):
                continue
            if source.session_id not in settled:
                settled[source.session_id] = loop.time() + settle_s
                source.subscribe(news.set)
                loop.call_at(settled[source.session_id], news.set)
            source.shown = not source.observed.is_over
            settles = source.listening and loop.time() < settled[source.session_id]
            if not settles or running.done():
                take(source)
        if running.done():
            break
        if session_id is not None and _is_complete(server, server.sources[session_id]):
            running.cancel()
            break
        if (told := _standing(server)) != notice:
            notice = told
            click.echo(notice, err=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(_RETRY_S):
                await news.wait()
    with suppress(asyncio.CancelledError):
        await running


def _is_complete(server: LiveServer, source: LiveSource) -> bool:
    """Return whether nothing more comes of the session: its stream may have what was not seen."""
    return server.is_complete(source) and not source.listening and server.listed


def _standing(server: LiveServer) -> str:
    """Return the state of the connection in words; empty until it is known."""
    if server.trouble or not server.connected:
        return server.trouble
    return f"{server.notice} {server.reading_notice}"
