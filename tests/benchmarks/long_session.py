"""Sessions with as long a history as is asked for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.session import SessionStore
from exlab_gui.core.state_machine import Phase, SessionState
from exlab_gui.sources.commands import Command
from exlab_gui.sources.source import SourceKind

STEP = timedelta(microseconds=1_234)


class LongSource:
    """A source that grows by a hundred events at every command, and tells of them at once.

    `history` has `count` events to begin with. All are those of a simulated session whose plugins
    report their progress.
    """

    label = "long"
    kind = SourceKind.SIMULATED
    machine = CREATION_MACHINE
    playing = False
    scenario = None
    position = None
    fork = None
    problems = ()
    connection = ""

    def __init__(self, count: int) -> None:
        self._now = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
        self._listeners: list[Callable[[], None]] = []
        self._store = SessionStore(self.machine, self.now)
        session = self._store.open("run")
        self._id, self.history = session.session_id, session.history
        for state in (SessionState.VALIDATING, SessionState.RENDERING, SessionState.PLUGIN_PASS):
            self._store.transition(self._id, state)
        self.grow(count - len(self.history))

    def grow(self, count: int) -> None:
        """Have `count` more events happen."""
        known = len(self.history)
        for seq in range(known, known + count):
            self._store.emit(self._id, ProgressEnvelope(Phase.RUNNING_PLUGINS, seq, known + count))
        for listener in self._listeners:
            listener()

    def now(self) -> datetime:
        """Return a time that is later at every call."""
        self._now += STEP
        return self._now

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change."""
        self._listeners.append(listener)

    def why_not(self, _command: Command) -> None:
        """Refuse nothing."""

    def send(self, _command: Command) -> None:
        """Grow by a hundred events."""
        self.grow(100)

    def close(self) -> None:
        """Call no listener any more."""
        self._listeners.clear()
