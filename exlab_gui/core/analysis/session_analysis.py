"""The visits and the findings of a whole history."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from exlab_gui.core.analysis.conformance import Checker, Finding
from exlab_gui.core.analysis.problems import Problem, problems_of
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.progress import CHUNK, Progress, no_progress, step
from exlab_gui.core.protocol.events import Event


class SessionAnalysis:
    """A history that grows at its end, with its visits, and its findings by the event's index.

    With `progress` all events are checked at once. Else they are checked when their findings are
    asked for, which is never for most of the sessions that are observed.
    """

    def __init__(
        self, machine: StateMachine, history: Sequence[Event], progress: Progress | None = None
    ) -> None:
        self.visits = StateHistory(machine, history, step(progress or no_progress, 0, of=2))
        self._findings: dict[int, list[Finding]] = {}
        self._listed: list[Problem] = []
        self._problems = 0
        self._checked = 0
        if progress is not None:
            self._check(step(progress, 1, of=2))

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self.visits.machine)

    @property
    def findings(self) -> Mapping[int, Sequence[Finding]]:
        self._check()
        return self._findings

    @property
    def listed(self) -> Sequence[Problem]:
        """The findings and the warnings of the session, in the order of their events."""
        self._check()
        return self._listed

    @property
    def problems(self) -> int:
        self._check()
        return self._problems

    def extend(self) -> None:
        """Take in the new events of the history."""
        self.visits.extend()
        if self.visits.count - self._checked >= CHUNK:  # to check more later would take long
            self._check()

    def close(self) -> None:
        """Check that the session ended: no more events come."""
        self._check()
        found = self._checker.close()
        self._listed += problems_of(0, (), found)
        self._note(found)

    def _check(self, progress: Progress = no_progress) -> None:
        """Check the events that were not checked yet."""
        history, count = self.visits.history, self.visits.count
        for start in range(self._checked, count, CHUNK):
            progress(start, count)
            events = history[start : min(start + CHUNK, count)]
            found = self._checker.extend(events)
            self._listed += problems_of(start, events, found)
            self._note(found)
        self._checked = count

    def _note(self, found: Sequence[Finding]) -> None:
        for finding in found:
            self._findings.setdefault(finding.event_index, []).append(finding)
            self._problems += finding.rule.is_problem
