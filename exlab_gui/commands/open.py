"""``exlab-gui open``: shows a recording in the window."""

from pathlib import Path

import click

from exlab_gui.commands.shared import options


@click.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@options.theme_option
@click.pass_context
def open_recording(context: click.Context, file: Path, theme: str | None) -> None:
    """Show a recording in the window: to replay it, look at any position in it, or fork it."""
    options.need_display("'exlab-gui check' needs none.")
    from exlab_gui.app import run

    context.exit(run(recording=file, theme=theme))
