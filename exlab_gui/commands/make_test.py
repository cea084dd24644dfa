"""``exlab-gui make-test``: a recording as a test that reproduces it."""

from pathlib import Path

import click

from exlab_gui.commands import options
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import TraceError, load
from exlab_gui.export.pytest_source import PYTEST
from exlab_gui.export.reproduce import ReproduceError


@click.command("make-test")
@click.argument("file", metavar="RECORDING", type=click.Path(path_type=Path))
@options.output_option(
    "The file, such as test_x.py; - is standard output. An existing file is overwritten."
)
def make_test(file: Path, output: str) -> None:
    """Write a pytest-qt test that takes the path of a recording, with the same answers.

    The exit code is 1 if the recording cannot be read or made into a test, or the file cannot be
    written.
    """
    try:
        options.write_output(output, PYTEST, load(file))
    except (TraceError, ReproduceError) as error:
        raise click.ClickException(f"{file_name(file)}: {error}") from None
