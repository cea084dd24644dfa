"""``exlab-gui diagram``: the state machine as a file, without a window.

Only PNG and PDF need Qt, and no display.
"""

from pathlib import Path

import click
from click.core import ParameterSource

from exlab_gui.commands.shared import options, output_files
from exlab_gui.commands.shared.drawing import make_application
from exlab_gui.commands.shared.paths import SomePath
from exlab_gui.core.analysis.status import statuses_in
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import TraceError, load
from exlab_gui.export.diagram.drawing import Drawing, drawing_of
from exlab_gui.export.diagram.formats import FORMATS
from exlab_gui.export.exporter import ExportError, Format, format_of
from exlab_gui.theme.colours import DARK, LIGHT


@click.command()
@options.machine_option
@output_files.output_option("The file; - is standard output. An existing file is overwritten.")
@click.option(
    "--format",
    "form",
    metavar="FORM",
    help="svg, png, pdf, mmd (Mermaid) or dot (Graphviz).  [default: as FILE ends]",
)
@click.option(
    "--state",
    metavar="STATE",
    callback=options.state,
    shell_complete=options.complete_state,
    help="Show a session in this state, and where it may go.",
)
@click.option(
    "--recording",
    metavar="FILE",
    type=SomePath(path_type=Path),
    help="Show the path that a recorded session took, in its own state machine.",
)
@click.option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help="The colours of SVG, PNG and PDF.",
)
@click.pass_context
def diagram(
    context: click.Context,
    machine: StateMachine,
    output: str,
    form: str | None,
    state: str | None,
    recording: Path | None,
    theme: str,
) -> None:
    """Write the state machine to a file, as a picture or as text.

    The form is that of the file's ending: .svg, .png, .pdf, .mmd or .mermaid, .dot or .gv. No
    display is needed, and Qt only for .png and .pdf. The exit code is 1 if the file cannot be
    written, and 2 for wrong use.
    """
    chosen = _format(output, form)
    application = make_application() if chosen.needs_qt else None
    colours = DARK if theme == "dark" else LIGHT
    if recording is None:
        states, edges = statuses_in(machine, state) if state else ({}, {})
        drawing = Drawing(machine, colours, states, edges)
    elif state or context.get_parameter_source("machine") is not ParameterSource.DEFAULT:
        raise click.UsageError("--recording excludes --state and --machine: it brings its own.")
    else:
        output_files.keep_inputs(output, [recording])
        drawing = _path_of(recording, colours)
    output_files.write_output(output, chosen, drawing)
    del application  # it had to live until all was drawn


def _path_of(path: Path, colours: PictureColours) -> Drawing:
    try:
        recording = load(path)
    except TraceError as error:
        raise click.ClickException(f"{file_name(path)}: {error}") from None
    if not recording.events:
        raise click.ClickException(f"{file_name(path)}: The file holds no event.")
    visits = StateHistory(recording.machine, recording.events)
    return drawing_of(visits, colours, title=f"Session {recording.header.label}")


def _format(output: str, form: str | None) -> Format[Drawing]:
    if form is None and output == output_files.STDOUT:
        raise click.UsageError("Standard output has no ending: say --format, for instance svg.")
    try:
        return format_of(FORMATS, output if form is None else f"--format .{form}")
    except ExportError as error:
        raise click.UsageError(str(error)) from None
