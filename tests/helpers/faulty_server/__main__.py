"""A faulty server in a process of its own."""

import click

from exlab_gui.demo_server.serving import run
from tests.helpers.faulty_server.server import FaultyServer


@click.command
@click.option("--port", type=int, default=0)
@click.option("--rate", type=float, default=1.0)
def main(port, rate):
    """Serve until a signal comes; print the address first."""
    run(FaultyServer(port=port, rate=rate))


main()
