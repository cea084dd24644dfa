"""``exlab-gui record``: writes the sessions of a running server to files as they happen."""

import errno
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exlab_gui.commands.shared import options
from exlab_gui.commands.shared.output import OutputError
from exlab_gui.core.text.sanitize import file_name, portable_name
from exlab_gui.core.trace import ENDING

if TYPE_CHECKING:
    from exlab_gui.sources.live.source import LiveSource
    from exlab_gui.sources.recorder import Recorder


@click.command()
@click.argument("url", required=False)
@options.session_option("Only this session.")
@options.interval_option
@click.option("--all", "every", is_flag=True, help="Every session.  [default]")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    required=True,
    type=click.Path(path_type=Path),
    help="With --session the file, which is overwritten; else the folder for the files.",
)
def record(
    url: str | None,
    session_id: str | None,
    interval: float | None,
    every: bool,
    output: Path,
) -> None:
    """Record the sessions of a running ExLab-Wizard until stopped by Ctrl-C or SIGTERM.

    Without URL, the server that was found on this computer. Its sessions are polled; other
    listeners are not affected. With --session, the command ends with that session. Each event is
    written at once, so the files can be opened however the program ends. In a folder each session
    has a file of its own, named after its id; one that cannot be written does not end the others.
    """
    from exlab_gui.commands.shared.following import follow
    from exlab_gui.system.open_files import allow_many_open_files

    if session_id is not None and every:
        raise click.UsageError("--session and --all exclude each other.")
    allow_many_open_files()
    recorders = _Recorders(output, folder=session_id is None)
    try:
        follow(url, session_id, recorders.take, interval)
    except OSError as error:
        raise click.ClickException(f"{file_name(output)}: {error.strerror}.") from None
    finally:
        recorders.close()


class _Recorders:
    """The files that sessions are written to: `output`, or one each in that folder."""

    def __init__(self, output: Path, *, folder: bool) -> None:
        self._output = output
        self._folder = folder
        self._recorders: dict[str, Recorder] = {}
        self._refused: set[str] = set()

    def take(self, source: "LiveSource") -> None:
        """Write what is new of `source`. Raises OSError if nothing can be recorded at all."""
        recorder = self._recorders.get(source.session_id) or self._begun(source)
        if recorder is None:
            return
        before = recorder.problem
        recorder.write(len(source.history))
        if recorder.problem and not before:
            click.echo(recorder.problem, err=True)
        elif before and not recorder.problem:
            click.echo(f"{file_name(recorder.path.name)}: recording goes on.", err=True)
        if source.history[-1].state in source.machine.terminal:
            recorder.close()  # so many sessions may end that no more files could be opened

    def close(self) -> None:
        for recorder in self._recorders.values():
            recorder.close()

    def _begun(self, source: "LiveSource") -> "Recorder | None":
        """Return the recorder of a new session, or None if its file cannot be made now."""
        from exlab_gui.sources.recorder import Recorder

        session = source.session_id
        try:
            path = self._path(session)
            recorder = Recorder(path, source.recording().header, source.history)
        except OSError as error:
            if not self._recorders:
                raise
            if session not in self._refused:
                self._refused.add(session)
                said = f"{file_name(session)}: {error.strerror or error}. No event is kept; it is"
                click.echo(f"{said} recorded as soon as that is possible.", err=True)
            return None
        self._recorders[session] = recorder
        with suppress(OutputError):  # nobody reads any longer what is recorded
            click.echo(file_name(path))
        return recorder

    def _path(self, session_id: str) -> Path:
        """Return the path for a session; in a folder, an unused one."""
        if not self._folder:
            return self._output
        try:
            self._output.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            said = "This is no folder. Give a folder, or --session for a file"
            raise OSError(errno.ENOTDIR, said) from None
        name = portable_name(session_id)
        path = self._output / f"{name}{ENDING}"
        number = 2
        while path.exists():
            path = self._output / f"{name}-{number}{ENDING}"
            number += 1
        return path
