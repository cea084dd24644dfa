"""The options for files that commands write, or standard output, and how they are written."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exlab_gui.commands.shared.paths import SomePath
from exlab_gui.core.text.sanitize import file_name

if TYPE_CHECKING:
    from exlab_gui.export.exporter import Format

STDOUT = "-"

T = TypeVar("T")
Decorated = TypeVar("Decorated", bound=Callable[..., object])


class OnlyFile(SomePath):
    """The path of something to be written that is never standard output; `why` says so."""

    def __init__(self, why: str) -> None:
        super().__init__(path_type=Path)
        self._why = why

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == STDOUT:
            self.fail(f"- is standard output. {self._why}", param, ctx)
        return super().convert(value, param, ctx)


def output_option(help_text: str, *, required: bool = True) -> Callable[[Decorated], Decorated]:
    """Return the option for a file, or ``-`` for standard output."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        required=required,
        type=SomePath(allow_dash=True),
        help=help_text,
    )


def keep_inputs(output: str | Path, inputs: Iterable[Path]) -> None:
    """Raise UsageError if `output` is one of the files that are read: it would be lost."""
    for path in inputs:
        with suppress(OSError):
            if output != STDOUT and Path(output).samefile(path):
                raise click.UsageError(f"{file_name(output)} is read: write another file.")


def output_folder(output: str | None) -> Path:
    """Return the folder for several files, which is made if need be. Raises ClickException."""
    from exlab_gui.export.atomic_file import why_not_written

    folder = Path(output or "")
    if output == STDOUT:
        raise click.UsageError("Several files do not go to standard output: give a folder with -o.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise click.UsageError(f"-o {file_name(folder)} has to be a folder.") from None
    except OSError as error:
        raise click.ClickException(why_not_written(folder, error)) from None
    return folder


def write_output(output: str, form: "Format[T]", what: T) -> None:
    """Write to the file `output`, or to standard output. Raises ClickException."""
    from exlab_gui.core.progress import no_progress
    from exlab_gui.export.exporter import ExportError, write

    if output == STDOUT:
        written = BytesIO()
        form.write(what, written, no_progress)
        click.echo(written.getvalue(), nl=False)
        return
    try:
        write(Path(output), [form], what)
    except ExportError as error:
        raise click.ClickException(str(error)) from None
