"""What is to be known of a whole history at once: the way it took, and whether that was legal."""

from collections.abc import Sequence

from exlab_gui.core.analysis.conformance import Checker, Finding
from exlab_gui.core.analysis.rules import Severity
from exlab_gui.core.analysis.visits import Walk
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event


class HistoryIndex:
    """A history that grows at its end, with its walk and its findings kept up to date.

    `findings` has them by the place in the history, from 0, of the event that each is about;
    `violations` counts those that are more than a note.
    """

    def __init__(self, machine: StateMachine, history: Sequence[Event]) -> None:
        self.walk = Walk(machine, history)
        self.findings: dict[int, list[Finding]] = {}
        self.violations = 0
        self._checker = Checker(machine)
        self._take(self._checker.extend(history[: self.walk.count]))

    def extend(self) -> None:
        """Take in the events that the history has gained since the last time."""
        known = self.walk.count
        self.walk.extend()
        if self.walk.count > known:
            self._take(self._checker.extend(self.walk.history[known : self.walk.count]))

    def close(self) -> None:
        """Take in that nothing more will come."""
        self._take(self._checker.close())

    def _take(self, found: Sequence[Finding]) -> None:
        for finding in found:
            self.findings.setdefault(finding.position, []).append(finding)
            self.violations += finding.severity is Severity.VIOLATION
