"""``exlab-gui stats``: figures about all sessions of folders of recordings, or of the archive."""

import errno
import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from exlab_gui.archive.figures import BYS, By, figures
from exlab_gui.archive.folders import archive_folder
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.opening import opened, update_archive
from exlab_gui.archive.search import Query
from exlab_gui.commands.shared.forms import form_flags
from exlab_gui.commands.shared.options import UnusableError
from exlab_gui.commands.shared.output import echo_json
from exlab_gui.commands.shared.paths import SomePath
from exlab_gui.commands.shared.progress import Bar
from exlab_gui.commands.shared.since import time
from exlab_gui.commands.shared.statistics import to_csv, to_text
from exlab_gui.core.text.json_text import to_json
from exlab_gui.core.text.sanitize import file_name

UNREADABLE = 2  # exit code

MAX_TOLD = 20
"""Files that cannot be read and are told one by one; further ones are counted."""


def percentiles(_context: click.Context, _option: click.Parameter, given: str) -> tuple[float, ...]:
    try:
        found = tuple(float(one) for one in given.split(","))
    except ValueError:
        found = ()
    if not found or not all(0 <= one <= 100 for one in found):
        raise click.BadParameter(f'"{given}" is no list of numbers from 0 to 100, as in 50,90,99.')
    return tuple(dict.fromkeys(found))


@click.command()
@click.argument("folders", metavar="[FOLDER…]", nargs=-1, type=SomePath(path_type=Path))
@click.option(
    "--since", metavar="TIME", callback=time, help="Only sessions that began then or later."
)
@click.option("--until", metavar="TIME", callback=time, help="Only sessions that began before.")
@click.option("--search", metavar="TEXT", default="", help="Only sessions with all these words.")
@click.option(
    "--by",
    type=click.Choice(BYS),
    default="state",
    show_default=True,
    help="What the rows of the table are about.",
)
@click.option(
    "--percentiles",
    "percents",
    metavar="LIST",
    default="50,90",
    show_default=True,
    callback=percentiles,
    help="Percentiles of times, from 0 to 100; 50 is the median.",
)
@click.option(
    "--slowest",
    metavar="N",
    type=click.IntRange(0, 1_000_000),
    default=0,
    help="Also list the N sessions that took the longest to end.",
)
@form_flags(
    {"--json": ("json", "One JSON object."), "--csv": ("csv", "The rows of the table as CSV.")}
)
@click.pass_context
def stats(
    context: click.Context,
    folders: tuple[Path, ...],
    since: datetime | None,
    until: datetime | None,
    search: str,
    by: By,
    percents: tuple[float, ...],
    slowest: int,
    form: str | None,
) -> None:
    """Tell how many sessions there were, how they ended, and how long they took.

    Without FOLDER, those of the archive. A session with several recordings counts once. TIME is a
    date, a time, or how long ago, such as 12h, 7d or 4w. Times that are known as a range count by
    the middle of it. The exit code is 2 if a recording cannot be read; all others are counted.
    """
    if slowest and form == "csv":
        raise click.UsageError("--slowest is not for --csv, which has one table.")
    query = Query(search, since=since, until=until)
    with ExitStack() as stack:
        indexes = [_updated(folder, stack) for folder in folders] or _archive(stack)
        told = figures(indexes, query, by, percents, slowest)
    if form == "json":
        echo_json(to_json(told))
    else:
        click.echo(to_csv(told) if form == "csv" else to_text(told), nl=False)
    for unreadable in told.unreadable[:MAX_TOLD]:
        click.echo(f"{file_name(unreadable.path)}: {unreadable.sentence}", err=True)
    if more := told.unreadable[MAX_TOLD:]:
        click.echo(f"{len(more):,} more recordings cannot be read.", err=True)
    if told.unreadable:
        context.exit(UNREADABLE)


def _updated(folder: Path, stack: ExitStack) -> ArchiveIndex:
    """Return the index of `folder`, which may be removed again by `stack`."""
    try:
        if folder.exists() and not folder.is_dir():  # Windows calls that an invalid argument
            raise NotADirectoryError(errno.ENOTDIR, "")
        index = stack.enter_context(opened(folder))
        with Bar("Reading") as progress:
            index.update(progress)
    except OSError as error:
        # Windows would say it in its own words, and in its language.
        said = os.strerror(error.errno) if error.errno else str(error).removesuffix(".")
        raise UnusableError(f"{file_name(folder)}: {said}.") from None
    return index


def _archive(stack: ExitStack) -> list[ArchiveIndex]:
    """Return the updated index of the archive; empty if nothing was recorded yet."""
    try:
        index = stack.enter_context(opened(archive_folder(), keep_from=0))
        with Bar("Reading") as progress:
            update_archive(index, progress)
    except OSError as error:
        said = f"The archive cannot be read: {error.strerror}." if error.strerror else str(error)
        raise UnusableError(said) from None
    return [index]
