"""``exlab-gui diagram``: the state machine as a file, without a window.

Only PNG and PDF need Qt, and no display.
"""

import os
import sys
from typing import TYPE_CHECKING

import click

from exlab_gui.commands.shared import options
from exlab_gui.core.analysis.status import statuses_in
from exlab_gui.core.machine import StateMachine
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.formats import FORMATS
from exlab_gui.export.exporter import ExportError, Format, format_of
from exlab_gui.theme.colours import DARK, LIGHT

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


@click.command()
@options.machine_option
@options.output_option("The file; - is standard output. An existing file is overwritten.")
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
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help="The colours of SVG, PNG and PDF.",
)
def diagram(
    machine: StateMachine, output: str, form: str | None, state: str | None, theme: str
) -> None:
    """Write the state machine to a file, as a picture or as text.

    The form is that of the file's ending: .svg, .png, .pdf, .mmd or .mermaid, .dot or .gv. No
    display is needed, and Qt only for .png and .pdf. The exit code is 1 if the file cannot be
    written, and 2 for wrong use.
    """
    chosen = _format(output, form)
    application = _make_application() if chosen.needs_qt else None
    states, edges = statuses_in(machine, state) if state else ({}, {})
    colours = DARK if theme == "dark" else LIGHT
    options.write_output(output, chosen, Drawing(machine, colours, states, edges))
    del application  # it had to live until all was drawn


def _format(output: str, form: str | None) -> Format[Drawing]:
    if form is None and output == options.STDOUT:
        raise click.UsageError("Standard output has no ending: say --format, for instance svg.")
    try:
        return format_of(FORMATS, output if form is None else f"--format .{form}")
    except ExportError as error:
        raise click.UsageError(str(error)) from None


def _make_application() -> "QCoreApplication":
    from PySide6.QtGui import QGuiApplication

    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
