"""``exlab-gui open``: shows recordings in the window."""

from pathlib import Path

import click

from exlab_gui.commands.shared import options
from exlab_gui.commands.shared.paths import SomePath


@click.command("open")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=SomePath(path_type=Path))
@click.option(
    "--event",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    help="Show the recording as it was after this event. It is for one file.",
)
@click.option(
    "--new-window", is_flag=True, help="Open a window of its own, even if there is one already."
)
@options.theme_option
@click.pass_context
def open_recording(
    context: click.Context,
    files: tuple[Path, ...],
    event: int | None,
    new_window: bool,
    theme: str | None,
) -> None:
    """Show recordings in the window: to replay them, look at any position in them, or fork them.

    If a window is open already, it opens them too. `exlab-gui FILE…` does the same.
    """
    if event is not None and len(files) > 1:
        raise click.UsageError("--event is for one file.")
    options.need_display("'exlab-gui check' needs none.")
    if not new_window:
        from exlab_gui.opening import hand_over

        if hand_over(files, event):
            click.echo("Opened in the window that is there.", err=True)
            return
    from exlab_gui.window_program import run

    context.exit(run(files=files, event=event, theme=theme))
