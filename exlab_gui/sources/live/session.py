"""A session of a running server, observed by snapshots and by its event stream."""

from datetime import datetime, timedelta
from typing import NamedTuple

from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import StateMachine
from exlab_gui.sources.live.connection import Connection
from exlab_gui.sources.live.errors import NotUnderstoodError, ServerError, ServerRefusedError
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.observation import Observation, sight_of
from exlab_gui.sources.live.responses import Operation, Snapshot
from exlab_gui.sources.source import SessionSource

SETTLE = timedelta(seconds=1)
"""A session that still waits so long after it took answers is asking the same question again."""

UNKNOWN_STATUS = 404


class PollStamp(NamedTuple):
    """The time of a request, and the number of events known at that time."""

    at: datetime
    known: int


class ObservedSession(SessionSource):
    """The session `session_id` of a server, as far as it was observed.

    It is `forgotten` if the server no longer knows it after a restart; its history is kept.
    """

    def __init__(
        self,
        server: Connection,
        machine: StateMachine,
        session_id: str,
        first: Observation,
        at: datetime,
        operation: Operation | None = None,
    ) -> None:
        super().__init__()
        self.session_id = session_id
        self.machine = machine
        self.operation = operation
        self.forgotten = False
        self.record = ObservedHistory(machine, first, at, operation.started if operation else None)
        self.history = self.record.history
        self._server = server
        self._stream_notice = ""
        self._answered_at: datetime | None = None
        self._doubt: Observation | None = None

    def asking(self) -> PollStamp:
        return PollStamp(utc_now(), len(self.history))

    async def refresh(self, *, exact: bool = False) -> None:
        """Poll the session once. Raises LostError.

        `exact`: the stream has sent all it had.
        """
        asked = self.asking()
        if (snapshot := await self._snapshot()) is not None:
            self.saw(snapshot, asked, exact=exact)

    async def compare(self) -> None:
        """Poll the session while the stream is silent; take only what two polls tell alike.

        A difference at the first may still be on its way in the stream, which tells more of it.
        """
        asked = self.asking()
        if (snapshot := await self._snapshot()) is None:
            return
        sight = sight_of(self.machine, snapshot)
        doubted, self._doubt = self._doubt, sight
        if sight == doubted or not self.record.differs(sight):
            self.saw(snapshot, asked)

    def saw(self, snapshot: Snapshot, asked: PollStamp, *, exact: bool = False) -> None:
        for name in snapshot.misunderstood:
            self.record.problem(f"The server's {name} could not be understood.")
        self.saw_state(sight_of(self.machine, snapshot), asked, exact=exact)

    def saw_state(self, sight: Observation, asked: PollStamp, *, exact: bool = False) -> None:
        """Take a polled state; `asked` is the stamp of its request.

        If anything else came in since, the response is outdated: the next one will tell.
        """
        record, at = self.record, utc_now()
        if asked.known != len(self.history):
            return
        if record.answered and self._answered_at and not record.differs(sight):
            # At first the server goes on saying that it waits: that is not yet the next question.
            if asked.at - self._answered_at > SETTLE:
                record.asked_again(at)
                self.changed()
            return
        was_forgotten, self.forgotten = self.forgotten, False
        if record.seen(sight, asked.at, at, exact=exact) or was_forgotten:
            self.changed()

    def heard(self, message: bytes) -> None:
        self._doubt = None
        self.record.heard(message, utc_now())
        self.changed()

    def failed(self, error: ServerError) -> None:
        """Take the failure of a request about this session alone."""
        if isinstance(error, ServerRefusedError) and error.status == UNKNOWN_STATUS:
            if not self.forgotten:
                self.forgotten = True
                self.changed()
            return
        if self.record.problem(str(error)):
            self.changed()

    def notice(self, sentence: str) -> None:
        """Describe the event stream with `sentence`; empty if all is well."""
        if sentence != self._stream_notice:
            self._stream_notice = sentence
            self.changed()

    async def _snapshot(self) -> Snapshot | None:
        """Return a new snapshot, or None after a failure that was noted."""
        try:
            return await self._server.client.snapshot(self.session_id)
        except (NotUnderstoodError, ServerRefusedError) as error:
            self.failed(error)
            return None
