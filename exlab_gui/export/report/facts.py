"""What a report begins with: who, what, where, the outcome, how long it took, and why."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from html import escape

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.outcome import Line, outcome
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.analysis.summary import SessionSummary
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.text.describe import describe
from exlab_gui.core.trace import Header, Recording

MAX_FINDINGS = 1_000
"""The most findings, and the most unreadable lines, that are listed."""


def facts(recording: Recording, session: SessionSummary | None) -> Iterator[str]:
    """Yield the facts of a session, and what of its file could not be read."""
    header = recording.header
    begin = f"begun {_time(header.created)}"
    info = [f"from {header.source}", begin, f"{len(recording.events):,} events"]
    yield f'<p class="quiet">{escape(" · ".join(info))}</p>\n'
    if header.fork is not None:
        fork = f"A fork: up to event {header.fork.seq}, the history is that of {header.fork.of}."
        yield f"<p><strong>{escape(fork)}</strong></p>\n"
    for problem in recording.problems[:MAX_FINDINGS]:
        text = f"Incomplete. Line {problem.line}: {problem.sentence}"
        yield f'<p class="violation">{escape(text)}</p>\n'
    if session is None:
        return
    yield '<div class="pane"><table class="facts"><tbody>\n'
    for name, text, meaning in _facts(recording, session):
        if text:
            look = f' class="{meaning}"' if meaning else ""
            yield f'<tr><th scope="row">{name}</th><td{look}>{escape(text)}</td></tr>\n'
    yield "</tbody></table></div>\n"


def _facts(recording: Recording, session: SessionSummary) -> Iterator[tuple[str, str, str]]:
    header = recording.header
    yield "Operator", session.operator, ""
    yield "Run", " · ".join(filter(None, (session.kind, session.run, session.project))), ""
    yield "Equipment", session.equipment, ""
    yield "Server", _server(header), ""
    yield "Session", session.session_id, ""
    if session.outcome:
        yield "Outcome", session.outcome + _doubt(session), session.meaning or ""
    else:
        yield "Outcome", f"not known: last in {session.state}", ""
    yield "Why", session.error, ""
    lasted = session.lasted.text()
    yield "Duration", lasted if session.outcome else f"{lasted} up to the last event", ""
    waiting = session.waiting
    if waiting.most:
        yield "Waited for input", waiting.text(), ""
    yield "Plugins that failed", ", ".join(session.failed_plugins), "failure"


def _server(header: Header) -> str:
    version = header.programs.get("exlab-wizard")
    return header.source if version is None else f"{header.source} (exlab-wizard {version})"


def _doubt(session: SessionSummary) -> str:
    end = session.end
    if end is None or end.known is Certainty.OBSERVED:
        return ""
    return " (inferred)" if end.known is Certainty.INFERRED else " (what led to it is not known)"


def findings(found: Sequence[Finding]) -> Iterator[str]:
    """Yield the section of findings, each with a link to its event in the log."""
    yield "<h2>Findings</h2>\n"
    violations = sum(finding.severity is Severity.VIOLATION for finding in found)
    if violations:
        yield f'<p class="violation">Violations of the state machine: {violations:,}</p>\n'
    else:
        yield "<p>The session conforms to its state machine.</p>\n"
    if not found:
        return
    yield '<div class="pane"><table class="stacked">\n<thead>'
    yield "<tr><th>Event</th><th>Severity</th><th>Rule</th><th>What was found</th></tr>"
    yield "</thead>\n<tbody>\n"
    for one in found[:MAX_FINDINGS]:
        yield (
            f'<tr class="{one.severity}"><td><a href="#event-{one.event_index}">{one.seq}</a>'
            f"</td><td>{one.severity}</td><td>{one.rule}</td>"
            f'<td class="words">{escape(one.sentence)}</td></tr>\n'
        )
    yield "</tbody></table>"
    if len(found) > MAX_FINDINGS:
        yield f'<p class="quiet">and {len(found) - MAX_FINDINGS:,} more</p>'
    yield "</div>\n"


def ending(visits: StateHistory) -> Iterator[str]:
    """Yield the section about the end, if the session is over."""
    end = visits.entered()
    if end.state not in visits.machine.terminal:
        return
    lines = [Line(end.state, describe(end)), *outcome(visits)]
    yield '<h2>How it ended</h2>\n<div class="pane"><table><tbody>\n'
    for line in lines:
        mark = ' class="violation"' if line.is_bad else ""
        text = escape(line.text).replace("\n", "<br>")
        yield f'<tr{mark}><td>{escape(line.name)}</td><td class="words">{text}</td></tr>\n'
    yield "</tbody></table></div>\n"


def _time(at: datetime) -> str:
    with suppress(OverflowError):  # at the ends of the calendar
        at = at.astimezone(UTC)
    return at.isoformat(" ", "milliseconds").replace("+00:00", " UTC")
