"""``exlab-gui export``: recordings as what other programs read."""

import os
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import click

from exlab_gui.commands.shared.drawing import make_application
from exlab_gui.commands.shared.output_files import STDOUT, keep_inputs, output_folder
from exlab_gui.commands.shared.paths import SomePath
from exlab_gui.commands.shared.progress import Bar
from exlab_gui.commands.shared.recording_files import recordings
from exlab_gui.core.progress import no_progress
from exlab_gui.core.text.sanitize import file_name, portable_name
from exlab_gui.export.atomic_file import atomic_write, why_not_written
from exlab_gui.export.batch.files import (
    SINGLES,
    NothingReadError,
    Single,
    stem_of,
    unused,
    write_all,
    write_single,
)
from exlab_gui.export.batch.formats import FORMATS, BatchFormat
from exlab_gui.export.batch.sessions import Sessions
from exlab_gui.export.exporter import ExportError, Snapshot
from exlab_gui.theme.colours import DARK, LIGHT

FAILED, UNREADABLE = 1, 2  # exit codes


TABLES = tuple(dict.fromkeys(name for form in FORMATS.values() for name in form.tables))


@click.command("export")
@recordings
@click.option(
    "--to",
    "name",
    required=True,
    type=click.Choice([*FORMATS, *SINGLES]),
    help="The format. The first ones hold many sessions in one file.",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="With csv or parquet: this table.  [default: the events with csv, else all tables]",
)
@click.option("--redacted", is_flag=True, help="Replace all that may be private.")
@click.option(
    "--replace",
    "words",
    metavar="WORD",
    multiple=True,
    help="With --redacted, replace this word too. Can be given several times.",
)
@click.option("--operator", is_flag=True, help="With otlp: name the operator, too.")
@click.option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help="The colours of reports and pictures.",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=SomePath(allow_dash=True),
    help="The file, which is overwritten, or - for standard output; a folder if there are several "
    "files.  [default: new files in this folder]",
)
@click.pass_context
def export(
    context: click.Context,
    files: tuple[Path, ...],
    name: str,
    table: str | None,
    redacted: bool,
    words: tuple[str, ...],
    operator: bool,
    theme: str,
    output: str | None,
) -> None:
    """Write recordings in a format that other programs read.

    A session with several recordings is one in xes, xlsx, otlp and the tables for analysis. The
    names of the files that were written go to standard output. The exit code is 1 if a file cannot
    be written, and 2 if a recording could not be read to its end: the rest is written.
    """
    if words and not redacted:
        raise click.UsageError("--replace is for --redacted.")
    if not all(word.strip() for word in words):
        raise click.UsageError("--replace has no word to replace.")
    if operator and name != "otlp":
        raise click.UsageError("--operator is for otlp; the other formats name the operator.")
    if table is not None and table not in getattr(FORMATS.get(name), "tables", ()):
        raise click.UsageError(f"--table {table} is not for {name}.")
    with Bar("Exporting") as progress:
        sessions = Sessions(
            files, redacted=redacted, words=words, operator=operator, progress=progress
        )
        try:
            if name in FORMATS:
                _export_together(FORMATS[name], table, sessions, output)
            else:
                _export_each(SINGLES[name], sessions, output, dark=theme == "dark")
        except NothingReadError:
            pass
        except ExportError as error:
            raise click.ClickException(str(error)) from None
    for problem in sessions.problems:
        click.echo(problem, err=True)
    if sessions.problems:
        context.exit(UNREADABLE)


def _export_together(
    form: BatchFormat, table: str | None, sessions: Sessions, output: str | None
) -> None:
    """Write one file with all sessions, or a file per table into a folder."""
    write = form.write if table is None else form.tables[table]
    if write is None:
        folder = output_folder(output)
        for one, write_table in form.tables.items():
            path = folder / form.file_name(one)
            target = unused(path) if output is None else path
            keep_inputs(target, sessions.paths)
            _write(target, partial(write_all, write_table, sessions))
        return
    # The name of a file may be as private as what it holds.
    is_named = len(sessions.paths) == 1 and not sessions.redacted
    stem = table or (stem_of(sessions.paths[0]) if is_named else "sessions")
    new = Path(form.file_name(stem))
    if output is None:
        file = str(unused(new))
    else:
        file = str(output_folder(output) / new) if _is_folder(output) else output
    keep_inputs(file, sessions.paths)
    _write(file, partial(write_all, write, sessions))


def _export_each(chosen: Single, sessions: Sessions, output: str | None, *, dark: bool) -> None:
    """Write a file per session; several of them into a folder."""
    form, exporter = chosen.form, chosen.exporter
    application = make_application() if form.needs_qt else None
    one_file = output is not None and len(sessions.paths) == 1 and not _is_folder(output)
    folder = Path() if one_file else output_folder(output)
    for number, (path, recording) in enumerate(sessions.by_path(), 1):
        # The name of a file may be as private as what it holds.
        stem = f"session-{number}" if sessions.redacted else portable_name(stem_of(path))
        new = f"{stem}{form.suffixes[0]}"
        target = output if output is not None and one_file else unused(folder / new)
        keep_inputs(target, sessions.paths)
        colours = DARK if dark else LIGHT
        snapshot = Snapshot(recording, len(recording.events), colours, paper=LIGHT)
        if reason := exporter.why_not(snapshot):
            sessions.problems.append(f"{file_name(path)}: {reason}")
            continue
        taken = exporter.take(snapshot, no_progress)
        _write(target, partial(write_single, form, taken))
    del application  # it had to live until all was drawn


def _is_folder(output: str) -> bool:
    """Return whether `output` is a folder, or is said to be one."""
    return output.endswith(("/", os.sep)) or os.path.isdir(output)  # noqa: PTH112  # never raises


def _write(output: str | Path, write: Callable[[BinaryIO], object]) -> None:
    """Write the file `output`, as a whole, or standard output."""
    if output == STDOUT:
        written = BytesIO()
        write(written)
        click.echo(written.getvalue(), nl=False)
        return
    try:
        with atomic_write(Path(output)) as file:
            write(file)
    except OSError as error:
        raise ExportError(why_not_written(output, error)) from None
    click.echo(file_name(output))
