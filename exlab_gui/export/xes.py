"""Sessions as XES (IEEE 1849), the event logs that process-mining tools read.

``docs/exports.md`` describes the log.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

from exlab_gui.core.progress import Progress, no_progress, step, tracked
from exlab_gui.core.text.durations import Span
from exlab_gui.core.text.sanitize import as_list
from exlab_gui.core.text.xml import xml_attribute
from exlab_gui.core.trace import Recording
from exlab_gui.export.atomic_file import as_text
from exlab_gui.export.exporter import Exporter, Format

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.core.analysis.summary import SessionSummary, VisitFacts

_HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">
<string key="concept:name" value="session"/>
</global>
<global scope="event">
<string key="concept:name" value="state"/>
<string key="concept:instance" value="1"/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000000+00:00"/>
<string key="org:resource" value="server"/>
</global>
<classifier name="State" scope="event" keys="concept:name"/>
<classifier name="Lifecycle" scope="event" keys="concept:name lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
"""
_SECOND = timedelta(seconds=1)


def write_log(
    sessions: "Iterable[SessionSummary]", file: BinaryIO, progress: Progress = no_progress
) -> None:
    """Write a log with one trace per session to `file`. `progress` counts the visits of each.

    Each visit is an activity, which starts and completes; of one that goes on there is the start.
    Programs take traces with one name for one trace: each name that was there gets a number.
    """
    names: Counter[str] = Counter()
    with as_text(file) as text:
        text.write(_HEAD)
        for session in sessions:
            text.write("<trace>\n")
            name = session.session_id or session.label
            names[name] += 1
            text.writelines(
                _trace(session, name if names[name] == 1 else f"{name} ({names[name]})")
            )
            visits = tracked(session.visits, progress, 0, len(session.visits))
            for number, visit in enumerate(visits, 1):
                text.writelines(_visit(session, visit, number))
            text.write("</trace>\n")
        text.write("</log>\n")


def write_xes(recording: Recording, file: BinaryIO, progress: Progress = no_progress) -> None:
    """Write `recording` to `file` as a log with one trace."""
    from exlab_gui.core.analysis.session_analysis import SessionAnalysis
    from exlab_gui.core.analysis.summary import summary_of

    if not recording.events:
        write_log((), file)
        return
    analysis = SessionAnalysis(recording.machine, recording.events, step(progress, 0, of=3))
    analysis.close()
    unreadable = len(recording.problems)
    session = summary_of(recording.header, analysis, unreadable, step(progress, 1, of=3))
    write_log([session], file, step(progress, 2, of=3))


def _trace(session: "SessionSummary", name: str) -> Iterator[str]:
    yield _value("concept:name", name)
    facts: dict[str, str | int] = {
        "label": session.label,
        "source": session.source,
        "kind": session.kind,
        "equipment": session.equipment,
        "project": session.project,
        "run": session.run,
        "operator": session.operator,
        "outcome": session.outcome,
        "error_code": session.error_code,
        "error": session.error,
        "plugins": as_list(session.plugins, ", "),
        "failed_plugins": as_list(session.failed_plugins, ", "),
        "fork_of": session.fork_of,
        "problems": session.problems,
    }
    for key, fact in facts.items():
        if fact != "":
            yield _value(key, fact)
    if session.outcome:
        yield from _range(session.lasted)
    yield from _range(session.waiting, "waiting_")


def _visit(session: "SessionSummary", facts: "VisitFacts", number: int) -> Iterator[str]:
    visit = facts.visit
    yield from _event(session, facts, number, "start", visit.start, visit.start_from)
    yield "</event>\n"
    if facts.dwell is not None and visit.end is not None:
        yield from _event(session, facts, number, "complete", visit.end, visit.end_from)
        yield from _range(facts.dwell)
        yield "</event>\n"
    elif facts.is_last:  # nothing more happens in it
        yield from _event(session, facts, number, "complete", visit.start, visit.start_from)
        yield "</event>\n"


def _event(
    session: "SessionSummary",
    facts: "VisitFacts",
    number: int,
    transition: str,
    at: datetime,
    earliest: datetime | None,
) -> Iterator[str]:
    yield "<event>\n"
    yield _value("concept:name", facts.visit.state)
    yield _value("concept:instance", str(number))
    yield _value("lifecycle:transition", transition)
    yield _value("time:timestamp", at)
    # Somebody's answer ends such a visit; everything else the server does.
    yield _value("org:resource", (facts.waits and session.operator) or session.source)
    yield _value("known", facts.visit.known)
    for key, fact in (("phase", facts.phase), ("plugin", facts.plugin), ("earliest", earliest)):
        if fact:
            yield _value(key, fact)


def _range(lasted: Span, prefix: str = "") -> Iterator[str]:
    yield _value(f"{prefix}least_s", lasted.least / _SECOND)
    yield _value(f"{prefix}most_s", lasted.most / _SECOND)


def _value(key: str, value: str | float | datetime) -> str:
    """Return one attribute of a trace or an event."""
    match value:
        case datetime():
            kind, text = "date", value.isoformat(timespec="microseconds")
        case int():
            kind, text = "int", str(value)
        case float():
            kind, text = "float", f"{value:.6f}"
        case _:
            kind, text = "string", value
    return f"<{kind} key={xml_attribute(key)} value={xml_attribute(text)}/>\n"


EXPORTER = Exporter(
    action="actionExportXes",
    text="Export &XES…",
    keys="Ctrl+Shift+X",
    tip="Save the session for process mining",
    file_name="{}.xes".format,
    formats=(Format("XES for process mining", (".xes",), write_xes),),
    take=lambda session, _: session.recording,
)
