"""``exlab-gui make-test``: a recording as a test that reproduces it."""

from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from exlab_gui.commands.shared import output_files
from exlab_gui.commands.shared.paths import SomePath
from exlab_gui.core.files import open_file
from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.sanitize import PlainError, file_name
from exlab_gui.core.trace import TraceError, load
from exlab_gui.export.as_test import PYTEST
from exlab_gui.export.exporter import text_format
from exlab_gui.export.reproduce import ReproduceError
from exlab_gui.export.wizard_source import to_wizard_test

MAX_BYTES = 2**20
"""Of the body of a request; what is longer is no JSON."""


@click.command("make-test")
@click.argument("file", metavar="RECORDING", type=SomePath(path_type=Path))
@click.option(
    "--target",
    type=click.Choice(["window", "exlab-wizard"]),
    default="window",
    show_default=True,
    help="What the test drives: a window on a simulated session, or a running server.",
)
@click.option(
    "--request",
    metavar="FILE",
    type=SomePath(path_type=Path),
    help="The JSON body of the request that opens such a session on the server, if the recording "
    "does not have it.",
)
@output_files.output_option(
    "The file, such as test_x.py; - is standard output. An existing file is overwritten."
)
def make_test(file: Path, target: str, request: Path | None, output: str) -> None:
    """Write a pytest test that takes the path of a recording, with the same answers.

    The exit code is 1 if the recording cannot be read or made into a test, or the file cannot be
    written.
    """
    form = PYTEST
    if target == "exlab-wizard":
        body = None if request is None else _body(request)
        form = text_format("Python", (".py",), partial(to_wizard_test, request=body))
    elif request is not None:
        raise click.UsageError("--request is for --target exlab-wizard.")
    output_files.keep_inputs(output, [file, *filter(None, [request])])
    try:
        output_files.write_output(output, form, load(file))
    except (TraceError, ReproduceError) as error:
        raise click.ClickException(f"{file_name(file)}: {error}") from None


def _body(path: Path) -> dict[str, Any]:
    try:
        file, _ = open_file(path, PlainError)
        with file:
            body: dict[str, Any] = msgspec.json.decode(file.read(MAX_BYTES), type=dict[str, Any])
    except PlainError as error:
        raise click.ClickException(f"{file_name(path)}: {error}") from None
    except OSError as error:
        raise click.ClickException(f"{file_name(path)}: {error.strerror}.") from None
    except UNREADABLE as error:
        raise click.ClickException(f"{file_name(path)}: {decode_fault(error)}.") from None
    return body
