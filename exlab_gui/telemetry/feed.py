"""The spans of sessions that go on: each is sent once, when nothing more is to be learnt of it."""

import platform
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Protocol

from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.analysis.summary import SessionSummary, summary_of
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.trace import Header
from exlab_gui.export.otlp.spans import (
    MAX_EVENTS,
    Span,
    Trace,
    resource,
    session_span,
    span_events,
    trace_id,
    visit_span,
)
from exlab_gui.telemetry.metrics import Metrics

EXPLAINED_S = 10.0
"""How long the span of a session that has ended waits for why it ended so."""

Later = Callable[[float, Callable[[], object]], object]

_HOST = {"host.name": platform.node()} if platform.node() else {}
"""The computer from which the sessions are observed."""


class Sink(Protocol):
    """What takes traces, without waiting."""

    def put(self, trace: Trace) -> None: ...


class Feed:
    """Gives the spans of sessions to `sink`: those of visits that ended, then that of the session.

    `later` calls a function after so many seconds. With `operator`, spans name the operator.
    `metrics` counts.
    """

    def __init__(
        self, sink: Sink, later: Later, *, operator: bool = False, metrics: Metrics | None = None
    ) -> None:
        self._sink = sink
        self._later = later
        self._operator = operator
        self._sessions: dict[str, _Session] = {}
        self._done: set[str] = set()
        self._traces: dict[str, bytes] = {}  # by the labels of their sessions
        self._metrics = metrics or Metrics()

    def take(self, key: str, header: Callable[[], Header], history: Sequence[Event]) -> None:
        """Take in the new events of the session `key`, of which `history` has all.

        Another `history` of it is a corrected one: the spans of visits that it changes are sent
        once more.
        """
        if key in self._done or not history:
            return
        session = self._sessions.get(key)
        if session is None:
            session = self._sessions[key] = _Session(header, history)
        session.extend(history)
        if session.has_left(session.sent):
            self._send_visits(session)
        if not session.is_over:
            self._metrics.goes_on(key, waits=session.waits)
        elif not session.is_awaited:
            self._metrics.ended(key, *session.end)
            session.is_awaited = True
            self._later(EXPLAINED_S, partial(self._end, key))
        if session.is_explained:
            self._end(key)

    def close(self) -> None:
        """Send the spans of the sessions that have ended."""
        for key in [key for key, session in self._sessions.items() if session.is_over]:
            self._end(key)

    def _end(self, key: str) -> None:
        session = self._sessions.pop(key, None)
        if session is not None:
            self._done.add(key)
            self._sink.put(session.trace(self._whole))

    def _send_visits(self, session: "_Session") -> None:
        def left(summary: SessionSummary) -> list[Span]:
            self._traces.setdefault(summary.label, trace_id(summary))
            found = []
            while session.has_left(session.sent):
                found.append(session.span(summary, session.sent))
                facts = summary.visits[session.sent]
                if facts.dwell is not None:
                    self._metrics.left(facts.visit.state, facts.dwell.middle)
                session.sent += 1
            return found

        self._sink.put(session.trace(left))

    def _whole(self, summary: SessionSummary) -> list[Span]:
        return [session_span(summary, self._traces, operator=self._operator)]


class _Session:
    """A session, and how many of its visits were `sent`."""

    def __init__(self, header: Callable[[], Header], history: Sequence[Event]) -> None:
        self._header = header
        self.sent = 0
        self.is_awaited = False
        self.is_explained = False
        self._machine = header().machine.restored()
        self._analysis = SessionAnalysis(self._machine, history)
        self._looked_at = 0

    @property
    def is_over(self) -> bool:
        return self._analysis.visits.state() in self._machine.terminal

    @property
    def waits(self) -> bool:
        return self._machine.awaits_input(self._analysis.visits.state())

    @property
    def end(self) -> tuple[str, str]:
        """The outcome, and the code of the error, empty if there is none."""
        entered = self._analysis.visits.entered()
        return entered.state, entered.error.code if entered.error else ""

    def extend(self, history: Sequence[Event]) -> None:
        before = self._analysis.visits
        if history is before.history:
            self._analysis.extend()
        else:
            self._analysis = SessionAnalysis(self._machine, history)
            same = zip(_entries(before), _entries(self._analysis.visits), strict=False)
            kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], same))
            # Where the first other visit begins, the one before it ends.
            self.sent = min(self.sent, max(kept - 1, 0))
            self._looked_at = 0
        count = self._analysis.visits.count
        new = (history[index].cause for index in range(self._looked_at, count))
        self.is_explained = self.is_explained or any(isinstance(one, Explained) for one in new)
        self._looked_at = count

    def has_left(self, place: int) -> bool:
        """Return whether visit number `place`, from 0, has ended, or is the last one."""
        count = self._analysis.visits.visit_count()
        return place + 1 < count or (place + 1 == count and self.is_over)

    def trace(self, spans: Callable[[SessionSummary], list[Span]]) -> Trace:
        """Return the trace with `spans` of the session as it is now."""
        header = self._header()
        summary = summary_of(header, self._analysis)
        return Trace(resource(summary, header.programs, **_HOST), spans(summary))

    def span(self, summary: SessionSummary, place: int) -> Span:
        visits = self._analysis.visits
        first = visits.entry_index(place)
        last = visits.entry_index(place + 1) if place + 1 < visits.visit_count() else visits.count
        before = visits.history[first - 1].state if first else None
        kept = visits.history[first : min(last, first + MAX_EVENTS)]
        events = list(span_events(kept, self._machine, before))
        return visit_span(summary, place + 1, events, last - first - len(events))


def _entries(visits: StateHistory) -> Iterator[Event]:
    """Yield the events that entered a state."""
    return (visits.history[visits.entry_index(place)] for place in range(visits.visit_count()))
