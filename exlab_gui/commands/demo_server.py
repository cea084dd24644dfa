"""``exlab-gui demo-server``: a server to try the monitor with, and nothing else installed."""

import click

from exlab_gui.commands.shared import options
from exlab_gui.sources.live.server_file import ServerFileError, server_file_path

MISSING = "The demo server needs more than the monitor: pip install 'exlab-gui[server]'"


@click.command("demo-server")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port on 127.0.0.1.  [default: one that is free]",
)
@click.option(
    "--rate",
    type=options.NumberRange(0, 1000, min_open=True),
    default=1.0,
    show_default=True,
    help="Sessions go so many times as fast as their scenarios say: slowly enough to look on. A "
    "real server's are 200 times as fast.",
)
@click.option("--empty", is_flag=True, help="Open no sessions but those that are asked for.")
@click.option("--not-set-up", is_flag=True, help="Answer as before the setup is complete.")
def demo_server(port: int, rate: float, empty: bool, not_set_up: bool) -> None:
    """Serve simulated sessions as a running ExLab-Wizard does, on this machine alone.

    It runs until it is stopped by Ctrl-C or SIGTERM.
    """
    try:
        from exlab_gui.demo_server.server import DemoServer
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn"}:
            raise
        raise click.ClickException(MISSING) from None
    from exlab_gui.demo_server.serving import run
    from exlab_gui.demo_server.status import NOT_SET_UP, READY

    setup = NOT_SET_UP if not_set_up else READY
    try:
        file = server_file_path()
    except ServerFileError as error:
        raise click.ClickException(str(error)) from None
    run(DemoServer(port=port, rate=rate, traffic=not empty, setup=setup, file=file))
