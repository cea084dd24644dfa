"""Sessions with as long a history as is asked for."""

from datetime import UTC, datetime, timedelta

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.session import SessionStore
from exlab_gui.core.state_machine import Phase, SessionState
from exlab_gui.sources.commands import Command
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.sources.source import SessionSource

STEP = timedelta(microseconds=1_234)


class LongSource(SessionSource):
    """A source that grows by a hundred events at every command, and tells of them at once.

    `history` has `count` events to begin with. All are those of a simulated session whose plugins
    report their progress.
    """

    traits = SimulatedSource.traits
    info = SessionInfo("long")
    machine = CREATION_MACHINE

    def __init__(self, count: int) -> None:
        super().__init__()
        self._now = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
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
        self.changed()

    def now(self) -> datetime:
        """Return a time that is later at every call."""
        self._now += STEP
        return self._now

    def _carry_out(self, _command: Command) -> None:
        self.grow(100)
