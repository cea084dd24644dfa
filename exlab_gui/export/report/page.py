"""A session as one HTML page that needs nothing else: to read offline, or to send to someone."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from html import escape
from typing import TextIO

from exlab_gui.core.analysis.compare import time_spent
from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.analysis.summary import summary_of
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.progress import Progress, no_progress, step, tracked
from exlab_gui.core.text.durations import Span
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.trace import Recording
from exlab_gui.export.diagram.drawing import drawing_of
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.report.facts import MAX_FINDINGS, ending, facts, findings
from exlab_gui.export.report.log import log
from exlab_gui.export.report.style import on_paper, style_sheet

MAX_VISITS = 1_000
"""A session that entered more states is shown without a timeline."""

LEAST_WIDTH = 4.0
"""The width of the shortest visit, if the whole session is 1,000 wide."""

_SECOND = timedelta(seconds=1)

_MAX_TITLE = 70
"""Search engines, bookmarks and the tabs of browsers show no more of a title."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_report(
    file: TextIO,
    recording: Recording,
    colours: PictureColours,
    progress: Progress = no_progress,
    paper: PictureColours | None = None,
) -> None:
    """Write `recording` to `file`: facts, findings, diagram, timeline, log and versions.

    The page has no script and loads nothing. What the recording says is shown as plain text. It is
    printed in the colours of `paper`, by default in `colours`.
    """
    events = recording.events
    analysis = SessionAnalysis(recording.machine, events, step(progress, 0, of=4))
    analysis.close()
    found = [one for index in sorted(analysis.findings) for one in analysis.findings[index]]
    unreadable = len(recording.problems)
    summing = step(progress, 1, of=4)
    session = summary_of(recording.header, analysis, unreadable, summing) if events else None
    file.writelines(_head(recording, colours, paper))
    file.writelines(facts(recording, session))
    file.writelines(findings(found))
    if session:
        file.writelines(ending(analysis.visits))
        file.writelines(_diagram(analysis.visits, colours))
        file.writelines(_timeline(analysis.visits, colours, step(progress, 2, of=4)))
        file.writelines(log(recording, found[:MAX_FINDINGS], step(progress, 3, of=4)))
    file.writelines(_versions(recording))
    file.write("</main>\n</body>\n</html>\n")


def _head(
    recording: Recording, colours: PictureColours, paper: PictureColours | None
) -> Iterator[str]:
    named = f"Session {recording.header.label}"
    heading, title = escape(named), escape(sanitize(named, _MAX_TITLE))
    style = style_sheet(colours) + ("" if paper in (None, colours) else on_paper(colours, paper))
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield f"<title>{title}</title>\n<style>{style}</style>\n"
    yield f"</head>\n<body>\n<main>\n<h1>{heading}</h1>\n"


def _diagram(visits: StateHistory, colours: PictureColours) -> Iterator[str]:
    svg = to_svg(drawing_of(visits, colours, title="Path taken"))
    svg = re.sub(r' version="1.2" baseProfile="tiny"', "", svg[svg.index("<svg") :], count=1)
    yield f'<h2>Path taken</h2>\n<div class="pane">{svg}</div>\n'


def _timeline(visits: StateHistory, colours: PictureColours, progress: Progress) -> Iterator[str]:
    spent = time_spent(visits, step(progress, 0, of=2))
    count = visits.visit_count()
    every = tracked(range(count), step(progress, 1, of=2), 0, count)
    bars = [_arrived(visits, place) for place in every]
    total = sum(bars) or 1.0
    places = {state: place for place, state in enumerate(visits.machine.states)}

    def fill(state: str) -> str:
        place = places.get(state)
        return "fill-failure" if place is None else f"fill-{place % len(colours.bars)}"

    yield '<h2>Time</h2>\n<div class="pane">\n'
    if len(bars) <= MAX_VISITS:
        yield from _bars(visits, [1000 * seconds / total for seconds in bars], fill)
    yield "<table>\n<thead>"
    yield '<tr><th>State</th><th class="number">Time</th><th class="number">Share</th></tr>'
    yield "</thead>\n<tbody>\n"
    for state, lasted in spent.items():
        yield (
            f'<tr><td><i class="swatch {fill(state)}"></i>{escape(state)}</td>'
            f'<td class="number">{lasted.text(3)}</td>'
            f'<td class="number">{_share(lasted, total)}</td></tr>\n'
        )
    yield "</tbody></table></div>\n"


def _bars(
    visits: StateHistory, shares: Sequence[float], fill: Callable[[str], str]
) -> Iterator[str]:
    """Yield a bar for each visit, wide enough to be seen."""
    widths = [max(share, LEAST_WIDTH) for share in shares]
    yield f'<svg class="bar" viewBox="0 0 {sum(widths):.3f} 32" preserveAspectRatio="none"'
    yield ' role="img" aria-label="The visits, as long as they lasted">'
    left = 0.0
    for place, width in enumerate(widths):
        visit = visits.visit(place)
        how = "" if visit.known is Certainty.OBSERVED else f" ({visit.known})"
        text = escape(f"{visit.state} {visit.lasted(visits.history[-1].at).text(3)}{how}")
        yield f'<rect class="{fill(visit.state)}" x="{left:.3f}" width="{width:.3f}" height="32">'
        yield f"<title>{text}</title></rect>"
        left += width
    yield "</svg>\n"


def _arrived(visits: StateHistory, place: int) -> float:
    """Return the seconds from the message of one visit to that of the next."""
    visit = visits.visit(place)
    return max(((visit.end or visits.history[-1].at) - visit.start) / _SECOND, 0.0)


def _share(lasted: Span, total: float) -> str:
    """Return the share of `total` seconds, as a range if the time is one."""
    least, most = (f"{min(time / _SECOND / total, 1.0):.1%}" for time in lasted)
    return least if least == most else f"{least} to {most}"


def _versions(recording: Recording) -> Iterator[str]:
    header = recording.header
    yield '<h2>Versions</h2>\n<div class="pane"><table><tbody>\n'
    for name, version in (*header.programs.items(), (header.format, str(header.version))):
        yield f"<tr><td>{escape(name)}</td><td>{escape(version)}</td></tr>\n"
    yield "</tbody></table></div>\n"
