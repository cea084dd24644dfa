"""The tables for analysis: `sessions` and `visits`. Their columns are stable."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Generic, Literal, NamedTuple, TypeVar

import msgspec

from exlab_gui.core.analysis.summary import SessionSummary, VisitFacts
from exlab_gui.core.text.durations import Span
from exlab_gui.core.text.sanitize import as_list

Value = str | int | float | bool | datetime | None
Kind = Literal["text", "time", "count", "ms", "flag"]
"""A text is empty, and everything else None, if it is not known. Times are in UTC."""

Row = TypeVar("Row")
_MILLISECOND = timedelta(milliseconds=1)


class Column(NamedTuple, Generic[Row]):
    """A column: its name, what kind of values it holds, what they mean, and that of a row."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Row], Value]


class Table(msgspec.Struct, Generic[Row], frozen=True):
    """A table with the `columns`, and the rows that a session gives it."""

    name: str
    columns: tuple[Column[Row], ...]
    rows: Callable[[SessionSummary], Iterable[Row]]

    def values(self, sessions: Iterable[SessionSummary]) -> Iterator[list[Value]]:
        """Yield the values of each row of `sessions`."""
        for session in sessions:
            for row in self.rows(session):
                yield [column.value(row) for column in self.columns]


class NumberedVisit(NamedTuple):
    """A visit, its number from 1, and its session."""

    session: SessionSummary
    number: int
    facts: VisitFacts


def _visits(session: SessionSummary) -> Iterator[NumberedVisit]:
    for number, facts in enumerate(session.visits, 1):
        yield NumberedVisit(session, number, facts)


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def _least(span: Span | None) -> float | None:
    return None if span is None else span.least / _MILLISECOND


def _most(span: Span | None) -> float | None:
    return None if span is None else span.most / _MILLISECOND


def _lasted(session: SessionSummary) -> Span | None:
    return session.lasted if session.outcome else None


def _ended(session: SessionSummary) -> datetime | None:
    return None if session.end is None else _utc(session.end.start)


def _ended_earliest(session: SessionSummary) -> datetime | None:
    return None if session.end is None else _utc(session.end.start_from or session.end.start)


_SESSION = "the session's id, or its label if it has none"

SESSIONS: Table[SessionSummary] = Table(
    "sessions",
    (
        Column("session", "text", _SESSION, lambda s: s.session_id or s.label),
        Column("label", "text", "its short name", lambda s: s.label),
        Column("source", "text", "`simulated`, or the address of the server", lambda s: s.source),
        Column("kind", "text", "`run` or `project`", lambda s: s.kind),
        Column("equipment", "text", "the id of the equipment", lambda s: s.equipment),
        Column("project", "text", "the short id of the project, or its name", lambda s: s.project),
        Column("run", "text", "the label of the run", lambda s: s.run),
        Column("operator", "text", "the operator", lambda s: s.operator),
        Column("state", "text", "the last state", lambda s: s.state),
        Column(
            "outcome", "text", "the terminal state; empty: it was not seen", lambda s: s.outcome
        ),
        Column("error_code", "text", "the code of the error", lambda s: s.error_code),
        Column("error", "text", "the error in one sentence", lambda s: s.error),
        Column(
            "plugins",
            "text",
            "the plugins that took part or asked, with `; ` between them; the semicolon of a name "
            r"that has `; ` in it is written `\x3b`",
            lambda s: as_list(s.plugins, "; "),
        ),
        Column(
            "failed_plugins",
            "text",
            "those of them that failed, written likewise",
            lambda s: as_list(s.failed_plugins, "; "),
        ),
        Column(
            "fork_of",
            "text",
            "the session whose history this one begins with",
            lambda s: s.fork_of,
        ),
        Column("start", "time", "when it began, at the latest", lambda s: _utc(s.start)),
        Column(
            "start_earliest",
            "time",
            "when it began, at the earliest",
            lambda s: _utc(s.start_from or s.start),
        ),
        Column("end", "time", "when it ended, at the latest; empty: it did not", _ended),
        Column("end_earliest", "time", "when it ended, at the earliest", _ended_earliest),
        Column("last", "time", "when it was last heard of", lambda s: _utc(s.last)),
        Column(
            "lasted_least_ms",
            "ms",
            "how long it lasted, at least; empty: it did not end",
            lambda s: _least(_lasted(s)),
        ),
        Column("lasted_most_ms", "ms", "the same, at most", lambda s: _most(_lasted(s))),
        Column(
            "waiting_least_ms",
            "ms",
            "how long it waited for answers, at least",
            lambda s: _least(s.waiting),
        ),
        Column("waiting_most_ms", "ms", "the same, at most", lambda s: _most(s.waiting)),
        Column("visits", "count", "the number of visits to states", lambda s: len(s.visits)),
        Column("events", "count", "the number of events", lambda s: s.events),
        Column(
            "problems",
            "count",
            "violations, and what could not be read or understood",
            lambda s: s.problems,
        ),
    ),
    lambda session: (session,),
)

VISITS: Table[NumberedVisit] = Table(
    "visits",
    (
        Column("session", "text", _SESSION, lambda v: v.session.session_id or v.session.label),
        Column("number", "count", "the number of the visit, from 1", lambda v: v.number),
        Column("state", "text", "the state", lambda v: v.facts.visit.state),
        Column("phase", "text", "its phase", lambda v: v.facts.phase or ""),
        Column(
            "known",
            "text",
            "how the visit is known: `observed`, `inferred`, or `unobserved`: states may have "
            "passed before it",
            lambda v: str(v.facts.visit.known),
        ),
        Column(
            "start", "time", "when it began, at the latest", lambda v: _utc(v.facts.visit.start)
        ),
        Column(
            "start_earliest",
            "time",
            "when it began, at the earliest",
            lambda v: _utc(v.facts.visit.start_from or v.facts.visit.start),
        ),
        Column(
            "end",
            "time",
            "when it ended, at the latest; empty: it did not",
            lambda v: _utc(v.facts.visit.end),
        ),
        Column(
            "end_earliest",
            "time",
            "when it ended, at the earliest",
            lambda v: _utc(v.facts.visit.end_from or v.facts.visit.end),
        ),
        Column(
            "dwell_least_ms",
            "ms",
            "the dwell time, at least; empty: the visit did not end",
            lambda v: _least(v.facts.dwell),
        ),
        Column("dwell_most_ms", "ms", "the same, at most", lambda v: _most(v.facts.dwell)),
        Column("waits", "flag", "whether it waited for an answer", lambda v: v.facts.waits),
        Column("plugin", "text", "the plugin that asked", lambda v: v.facts.plugin),
    ),
    _visits,
)
