"""Running the demo server until it is stopped."""

import asyncio
import errno

import click

from exlab_gui.demo_server.server import DemoServer
from exlab_gui.system.signals import on_end


def run(server: DemoServer) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises ClickException if the port cannot be used."""
    asyncio.run(_serve(server))


async def _serve(server: DemoServer) -> None:
    try:
        await server.start()
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        why = "is already in use" if in_use else f"cannot be opened: {error.strerror}"
        raise click.ClickException(
            f"Port {server.port} {why}. Choose another with --port, or leave it out."
        ) from None
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    with on_end(lambda _: loop.call_soon_threadsafe(stopped.set)):
        click.echo(server.url)
        click.echo(f"Token for control routes: {server.token}")
        if server.problem:
            click.echo(server.problem, err=True)
        await stopped.wait()
        await server.stop()
