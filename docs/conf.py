"""The site of the documents: ``python -m sphinx -W docs build/docs``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import click
import generated
from pygments.lexers import JsonLexer
from sphinx.application import Sphinx

from exlab_gui import __version__
from exlab_gui.export.batch.tables import SESSIONS, VISITS

project = "exlab-gui"
author = "the exlab-gui contributors"
release = __version__

extensions = ["myst_parser", "sphinx_click"]
html_theme = "furo"
html_title = f"exlab-gui {__version__}"
html_show_sphinx = False
html_show_copyright = False

highlight_language = "text"
nitpicky = True
smartquotes = False  # "--json" is no dash
myst_enable_extensions = ["substitution"]
myst_heading_anchors = 3
# Tables and pictures that are made from the program.
myst_substitutions = {
    "columns": generated.columns_table(),
    "exports": generated.exports_table(),
    "legend": generated.legend_table(),
    "keyboard": generated.keyboard_table(),
    "limits": generated.limits_table(),
    "mac_keys": generated.mac_keys(),
    "rooms": generated.rooms_picture(),
    "rooms_table": generated.rooms_table(),
    "sessions_table": generated.analysis_table(SESSIONS),
    "visits_table": generated.analysis_table(VISITS),
}


def setup(app: Sphinx) -> None:
    """Highlight JSON Lines as JSON, and keep the columns of the examples of the command line."""
    app.add_lexer("jsonl", JsonLexer)
    app.connect("sphinx-click-process-epilog", _as_it_stands)


def _as_it_stands(_app: Sphinx, _context: click.Context, lines: list[str]) -> None:
    if lines:
        lines[:] = ["::", "", *(f"   {line.removeprefix('| ')}" for line in lines), ""]
