"""A source that has the events it is given, as one that listens to a server has."""

from collections.abc import Iterable
from datetime import datetime

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.sources.commands import Command, Play
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.sources.source import SessionSource, SourceTraits, Work
from tests.helpers.strategies import START


class RecordedSource(SessionSource):
    """A session that grows, or begins anew, as a test has it.

    The only command that it does not refuse is `Play`: `due` happens then, and its work is `work`.
    """

    traits = SourceTraits(
        origin="recorded",
        short="Recorded",
        title="Recorded session",
        icon="replay",
        commands=frozenset({Play}),
        refusal="It was recorded.",
    )
    info = SessionInfo("rec-1")

    def __init__(
        self, machine: StateMachine, history: Iterable[Event] = (), work: Work | None = None
    ) -> None:
        super().__init__()
        self.machine = machine
        self.work = work
        self.due: list[Event] = []
        self.closed = False
        self._begin(history)

    def grow(self, events: Iterable[Event]) -> None:
        """Have `events` happen, one change each."""
        for event in events:
            self.history.append(event)
            self.changed()

    def restart(self, history: Iterable[Event] = ()) -> None:
        """Begin anew, with `history`."""
        self._begin(history)
        self.changed()

    def now(self) -> datetime:
        return self.history[-1].at

    def close(self) -> None:
        self.closed = True
        super().close()

    def _carry_out(self, _command: Command) -> Work | None:
        due, self.due = self.due, []
        self.grow(due)
        return self.work

    def _begin(self, history: Iterable[Event]) -> None:
        opened = Event(1, START, self.machine.initial, Origin.OBSERVED)
        self.history = list(history) or [opened]
