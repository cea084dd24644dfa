"""A source that has the events it is given, as one that listens to a server has."""

from collections.abc import Callable, Iterable
from datetime import datetime

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.trace import Recording, new_header
from exlab_gui.sources.commands import Command, Play
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.sources.source import RefusedError, SourceKind, Work
from tests.helpers.strategies import START


class RecordedSource:
    """A session that grows, or begins anew, as a test has it.

    The only command that it does not refuse is `Play`: `due` happens then, and its work is `work`.
    """

    label = "rec-1"
    kind = SourceKind.RECORDED
    info = SessionInfo()
    fork = None
    position = None
    problems = ()
    connection = ""
    playing = False
    scenario = None

    def __init__(
        self, machine: StateMachine, history: Iterable[Event] = (), work: Work | None = None
    ) -> None:
        self.machine = machine
        self.work = work
        self.due: list[Event] = []
        self.closed = False
        self._listeners: list[Callable[[], None]] = []
        self._begin(history)

    def grow(self, events: Iterable[Event]) -> None:
        """Have `events` happen, one change each."""
        for event in events:
            self.history.append(event)
            self._changed()

    def restart(self, history: Iterable[Event] = ()) -> None:
        """Begin anew, with `history`."""
        self._begin(history)
        self._changed()

    def now(self) -> datetime:
        return self.history[-1].at

    def recording(self) -> Recording:
        header = new_header(self.machine, self.label, "observed", self.history[0].at)
        return Recording(header, self.history)

    def subscribe(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def why_not(self, command: Command) -> str | None:
        return None if isinstance(command, Play) else "It was recorded."

    def send(self, command: Command) -> Work | None:
        if reason := self.why_not(command):
            raise RefusedError(reason)
        self._changed()
        due, self.due = self.due, []
        self.grow(due)
        return self.work

    def close(self) -> None:
        self.closed = True
        self._listeners.clear()

    def _begin(self, history: Iterable[Event]) -> None:
        opened = Event(1, START, self.machine.initial, Origin.OBSERVED)
        self.history = list(history) or [opened]

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()
