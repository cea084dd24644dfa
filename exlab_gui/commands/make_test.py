"""``exlab-gui make-test``: a recording as a test that goes the same way."""

from pathlib import Path

import click

from exlab_gui.core.trace import TraceError, load
from exlab_gui.core.trace.atomic_file import atomic_write
from exlab_gui.export.pytest_source import to_pytest
from exlab_gui.export.reproduce import RetellingError

STDOUT = "-"
"""The name that stands for standard output."""


def write_test(file: Path, output: str) -> None:
    """Write a test made of the recording in `file` to the file `output`.

    Raises ClickException where the recording cannot be read or made into a test, and where the
    file cannot be written.
    """
    try:
        source = to_pytest(load(file))
    except (TraceError, RetellingError) as error:
        raise click.ClickException(f"{file}: {error}") from None
    if output == STDOUT:
        click.echo(source, nl=False)
        return
    try:
        with atomic_write(Path(output)) as written:
            written.write(source.encode())
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None
