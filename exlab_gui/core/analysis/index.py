"""The visits and the findings of a whole history."""

from collections.abc import Sequence

from exlab_gui.core.analysis.conformance import Checker, Finding
from exlab_gui.core.analysis.problems import Problem, problems_of
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.progress import CHUNK, Progress, no_progress, step
from exlab_gui.core.protocol.events import Event


class SessionAnalysis:
    """A history that grows at its end, with its visits, and its findings by the event's index.

    `listed` are the findings and the warnings of the session, in the order of their events.
    """

    def __init__(
        self, machine: StateMachine, history: Sequence[Event], progress: Progress = no_progress
    ) -> None:
        self.visits = StateHistory(machine, history, step(progress, 0, of=2))
        self.findings: dict[int, list[Finding]] = {}
        self.listed: list[Problem] = []
        self.problems = 0
        self._checker = Checker(machine)
        count = self.visits.count
        for start in range(0, count, CHUNK):
            step(progress, 1, of=2)(start, count)
            self._take(start, history[start : min(start + CHUNK, count)])

    def extend(self) -> None:
        """Take in the new events of the history."""
        known = self.visits.count
        self.visits.extend()
        if self.visits.count > known:
            self._take(known, self.visits.history[known : self.visits.count])

    def close(self) -> None:
        """Check that the session ended: no more events come."""
        found = self._checker.close()
        self.listed += problems_of(0, (), found)
        self._note(found)

    def _take(self, first: int, events: Sequence[Event]) -> None:
        found = self._checker.extend(events)
        self.listed += problems_of(first, events, found)
        self._note(found)

    def _note(self, found: Sequence[Finding]) -> None:
        for finding in found:
            self.findings.setdefault(finding.event_index, []).append(finding)
            self.problems += finding.rule.is_problem
