"""Coverage as one HTML page: the diagram with its counts, and which test took what."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from exlab_gui import __version__
from exlab_gui.core.analysis.coverage import NEVER, Coverage
from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.overlay import coverage_overlay
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.report.style import style_sheet

_STYLE = """
td details { margin: 0; }
td summary { cursor: pointer; }
td ul { margin: 4px 0; padding-left: 20px; overflow-wrap: anywhere; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TITLE = "State machine coverage"
_NAME = 500  # characters of a test's name


def to_page(coverages: Sequence[Coverage], colours: PictureColours) -> str:
    """Return a page about `coverages`, which has no script and loads nothing."""
    return "".join(_page(coverages, colours))


def _page(coverages: Sequence[Coverage], colours: PictureColours) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield f"<title>{_TITLE}</title>\n<style>{style_sheet(colours)}{_STYLE}</style>\n</head>\n"
    yield f"<body>\n<main>\n<h1>{_TITLE}</h1>\n"
    yield f'<p class="quiet">exlab-gui {__version__}</p>\n'
    if not coverages:
        yield "<p>No session was counted.</p>\n"
    for counted in coverages:
        yield from _machine(counted, colours)
    yield "</main>\n</body>\n</html>\n"


def _machine(counted: Coverage, colours: PictureColours) -> Iterator[str]:
    first, states = counted.machine.initial, len(counted.machine.states)
    yield f"<section>\n<h2>{escape(f'{states} states, from {first}')}</h2>\n"
    yield f"<p>{escape(counted.summary())}</p>\n"
    yield f'<div class="pane">{_diagram(counted, colours)}</div>\n'
    of_tests = counted.tests.items()
    yield from _table(
        "Transition",
        (
            (" → ".join(edge), times, [name for name, one in of_tests if one.transitions[edge]])
            for edge, times in counted.transitions.items()
        ),
    )
    yield from _table(
        "State",
        (
            (state, times, [name for name, one in of_tests if one.states[state]])
            for state, times in counted.states.items()
        ),
    )
    if counted.tests:
        yield "<h3>Tests</h3>\n<table>\n<thead><tr><th>Test</th>"
        yield '<th class="number">Sessions</th><th>Transitions</th></tr></thead>\n<tbody>\n'
        for name, one in sorted(of_tests):
            taken = [" → ".join(edge) for edge, times in one.transitions.items() if times]
            yield f'<tr><td class="words">{_name(name)}</td>'
            yield f'<td class="number">{one.sessions:,}</td>'
            yield f"<td>{_folded(taken, 'taken')}</td></tr>\n"
        yield "</tbody>\n</table>\n"
    yield "</section>\n"


def _table(what: str, rows: Iterable[tuple[str, int, Sequence[str]]]) -> Iterator[str]:
    yield f"<h3>{what}s</h3>\n<table>\n<thead><tr><th>{what}</th>"
    yield '<th class="number">Times</th><th>Tests</th></tr></thead>\n<tbody>\n'
    for name, times, tests in rows:
        look = "" if times else ' class="violation"'
        count = f"{times:,}" if times else NEVER
        yield f'<tr{look}><td>{escape(name)}</td><td class="number">{count}</td>'
        yield f"<td>{_folded(sorted(tests), 'test' if len(tests) == 1 else 'tests')}</td></tr>\n"
    yield "</tbody>\n</table>\n"


def _folded(names: Sequence[str], what: str) -> str:
    if not names:
        return ""
    items = "".join(f"<li>{_name(name)}</li>" for name in names)
    return f"<details><summary>{len(names):,} {what}</summary><ul>{items}</ul></details>"


def _name(text: str) -> str:
    return escape(sanitize(text, _NAME))


def _diagram(counted: Coverage, colours: PictureColours) -> str:
    """Return the diagram, in which what was taken stands out, with a badge for each count."""
    machine = counted.machine
    svg = to_svg(
        Drawing(
            machine,
            colours,
            {state: StateStatus.VISITED for state, times in counted.states.items() if times},
            {edge: EdgeStatus.TAKEN for edge, times in counted.transitions.items() if times},
            title=_TITLE,
            overlay=coverage_overlay(counted),
        )
    )
    # Without names: those of two machines on a page would be the same.
    return svg[svg.index("<svg") :].replace('<g id="', '<g data-id="')
