"""``exlab-gui demo-server``: a server to try the monitor with, and nothing else installed."""

from typing import Any

import click
import msgspec

from exlab_gui.demo_server.faults import Conduct
from exlab_gui.demo_server.malformed import RUBBISH
from exlab_gui.sources.live.server_file import server_file_path

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
    type=click.FloatRange(0, 1000, min_open=True),
    default=1.0,
    show_default=True,
    help="Sessions go so many times as fast as their scenarios say.",
)
@click.option("--empty", is_flag=True, help="Open no sessions but those that are asked for.")
@click.option(
    "--restart-every",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help="Misbehave: forget every session and reset every connection, again and again.",
)
@click.option("--drop", is_flag=True, help="Misbehave: reset connections.")
@click.option("--delay", "delay_s", type=float, help="Misbehave: answer so many seconds later.")
@click.option("--hang", is_flag=True, help="Misbehave: never answer.")
@click.option("--half", is_flag=True, help="Misbehave: send half of each answer.")
@click.option("--status", type=int, help="Misbehave: answer with this HTTP status.")
@click.option(
    "--rubbish",
    multiple=True,
    type=click.Choice(RUBBISH),
    help="Misbehave: send this. Can be given several times.",
)
@click.option("--every", type=int, help="Misbehave in one answer of so many.  [default: 1]")
@click.option("--only", help="Misbehave where this is in the method and path, e.g. GET.")
@click.option("--text-messages", is_flag=True, help="Send events as text messages.")
@click.option("--illegal-transition", is_flag=True, help="Let sessions leave out states.")
@click.option("--events-after-end", is_flag=True, help="Send events after the last one.")
@click.option("--progress", is_flag=True, help="Send progress, as documented.")
@click.option("--failed", is_flag=True, help="Send an event for a failure, as documented.")
def demo_server(
    port: int, rate: float, empty: bool, restart_every: float | None, **conduct: Any
) -> None:
    """Serve simulated sessions as a running ExLab-Wizard does, on this machine alone.

    It runs until it is stopped by Ctrl-C or SIGTERM.
    """
    try:
        from exlab_gui.demo_server.server import DemoServer
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn"}:
            raise
        raise click.ClickException(MISSING) from None
    server = DemoServer(
        port=port,
        rate=rate,
        traffic=not empty,
        conduct=_conduct(conduct),
        file=server_file_path(),
    )
    from exlab_gui.commands.serving import run

    run(server, restart_every)


def _conduct(given: dict[str, Any]) -> Conduct:
    try:
        return msgspec.convert({k: v for k, v in given.items() if v is not None}, Conduct)
    except msgspec.ValidationError as error:
        raise click.UsageError(str(error)) from None
