"""``exlab-gui diagram``: the state machine as a file, without a window.

Only PNG and PDF need Qt, and no display.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exlab_gui.core.analysis.status import statuses_in
from exlab_gui.core.machine import StateMachine
from exlab_gui.export.diagram import ENDINGS, diagram_bytes
from exlab_gui.theme.colours import DARK, LIGHT

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

STDOUT = "-"
"""The name that stands for standard output."""

_NEEDING_QT = (".png", ".pdf")


def write_diagram(
    machine: StateMachine, output: str, form: str | None, state: str | None, theme: str
) -> None:
    """Write the diagram of `machine` to the file `output`.

    `state` is shown as the current one (None: none is). `form` is one of `ENDINGS` without its dot;
    None: as the name of the file ends. `theme` is ``light`` or ``dark``. Raises UsageError for an
    unknown form, ClickException where the file cannot be written.
    """
    ending = _ending(output, form)
    application = _make_application() if ending in _NEEDING_QT else None
    states, edges = statuses_in(machine, state) if state else ({}, {})
    colours = DARK if theme == "dark" else LIGHT
    drawn = diagram_bytes(ending, machine, colours, states=states, edges=edges)
    del application  # it had to live until all was drawn
    if output == STDOUT:
        click.echo(drawn, nl=False)
        return
    try:
        Path(output).write_bytes(drawn)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None


def _ending(output: str, form: str | None) -> str:
    if form is None and output == STDOUT:
        raise click.UsageError("Standard output has no ending: say --format, for instance svg.")
    ending = Path(output).suffix.lower() if form is None else f".{form.lower()}"
    if ending not in ENDINGS:
        said = output if form is None else f"--format {form}"
        raise click.UsageError(f"{said}: a diagram is one of {', '.join(ENDINGS)}.")
    return ending


def _make_application() -> "QCoreApplication":
    from PySide6.QtGui import QGuiApplication

    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
