"""``exlab-gui attach``: opens the window on the sessions of a running server."""

import click

from exlab_gui.commands.shared import options


@click.command()
@click.argument("url", required=False)
@options.session_option("Show this session.")
@options.interval_option
@options.theme_option
@click.pass_context
def attach(
    context: click.Context,
    url: str | None,
    session_id: str | None,
    interval: float | None,
    theme: str | None,
) -> None:
    """Show the sessions of a running ExLab-Wizard in the window, as they happen.

    Without URL, the server that was found on this computer. Watching does not affect other
    listeners.
    """
    from exlab_gui.commands.shared.following import server_address

    address = server_address(url)
    options.need_display("'exlab-gui watch' needs none.")
    from exlab_gui.app import run

    context.exit(run(theme=theme, server=address, session_id=session_id, interval=interval))
