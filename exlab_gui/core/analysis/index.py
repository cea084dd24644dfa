"""What is to be known of a whole history at once: the way it took, and whether that was legal."""

from collections.abc import Sequence

from exlab_gui.core.analysis.conformance import Checker, Finding
from exlab_gui.core.analysis.rules import Severity
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event


class SessionAnalysis:
    """A history that grows at its end, with its walk and its findings kept up to date.

    `findings` has them by the place in the history, from 0, of the event that each is about;
    `violations` counts those that are more than a note.
    """

    def __init__(self, machine: StateMachine, history: Sequence[Event]) -> None:
        self.visits = StateHistory(machine, history)
        self.findings: dict[int, list[Finding]] = {}
        self.violations = 0
        self._checker = Checker(machine)
        self._take(self._checker.extend(history[: self.visits.count]))

    def extend(self) -> None:
        """Take in the events that the history has gained since the last time."""
        known = self.visits.count
        self.visits.extend()
        if self.visits.count > known:
            self._take(self._checker.extend(self.visits.history[known : self.visits.count]))

    def close(self) -> None:
        """Take in that nothing more will come."""
        self._take(self._checker.close())

    def _take(self, found: Sequence[Finding]) -> None:
        for finding in found:
            self.findings.setdefault(finding.event_index, []).append(finding)
            self.violations += finding.severity is Severity.VIOLATION
