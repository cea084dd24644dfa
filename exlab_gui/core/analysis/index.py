"""The visits and the findings of a whole history."""

from collections.abc import Sequence

from exlab_gui.core.analysis.conformance import Checker, Finding
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.progress import CHUNK, Progress, no_progress, step
from exlab_gui.core.protocol.events import Event


class SessionAnalysis:
    """A history that grows at its end, with its visits and its findings, by the event's index."""

    def __init__(
        self, machine: StateMachine, history: Sequence[Event], progress: Progress = no_progress
    ) -> None:
        self.visits = StateHistory(machine, history, step(progress, 0, of=2))
        self.findings: dict[int, list[Finding]] = {}
        self.problems = 0
        self._checker = Checker(machine)
        count = self.visits.count
        for start in range(0, count, CHUNK):
            step(progress, 1, of=2)(start, count)
            self._take(self._checker.extend(history[start : min(start + CHUNK, count)]))

    def extend(self) -> None:
        """Take in the new events of the history."""
        known = self.visits.count
        self.visits.extend()
        if self.visits.count > known:
            self._take(self._checker.extend(self.visits.history[known : self.visits.count]))

    def close(self) -> None:
        """Check that the session ended: no more events come."""
        self._take(self._checker.close())

    def _take(self, found: Sequence[Finding]) -> None:
        for finding in found:
            self.findings.setdefault(finding.event_index, []).append(finding)
            self.problems += finding.rule.is_problem
