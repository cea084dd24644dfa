"""Running the demo server until it is told to stop."""

import asyncio
import errno
import signal

import click

from exlab_gui.demo_server.server import DemoServer


def run(server: DemoServer, restart_every: float | None) -> None:
    """Serve until Ctrl-C or SIGTERM; restart again and again, after so many seconds, if given.

    Raises ClickException where the port cannot be had.
    """
    asyncio.run(_serve(server, restart_every))


async def _serve(server: DemoServer, restart_every: float | None) -> None:
    try:
        await server.start()
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        why = "it is in use already" if in_use else f"{error.strerror}"
        raise click.ClickException(
            f"Port {server.port} cannot be had: {why}. Without --port one is found that is free."
        ) from None
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
    click.echo(server.url)
    if server.problem:
        click.echo(server.problem, err=True)
    while not stopped.is_set():
        try:
            async with asyncio.timeout(restart_every):
                await stopped.wait()
        except TimeoutError:
            await server.restart()
    await server.stop()
