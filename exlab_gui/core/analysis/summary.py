"""The facts about a whole session, for archives, statistics and exports."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.analysis.status import session_meaning
from exlab_gui.core.analysis.visits import Certainty, StateHistory, Visit
from exlab_gui.core.meaning import Meaning
from exlab_gui.core.progress import Progress, no_progress, step, tracked
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.protocol.request import request_names
from exlab_gui.core.text.durations import Span
from exlab_gui.core.text.sanitize import MAX_NAME, MAX_SENTENCE, sanitize
from exlab_gui.core.trace.header import Header

_NOTHING = Span.exactly(timedelta())


class VisitFacts(NamedTuple):
    """A visit, and what the session did in it.

    `waits`: the session was held for the operator's answer; `plugin` is the one that asked.
    `is_last`: the state is terminal, so the visit does not end.
    """

    visit: Visit
    phase: str | None = None
    waits: bool = False
    plugin: str = ""
    is_last: bool = False

    @property
    def dwell(self) -> Span | None:
        """The dwell time; None if the end of the visit is not known, or there is none."""
        return None if self.visit.end is None else self.visit.lasted(self.visit.end)


class StateTime(NamedTuple):
    """The time of the finished visits to one state; `known` is how the least sure is known."""

    visits: int
    spent: Span
    known: Certainty


class SessionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about one session; texts are short, safe to show, and empty if unknown.

    `outcome` is the terminal state that it reached, empty if it did not; `meaning` is that of its
    last state, None if that is only a step. `plugins` names those that took part or
    asked, `failed_plugins` those that failed: that alone does not fail a session.
    `start` is the latest time of the begin, and `start_from` the earliest if they differ; `last` is
    the time of the last event. `problems` counts violations and what could not be read or
    understood.
    """

    session_id: str
    label: str
    source: str
    kind: str
    equipment: str
    project: str
    run: str
    operator: str
    state: str
    outcome: str
    meaning: Meaning | None
    error_code: str
    error: str
    plugins: tuple[str, ...]
    failed_plugins: tuple[str, ...]
    start: datetime
    start_from: datetime | None
    last: datetime
    events: int
    problems: int
    fork_of: str
    visits: tuple[VisitFacts, ...]

    @property
    def end(self) -> Visit | None:
        """The visit to the terminal state, which begins with the end of the session."""
        return self.visits[-1].visit if self.outcome else None

    @property
    def lasted(self) -> Span:
        """The time from the begin to the end, or to the last event if it did not end."""
        begin = self.start_from or self.start
        end = self.end
        if end is None:
            return Span.between(begin, self.start, self.last, self.last)
        return Span.between(begin, self.start, end.start_from or end.start, end.start)

    @property
    def waiting(self) -> Span:
        """The time that the session was held for answers, in finished visits."""
        waited = (one.dwell for one in self.visits if one.waits)
        return _total(filter(None, waited))

    @property
    def times(self) -> dict[str, StateTime]:
        """The time in each state that was left, by its first visit."""
        found: dict[str, list[VisitFacts]] = {}
        for one in self.visits:
            if one.dwell is not None:
                found.setdefault(one.visit.state, []).append(one)
        return {state: _state_time(visits) for state, visits in found.items()}


def summarize(header: Header, events: Sequence[Event], unreadable: int = 0) -> SessionSummary:
    """Return the summary of a recording with at least one event.

    `unreadable` is the number of its parts that could not be read.
    """
    analysis = SessionAnalysis(header.machine.restored(), events)
    analysis.close()
    return summary_of(header, analysis, unreadable)


def summary_of(
    header: Header,
    analysis: SessionAnalysis,
    unreadable: int = 0,
    progress: Progress = no_progress,
) -> SessionSummary:
    """Return the summary of an analysed session."""
    visits = analysis.visits
    events = visits.history
    entered = visits.entered()
    names = request_names(header.request)
    is_over = entered.state in visits.machine.terminal
    error = entered.error
    plugins, failed = _plugins(tracked(events, step(progress, 0, of=2), 0, len(events)))
    return SessionSummary(
        session_id=sanitize(header.session_id or "", MAX_NAME),
        label=header.label,
        source=header.source,
        kind=sanitize(header.kind or "", MAX_NAME),
        **names._asdict(),
        state=entered.state,
        outcome=entered.state if is_over else "",
        meaning=session_meaning(visits),
        error_code=sanitize(error.code, MAX_NAME) if error else "",
        error=sanitize(error.summary, MAX_SENTENCE) if error else "",
        plugins=plugins,
        failed_plugins=failed,
        start=events[0].at,
        start_from=events[0].earliest,
        last=max(events[-1].at, entered.at),
        events=len(events),
        problems=analysis.problems + unreadable,
        fork_of=header.fork.of if header.fork else "",
        visits=tuple(_facts(visits, step(progress, 1, of=2))),
    )


def joined(summaries: Iterable[SessionSummary]) -> SessionSummary:
    """Return the summary of one session that has several recordings; there is at least one.

    What a later recording has in addition comes after what an earlier one has; what passed between
    the two is not known.
    """
    first, *rest = sorted(summaries, key=lambda one: (one.start, -one.events))
    for summary in rest:
        first = _continued(first, summary)
    return first


def _facts(visits: StateHistory, progress: Progress) -> Iterator[VisitFacts]:
    machine = visits.machine
    count = visits.visit_count()
    for place in tracked(range(count), progress, 0, count):
        visit = visits.visit(place)
        asked = visits.history[visits.entry_index(place)].envelope
        plugin = asked.plugin if isinstance(asked, InputRequiredEnvelope) else ""
        yield VisitFacts(
            visit,
            machine.phase(visit.state),
            machine.awaits_input(visit.state),
            sanitize(plugin, MAX_NAME) if plugin else "",
            visit.state in machine.terminal and visit.end is None,
        )


def _plugins(events: Iterable[Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the plugins that took part, and those of them that failed."""
    plugins: dict[str, bool] = {}
    for event in events:
        if isinstance(event.envelope, InputRequiredEnvelope):
            plugins.setdefault(sanitize(event.envelope.plugin, MAX_NAME), False)
        if isinstance(event.cause, Explained):
            for one in event.cause.plugins:
                name = sanitize(one.plugin, MAX_NAME)
                plugins[name] = plugins.get(name, False) or one.failed
    plugins.pop("", None)
    return tuple(plugins), tuple(name for name, failed in plugins.items() if failed)


def _continued(first: SessionSummary, second: SessionSummary) -> SessionSummary:
    """Return the summary of a session whose recording `first` begins no later than `second`."""
    is_whole = bool(first.outcome) or (second.last <= first.last and not second.outcome)
    base, other = (first, second) if is_whole else (second, first)
    known = msgspec.structs.asdict(base)
    for name in ("label", "kind", "equipment", "project", "run", "operator", "fork_of"):
        known[name] = known[name] or getattr(other, name)
    known |= {
        "plugins": tuple(dict.fromkeys((*first.plugins, *second.plugins))),
        "failed_plugins": tuple(dict.fromkeys((*first.failed_plugins, *second.failed_plugins))),
    }
    if not is_whole:
        known |= {
            "start": first.start,
            "start_from": first.start_from,
            "events": first.events + second.events,
            "problems": first.problems + second.problems,
            "visits": _joined_visits(first, second),
        }
    return SessionSummary(**known)


def _joined_visits(first: SessionSummary, second: SessionSummary) -> tuple[VisitFacts, ...]:
    """Return the visits of `first` that began before `second`, and those of `second`."""
    now_in, *following = second.visits
    begin = now_in.visit
    *before, was_in = [one for one in first.visits if one.visit.start < begin.start] or [now_in]
    was = was_in.visit
    if was.state == begin.state:  # it may have left and come back
        known = Certainty.INFERRED if was.known is Certainty.OBSERVED else was.known
        begin = begin._replace(start=was.start, start_from=was.start_from, known=known)
        plugin = now_in.plugin or was_in.plugin
        return *before, now_in._replace(visit=begin, plugin=plugin), *following
    since = first.last if was.end is None else was.start
    left = was_in._replace(visit=was._replace(end=begin.start, end_from=min(since, begin.start)))
    begin = begin._replace(start_from=left.visit.end_from, known=Certainty.UNOBSERVED)
    return *before, left, now_in._replace(visit=begin), *following


def _state_time(visits: Sequence[VisitFacts]) -> StateTime:
    surest_first = list(Certainty)
    known = max((one.visit.known for one in visits), key=surest_first.index)
    return StateTime(len(visits), _total(filter(None, (one.dwell for one in visits))), known)


def _total(spans: Iterable[Span]) -> Span:
    return sum(spans, _NOTHING)
