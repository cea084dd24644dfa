"""``exlab-gui attach``: opens the window on the sessions of a running server."""

import click


@click.command()
@click.argument("url", required=False)
@click.option("--session", "session_id", metavar="ID", help="Show this session.")
@click.option(
    "--theme",
    type=click.Choice(["system", "light", "dark"]),
    help="The window's colours.  [default: as last time]",
)
@click.pass_context
def attach(
    context: click.Context, url: str | None, session_id: str | None, theme: str | None
) -> None:
    """Show the sessions of a running ExLab-Wizard in the window, as they happen.

    Without URL, of the one that was found on this machine. Watching disturbs nobody.
    """
    from exlab_gui.commands.following import server_address
    from exlab_gui.display import has_display

    address = server_address(url)
    if not has_display():
        raise click.ClickException("There is no display. 'exlab-gui watch' needs none.")
    from exlab_gui.app import run

    context.exit(run(theme=theme, server=address, session_id=session_id))
