"""``exlab-gui attach``: opens the window on the sessions of a running server."""

import click

from exlab_gui.commands.shared import options
from exlab_gui.sources.live.listening.choice import StreamChoice


@click.command()
@click.argument("url", required=False)
@options.session_option("Show this session.")
@options.interval_option
@options.events_option("as chosen in the window, at first auto", auto=None)
@options.theme_option
@click.pass_context
def attach(
    context: click.Context,
    url: str | None,
    session_id: str | None,
    interval: float | None,
    events: StreamChoice | None,
    theme: str | None,
) -> None:
    """Show the sessions of a running ExLab-Wizard in the window, as they happen.

    Without URL, the server that was found on this computer. The window says whether event streams
    are read or sessions are polled only, and a button beside it changes that.
    """
    from exlab_gui.commands.shared.following import server_address

    address = server_address(url)
    options.need_display("'exlab-gui watch' needs none.")
    from exlab_gui.window_program import run

    shown = run(
        theme=theme, server=address, session_id=session_id, interval=interval, events=events
    )
    context.exit(shown)
