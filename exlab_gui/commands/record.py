"""``exlab-gui record``: writes the sessions of a running server to files as they happen."""

import asyncio
import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exlab_gui.commands.shared import options
from exlab_gui.commands.shared.output import OutputError
from exlab_gui.commands.shared.output_files import OnlyFile
from exlab_gui.core.text.sanitize import file_name, portable_name
from exlab_gui.core.trace import ENDING
from exlab_gui.sources.live.listening.choice import StreamChoice

if TYPE_CHECKING:
    from exlab_gui.sources.live.source import LiveSource
    from exlab_gui.sources.recorder import Recorder


@click.command()
@click.argument("url", required=False)
@options.session_option("Only this session.")
@options.interval_option
@options.events_option("auto", auto=StreamChoice.AUTO)
@click.option("--all", "every", is_flag=True, help="Every session.  [default]")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    required=True,
    type=OnlyFile("Recordings go to a folder, or with --session to a file: name it."),
    help="With --session the file, which is overwritten; else the folder for the files.",
)
@click.option(
    "--otlp",
    "otlp_url",
    metavar="URL",
    help="Also send each session as a trace to this OpenTelemetry receiver, such as "
    "http://localhost:4318.",
)
@click.option("--operator", is_flag=True, help="With --otlp: name the operator, too.")
def record(
    url: str | None,
    session_id: str | None,
    interval: float | None,
    events: StreamChoice,
    every: bool,
    output: Path,
    otlp_url: str | None,
    operator: bool,
) -> None:
    """Record the sessions of a running ExLab-Wizard until stopped by Ctrl-C or SIGTERM.

    Without URL, the server that was found on this computer. The first line, on standard error, says
    whether event streams are read or sessions are polled only. With --session, the command ends
    with that session. Each event is written at once, so the files can be opened however the program
    ends. In a folder each session has a file of its own, named after its id; one that cannot be
    written does not end the others.
    """
    from exlab_gui.commands.shared.following import follow
    from exlab_gui.system.open_files import allow_many_open_files

    if session_id is not None and every:
        raise click.UsageError("--session and --all exclude each other.")
    allow_many_open_files()
    if operator and otlp_url is None:
        raise click.UsageError("--operator is for --otlp.")
    tracing = None if otlp_url is None else _Tracing(otlp_url, operator=operator)
    recorders = _Recorders(output, folder=session_id is None)

    def take(source: "LiveSource") -> None:
        recorders.take(source)
        if tracing is not None:
            tracing.take(source)

    try:
        follow(url, session_id, take, interval, events)
    except OSError as error:
        raise click.ClickException(f"{file_name(output)}: {error.strerror}.") from None
    finally:
        recorders.close()
        if tracing is not None:
            tracing.close()


class _Tracing:
    """The sessions as traces for the receiver at `url`."""

    def __init__(self, url: str, *, operator: bool) -> None:
        from exlab_gui.telemetry.address import OtlpError
        from exlab_gui.telemetry.connect import connect

        try:
            self._feed, self._sender = connect(url, _later, operator=operator)
        except OtlpError as error:
            raise click.BadParameter(str(error), param_hint="--otlp") from None
        self._said = ""

    def take(self, source: "LiveSource") -> None:
        self._feed.take(source.session_id, lambda: source.recording().header, source.history)
        self._tell()

    def close(self) -> None:
        """Send what is left; tell if that is not possible."""
        self._feed.close()
        self._sender.close()
        self._tell()

    def _tell(self) -> None:
        if self._sender.problem != self._said:
            self._said = self._sender.problem
            click.echo(self._said or "OpenTelemetry: all spans are sent again.", err=True)


def _later(seconds: float, do: Callable[[], object]) -> None:
    asyncio.get_running_loop().call_later(seconds, do)


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
        recorder.write(len(source.arrivals))
        if recorder.problem and not before:
            click.echo(recorder.problem, err=True)
        elif before and not recorder.problem:
            click.echo(f"{file_name(recorder.path.name)}: recording goes on.", err=True)
        if source.observed.is_over:
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
            recorder = Recorder(path, source.recording().header, source.arrivals)
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
