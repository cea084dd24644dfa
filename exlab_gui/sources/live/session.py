"""A session of a running server, observed by snapshots and by its event stream."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event, Mark
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.connection_state import Connection
from exlab_gui.sources.live.errors import NotUnderstoodError, ServerError, ServerRefusedError
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.observation import Observation, observe
from exlab_gui.sources.live.responses import Operation, Snapshot
from exlab_gui.sources.source import SessionSource

SETTLE = timedelta(seconds=1)
"""A session that still waits so long after it took answers is asking the same question again."""

_FRESH = timedelta(seconds=2)
"""A list that is not older tells of the present."""

UNKNOWN_STATUS = 404


class PollStamp(NamedTuple):
    """The time of a request, and the number of events known at that time."""

    at: datetime
    known: int


class ObservedSession(SessionSource):
    """The session `session_id` of a server, as far as it was observed.

    It is `shown` if somebody looks at it, and `forgotten` if the server no longer knows it after a
    restart; its history is kept.
    """

    shown = False

    def __init__(
        self,
        server: Connection,
        machine: StateMachine,
        session_id: str,
        first: Observation,
        at: datetime,
        operation: Operation | None = None,
        *,
        made_after: datetime | None = None,
    ) -> None:
        super().__init__()
        self.session_id = session_id
        self.machine = machine
        self.operation = operation
        self.forgotten = False
        self.streaming = False
        """Whether its event stream is open: it is not polled then."""
        self.listed_state: str | None = None
        """Its state in the list of sessions, if it is on it."""
        self.observed = ObservedHistory(
            machine, first, at, operation.started if operation else None, made_after=made_after
        )
        self._server = server
        self._stream_notice = ""
        self._answered_at: datetime | None = None
        self._unconfirmed: Observation | None = None

    @property
    def history(self) -> Sequence[Event]:  # type: ignore[override]  # it is made of the arrivals
        return self.observed.history

    @property
    def arrivals(self) -> Sequence[Event]:
        return self.observed.arrivals

    def as_arrived(self, _entered: Event) -> Event:
        return self.observed.last_entry

    @property
    def is_by_result(self) -> bool:
        """Whether it is known from its result only, and not by its server's id."""
        return self.arrivals[0].mark is Mark.RESULT

    @property
    def is_settled(self) -> bool:
        """Whether its state can change no more."""
        return self.forgotten or self.observed.is_over

    def poll_stamp(self) -> PollStamp:
        return PollStamp(utc_now(), len(self.arrivals))

    async def refresh(self, *, exact: bool = False) -> None:
        """Poll the session once. Raises LostError.

        `exact`: the stream has sent all it had.
        """
        asked = self.poll_stamp()
        if (snapshot := await self._snapshot()) is not None:
            self.take_snapshot(snapshot, asked, exact=exact)

    async def compare(self) -> None:
        """Poll the session while the stream is silent; take only what two polls tell alike.

        A difference at the first may still be on its way in the stream, which tells more of it. If
        the list tells the same as the stream, nothing is polled but the session that is shown.
        """
        is_listed_now = utc_now() - self._server.last_listed < _FRESH
        if is_listed_now and self.listed_state == self.observed.state and not self.shown:
            self._unconfirmed = None
            return
        asked = self.poll_stamp()
        if (snapshot := await self._snapshot()) is None:
            return
        observation = observe(self.machine, snapshot)
        unconfirmed, self._unconfirmed = self._unconfirmed, observation
        is_new = self.observed.differs(observation)
        if observation == unconfirmed and is_new and self._is_sent(observation.state):
            self._server.note_shared_stream()
        if observation == unconfirmed or not is_new:
            self.take_snapshot(snapshot, asked)

    def confirm(self, state: str, asked: PollStamp) -> None:
        """Note that the list told the same state as the stream, if it did."""
        if asked.known == len(self.arrivals) and state == self.observed.state:
            self.observed.confirm(asked.at)

    def is_listed_as_before(self, operation: Operation, asked: PollStamp) -> bool:
        """Return whether the list tells nothing new of it; if so, note that it is confirmed."""
        observed = self.observed
        if (
            operation != self.operation
            or operation.state != observed.state
            or self.forgotten
            or observed.answered
        ):
            return False
        self.operation, self.listed_state = operation, operation.state
        if asked.known == len(self.arrivals):
            observed.confirm(asked.at)
        return True

    def take_snapshot(self, snapshot: Snapshot, asked: PollStamp, *, exact: bool = False) -> None:
        self.note_misunderstood(snapshot)
        self.take_observation(observe(self.machine, snapshot), asked, exact=exact)

    def note_misunderstood(self, snapshot: Snapshot) -> None:
        """Note each part of `snapshot` that does not have the shape of the contract."""
        count = len(self.observed.problems)
        for name in snapshot.misunderstood:
            self.observed.add_problem(
                phrase("The server's {part} could not be understood.", part=name)
            )
        if len(self.observed.problems) > count:
            self.changed()

    def take_observation(
        self, observation: Observation, asked: PollStamp, *, exact: bool = False
    ) -> None:
        """Take a polled state; `asked` is the stamp of its request.

        If anything else came in since, the response is outdated: the next one will tell.
        """
        observed, at = self.observed, utc_now()
        if asked.known != len(self.arrivals):
            return
        if observed.answered and self._answered_at and not observed.differs(observation):
            # At first the server goes on saying that it waits: that is not yet the next question.
            if asked.at - self._answered_at > SETTLE:
                observed.take_repeated_question(at)
                self.changed()
            return
        was_forgotten, self.forgotten = self.forgotten, False
        if observed.take_observation(observation, asked.at, at, exact=exact) or was_forgotten:
            self.changed()

    def take_messages(self, messages: Sequence[bytes]) -> None:
        """Take messages of the event stream, in the order in which they came."""
        self._unconfirmed, at = None, utc_now()
        for message in messages:
            self.observed.take_message(message, at)
        if self.observed.misses_messages:
            self._server.note_shared_stream()
        self.changed()

    def take_explanation(self, explained: Explained) -> None:
        """Take what was found out about the session's end, if anything."""
        if explained != Explained():
            self.observed.add_explanation(explained)
        self.changed()

    def note_loss(self) -> None:
        """Note that messages of the stream may be lost."""
        self.observed.note_loss()

    def take_failure(self, error: ServerError) -> None:
        """Take the failure of a request about this session alone."""
        if isinstance(error, ServerRefusedError) and error.status == UNKNOWN_STATUS:
            if not self.forgotten:
                self.forgotten = True
                self.changed()
            return
        if self.observed.add_problem(str(error)):
            self.changed()

    def note_stream(self) -> None:
        """Note that the event stream is open."""
        self.streaming = True
        self._stream_notice = ""
        self.changed()

    def note_broken_stream(self, sentence: str) -> None:
        """Note that the event stream is not open, and why; polls tell of the session meanwhile."""
        self.streaming = False
        if self._server.connected:
            self._server.wake()  # it may be lost as well; one that is has its own pace
        if sentence != self._stream_notice:
            self._stream_notice = sentence
            self.changed()

    def _is_sent(self, state: str) -> bool:
        """Return whether a server sends a message when a session enters `state`."""
        return self.machine.emits(state) in ("phase", "input_required", "done")

    async def _snapshot(self) -> Snapshot | None:
        """Return a new snapshot, or None after a failure that was noted."""
        try:
            return await self._server.client.snapshot(self.session_id)
        except (NotUnderstoodError, ServerRefusedError) as error:
            self.take_failure(error)
            return None
