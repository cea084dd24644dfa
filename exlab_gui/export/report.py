"""A session as one HTML page that needs nothing else: to read offline, or to send to someone."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import escape
from typing import BinaryIO, TextIO

from exlab_gui.core.analysis.compare import time_spent
from exlab_gui.core.analysis.conformance import Finding, check
from exlab_gui.core.analysis.outcome import Line, outcome
from exlab_gui.core.analysis.rules import Severity
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.progress import Progress, no_progress, step, tracked
from exlab_gui.core.status_looks import PictureColours
from exlab_gui.core.text.columns import COLUMNS, Entry
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.durations import Span
from exlab_gui.core.trace import Recording
from exlab_gui.export.atomic_file import as_text
from exlab_gui.export.diagram.drawing import drawing_of
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.exporter import Exporter, Format, Snapshot
from exlab_gui.export.report_style import style_sheet

MAX_EVENTS = 20_000
"""Of a longer log the middle is left out: no browser shows a million rows."""

MAX_FINDINGS = 1_000
"""The most findings, and the most unreadable lines, that are listed."""

MAX_VISITS = 1_000
"""A session that entered more states is shown without a timeline."""

_SECOND = timedelta(seconds=1)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

# How the log's columns look; the last one takes what room there is.
_LOOKS = [' class="number"' if column.numeric else "" for column in COLUMNS[:-1]]
_LOOKS.append(' class="words"')


def write_report(
    file: TextIO, recording: Recording, colours: PictureColours, progress: Progress = no_progress
) -> None:
    """Write `recording` to `file`: findings, diagram, timeline, log and versions.

    The page has no script and loads nothing. What the recording says is shown as plain text.
    """
    machine, events = recording.machine, recording.events
    findings = check(machine, events, step(progress, 0, of=4))
    visits = StateHistory(machine, events, step(progress, 1, of=4)) if events else None
    file.writelines(_head(recording, visits.state() if visits else None, colours))
    file.writelines(_findings(findings))
    if visits:
        file.writelines(_outcome(visits))
        file.writelines(_diagram(visits, colours))
        file.writelines(_timeline(visits, colours, step(progress, 2, of=4)))
        file.writelines(_log(recording, findings, step(progress, 3, of=4)))
    file.writelines(_versions(recording))
    file.write("</main>\n</body>\n</html>\n")


def _head(recording: Recording, state: str | None, colours: PictureColours) -> Iterator[str]:
    header, events = recording.header, recording.events
    title = escape(f"Session {header.label}")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield f"<title>{title}</title>\n<style>{style_sheet(colours)}</style>\n"
    yield f"</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    info = [f"from {header.source}", f"begun {_time(header.created)}", f"{len(events):,} events"]
    if state is not None:
        info.append(f"last in {state}")
    yield f'<p class="quiet">{escape(" · ".join(info))}</p>\n'
    if header.fork is not None:
        fork = f"A fork: up to event {header.fork.seq}, the history is that of {header.fork.of}."
        yield f"<p><strong>{escape(fork)}</strong></p>\n"
    for problem in recording.problems[:MAX_FINDINGS]:
        text = f"Incomplete. Line {problem.line}: {problem.sentence}"
        yield f'<p class="violation">{escape(text)}</p>\n'


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    yield "<h2>Findings</h2>\n"
    violations = sum(finding.severity is Severity.VIOLATION for finding in findings)
    if violations:
        yield f'<p class="violation">Violations of the state machine: {violations:,}</p>\n'
    else:
        yield "<p>The session conforms to its state machine.</p>\n"
    if not findings:
        return
    yield '<div class="pane"><table>\n'
    yield "<tr><th>Event</th><th>Severity</th><th>Rule</th><th>What was found</th></tr>\n"
    for found in findings[:MAX_FINDINGS]:
        yield (
            f'<tr class="{found.severity}"><td><a href="#event-{found.event_index}">{found.seq}</a>'
            f"</td><td>{found.severity}</td><td>{found.rule}</td>"
            f'<td class="words">{escape(found.sentence)}</td></tr>\n'
        )
    yield "</table>"
    if len(findings) > MAX_FINDINGS:
        yield f'<p class="quiet">and {len(findings) - MAX_FINDINGS:,} more</p>'
    yield "</div>\n"


def _outcome(visits: StateHistory) -> Iterator[str]:
    end = visits.entered()
    if end.state not in visits.machine.terminal:
        return
    lines = [Line(end.state, describe(end)), *outcome(visits)]
    yield '<h2>How it ended</h2>\n<div class="pane"><table>\n'
    for line in lines:
        mark = ' class="violation"' if line.is_bad else ""
        text = escape(line.text).replace("\n", "<br>")
        yield f'<tr{mark}><td>{escape(line.name)}</td><td class="words">{text}</td></tr>\n'
    yield "</table></div>\n"


def _diagram(visits: StateHistory, colours: PictureColours) -> Iterator[str]:
    svg = to_svg(drawing_of(visits, colours))
    yield f'<h2>Path taken</h2>\n<div class="pane">{svg[svg.index("<svg") :]}</div>\n'


def _timeline(visits: StateHistory, colours: PictureColours, progress: Progress) -> Iterator[str]:
    spent = time_spent(visits, step(progress, 0, of=2))
    count = visits.visit_count()
    every = tracked(range(count), step(progress, 1, of=2), 0, count)
    bars = [_arrived(visits, place) for place in every]
    total = sum(bars) or 1.0
    places = {state: place for place, state in enumerate(visits.machine.states)}

    def fill(state: str) -> str:
        place = places.get(state)
        return colours.failure if place is None else colours.bars[place % len(colours.bars)]

    yield '<h2>Time</h2>\n<div class="pane">\n'
    if len(bars) <= MAX_VISITS:
        yield '<div class="bar">'
        for place, seconds in enumerate(bars):
            visit = visits.visit(place)
            how = "" if visit.known is Certainty.OBSERVED else f" ({visit.known})"
            text = escape(f"{visit.state} {visit.lasted(visits.history[-1].at).text(3)}{how}")
            share, colour = 1000 * seconds / total, fill(visit.state)
            yield f'<span title="{text}" style="flex:{share:.3f};background:{colour}"></span>'
        yield "</div>\n"
    yield "<table>\n"
    yield '<tr><th>State</th><th class="number">Time</th><th class="number">Share</th></tr>\n'
    for state, lasted in spent.items():
        yield (
            f'<tr><td><i class="swatch" style="background:{fill(state)}"></i>{escape(state)}</td>'
            f'<td class="number">{lasted.text(3)}</td>'
            f'<td class="number">{_share(lasted, total)}</td></tr>\n'
        )
    yield "</table></div>\n"


def _arrived(visits: StateHistory, place: int) -> float:
    """Return the seconds from the message of one visit to that of the next."""
    visit = visits.visit(place)
    return max(((visit.end or visits.history[-1].at) - visit.start) / _SECOND, 0.0)


def _share(lasted: Span, total: float) -> str:
    """Return the share of `total` seconds, as a range if the time is one."""
    least, most = (f"{min(time / _SECOND / total, 1.0):.1%}" for time in lasted)
    return least if least == most else f"{least} to {most}"


def _log(recording: Recording, findings: Sequence[Finding], progress: Progress) -> Iterator[str]:
    events = recording.events
    violating = {found.event_index for found in findings if found.severity is Severity.VIOLATION}
    yield '<h2>Log</h2>\n<div class="pane"><table>\n'
    yield f"<tr>{_log_cells('th', (column.in_files[0] for column in COLUMNS))}</tr>\n"
    left_out = range(MAX_EVENTS // 2, len(events) - MAX_EVENTS // 2)
    for position, event in enumerate(tracked(events, progress, 0, len(events))):
        if position not in left_out:
            entry = Entry(event, events[position - 1] if position else None, recording.machine)
            mark = ' class="violation"' if position in violating else ""
            cells = _log_cells("td", (column.in_files[1](entry) for column in COLUMNS))
            yield f'<tr id="event-{position}"{mark}>{cells}</tr>\n'
        elif position == left_out.start:
            text = f"… {len(left_out):,} events are left out here …"
            yield f'<tr><td colspan="{len(COLUMNS)}">{text}</td></tr>\n'
    yield "</table></div>\n"


def _log_cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(
        f"<{tag}{look}>{escape(text)}</{tag}>" for look, text in zip(_LOOKS, texts, strict=True)
    )


def _versions(recording: Recording) -> Iterator[str]:
    header = recording.header
    yield '<h2>Versions</h2>\n<div class="pane"><table>\n'
    for name, version in (*header.programs.items(), (header.format, str(header.version))):
        yield f"<tr><td>{escape(name)}</td><td>{escape(version)}</td></tr>\n"
    yield "</table></div>\n"


def _time(at: datetime) -> str:
    with suppress(OverflowError):  # at the ends of the calendar
        at = at.astimezone(UTC)
    return at.isoformat(" ", "milliseconds").removesuffix("+00:00")


def _write(session: Snapshot, file: BinaryIO, progress: Progress) -> None:
    with as_text(file) as text:
        write_report(text, session.recording, session.colours, progress)


HTML = Format("HTML", (".html",), _write)

EXPORTER = Exporter(
    action="actionExportReport",
    text="Export re&port…",
    keys="Ctrl+Shift+E",
    tip="Save an HTML report of the session",
    file_name=lambda _: "report.html",
    formats=(HTML,),
    take=lambda session, _: session,
)
