"""A session as the spans of a trace: one for the session, and in it one for each visit.

Their ids are made from the session's own, so that a session that is sent twice is the same trace.
``docs/opentelemetry.md`` describes the attributes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from exlab_gui.core.analysis.summary import SessionSummary
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.describe import describe, reservation
from exlab_gui.core.text.log_columns import kind

MAX_EVENTS = 128
"""The most events of a span; further ones are counted, as OpenTelemetry's own libraries do."""

FAILED = "failed"
"""The outcome that is an error; a session that was aborted did what it was told."""

Value = str | bool | int | float | tuple[str, ...]
Attributes = Mapping[str, Value]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_NS = 2**63 - 1  # in the year 2262: other programs hold no later time
_MICROSECOND = timedelta(microseconds=1)
_MILLISECOND = timedelta(milliseconds=1)


class Status(IntEnum):
    """The status of a span, by OpenTelemetry's numbers."""

    UNSET = 0
    OK = 1
    ERROR = 2


class SpanEvent(NamedTuple):
    time_ns: int
    name: str
    attributes: Attributes


class Link(NamedTuple):
    trace_id: bytes
    span_id: bytes


class Span(NamedTuple):
    """A span; the one of a session has no `parent_id`. Times are in nanoseconds since 1970."""

    trace_id: bytes
    span_id: bytes
    parent_id: bytes
    name: str
    start_ns: int
    end_ns: int
    attributes: Attributes
    events: Sequence[SpanEvent] = ()
    dropped_events: int = 0
    links: Sequence[Link] = ()
    status: Status = Status.UNSET
    message: str = ""


class Trace(NamedTuple):
    """Spans of one session, and the attributes of the server that it ran on."""

    resource: Attributes
    spans: Sequence[Span]


def trace_id(session: SessionSummary) -> bytes:
    """Return the id of the session's trace: that of the session itself, if that is a UUID."""
    try:
        found = UUID(session.session_id).bytes
    except ValueError:
        found = bytes(16)
    if any(found):
        return found
    own = session.session_id or f"{session.label} {session.start.isoformat()}"
    return sha256(f"{session.source} {own}".encode()).digest()[:16]


def root_id(trace: bytes) -> bytes:
    return _span_id(trace, 0)


def resource(session: SessionSummary, versions: Mapping[str, str], **more: str) -> Attributes:
    """Return the attributes of the server that `session` ran on; `versions` are its programs'."""
    known: dict[str, Value] = {
        "service.name": "exlab-wizard",
        "service.instance.id": session.source,
    }
    if "exlab-wizard" in versions:
        known["service.version"] = versions["exlab-wizard"]
    return known | more


def session_span(
    session: SessionSummary, forks: Mapping[str, bytes], *, operator: bool = False
) -> Span:
    """Return the span of a whole session; with `operator`, it names them.

    `forks` has the ids of traces by the labels of their sessions.
    """
    trace = trace_id(session)
    end = session.end
    texts = {
        "session.id": session.session_id,
        "user.name": session.operator if operator else "",
        "exlab.label": session.label,
        "exlab.kind": session.kind,
        "exlab.equipment": session.equipment,
        "exlab.project": session.project,
        "exlab.run": session.run,
        "exlab.state": session.state,
        "exlab.outcome": session.outcome,
        "exlab.fork.of": session.fork_of,
        "error.type": session.error_code if session.outcome == FAILED else "",
    }
    attributes: dict[str, Value] = {name: text for name, text in texts.items() if text}
    attributes |= {
        "exlab.plugins": session.plugins,
        "exlab.plugins.failed": session.failed_plugins,
        "exlab.problems": session.problems,
        **_range("exlab.waiting", session.waiting.least, session.waiting.most),
        **_earliest("exlab.start", session.start_from, session.start),
    }
    if end is None:
        attributes["exlab.unfinished"] = True
    else:
        attributes |= _earliest("exlab.end", end.start_from, end.start)
    other = forks.get(session.fork_of)
    return Span(
        trace,
        root_id(trace),
        b"",
        f"create {session.kind}" if session.kind else "create",
        _ns(session.start),
        _ns(max(session.start, session.last if end is None else end.start)),
        attributes,
        links=[] if other is None else [Link(other, root_id(other))],
        status=_status(session),
        message=session.error if session.outcome == FAILED else "",
    )


def visit_span(
    session: SessionSummary, number: int, events: Sequence[SpanEvent], dropped: int = 0
) -> Span:
    """Return the span of visit `number`, from 1, of `session`, with the `events` in it."""
    trace = trace_id(session)
    facts = session.visits[number - 1]
    visit = facts.visit
    attributes: dict[str, Value] = {
        "exlab.visit": number,
        "exlab.state": visit.state,
        "exlab.known": str(visit.known),
        "exlab.waits": facts.waits,
        **_earliest("exlab.start", visit.start_from, visit.start),
    }
    texts = {"exlab.phase": facts.phase, "exlab.plugin": facts.plugin}
    attributes |= {name: text for name, text in texts.items() if text}
    if facts.dwell is not None:
        attributes |= _range("exlab.dwell", facts.dwell.least, facts.dwell.most)
        attributes |= _earliest("exlab.end", visit.end_from, visit.end)
    elif not facts.is_last:
        attributes["exlab.unfinished"] = True
    failed = session.outcome == FAILED and number >= len(session.visits) - 1
    if failed and session.error_code:
        attributes["error.type"] = session.error_code
    until = visit.start if facts.is_last else visit.end or session.last
    return Span(
        trace,
        _span_id(trace, number),
        root_id(trace),
        visit.state,
        _ns(visit.start),
        _ns(max(visit.start, until)),
        attributes,
        events,
        dropped,
        status=Status.ERROR if failed else Status.UNSET,
        message=session.error if failed else "",
    )


def span_events(
    events: Iterable[Event], machine: StateMachine, before: str | None = None
) -> Iterator[SpanEvent]:
    """Yield each of `events`, which follow the state `before`, as the event of a span."""
    for event in events:
        said = "  ".join(filter(None, (describe(event, before), reservation(event))))
        attributes: dict[str, Value] = {"exlab.event": event.seq, "exlab.origin": str(event.origin)}
        if said:
            attributes["exlab.detail"] = said
        yield SpanEvent(_ns(event.at), kind(event, machine), attributes)
        before = event.state


def spans(
    session: SessionSummary,
    events: Sequence[SpanEvent],
    forks: Mapping[str, bytes],
    *,
    operator: bool = False,
) -> list[Span]:
    """Return all spans of `session`, whose `events` are in the order of their times."""
    found = [session_span(session, forks, operator=operator)]
    starts = [_ns(facts.visit.start) for facts in session.visits]
    within: list[list[SpanEvent]] = [[] for _ in starts]
    place = 0
    for event in events:
        while place + 1 < len(starts) and event.time_ns >= starts[place + 1]:
            place += 1
        within[place].append(event)
    for number, inner in enumerate(within, 1):
        dropped = max(len(inner) - MAX_EVENTS, 0)
        found.append(visit_span(session, number, inner[:MAX_EVENTS], dropped))
    return found


def _status(session: SessionSummary) -> Status:
    if session.outcome == FAILED:
        return Status.ERROR
    return Status.OK if session.outcome == "done" else Status.UNSET


def _span_id(trace: bytes, number: int) -> bytes:
    found = sha256(trace + number.to_bytes(8, "big")).digest()[:8]
    return found if any(found) else b"\1" * 8


def _ns(at: datetime) -> int:
    return min((at - _EPOCH) // _MICROSECOND * 1_000, _LATEST_NS)


def _range(name: str, least: timedelta, most: timedelta) -> dict[str, Value]:
    return {f"{name}.least_ms": least / _MILLISECOND, f"{name}.most_ms": most / _MILLISECOND}


def _earliest(name: str, earliest: datetime | None, latest: datetime | None) -> dict[str, Value]:
    if earliest is None or earliest == latest:
        return {}
    return {f"{name}.earliest": earliest.isoformat()}
