"""The problems of a session: violations, warnings and notes, each about one event."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import Literal, NamedTuple

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.protocol.envelopes import WarningEnvelope
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.text.describe import describe

Severity = Literal["violation", "warning", "note"]


class Problem(NamedTuple):
    """A finding of the check, or, without one, what the session warned of or did not do well."""

    event_index: int
    finding: Finding | None = None

    @property
    def severity(self) -> Severity:
        if self.finding is None:
            return "warning"
        return "violation" if self.finding.rule.is_problem else "note"

    def text(self, history: Sequence[Event]) -> str:
        """Return what it is, in one line."""
        return self.finding.sentence if self.finding else describe(history[self.event_index])


def problems_of(first: int, events: Iterable[Event], found: Iterable[Finding]) -> Iterator[Problem]:
    """Yield the problems of `events`, of which one has the index `first`, in their order."""
    warnings = (
        Problem(index)
        for index, event in enumerate(events, first)
        if type(event.envelope) is WarningEnvelope
        or (isinstance(event.cause, Explained) and event.cause.failures)
    )
    findings = (Problem(finding.event_index, finding) for finding in found)
    return merge(warnings, findings, key=_index)


def next_problem(problems: Sequence[Problem], index: int) -> int | None:
    """Return the place of the first problem after the event at `index`, else of the first."""
    place = bisect_right(problems, index, key=_index)
    return (place if place < len(problems) else 0) if problems else None


def previous_problem(problems: Sequence[Problem], index: int) -> int | None:
    """Return the place of a problem of the last event before `index` with one, else of the last."""
    place = bisect_left(problems, index, key=_index)
    if not problems:
        return None
    last = problems[place - 1].event_index  # of the end, if there is none before
    return bisect_left(problems, last, key=_index)


def _index(problem: Problem) -> int:
    return problem.event_index
