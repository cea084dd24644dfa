"""One session of a running server, behind the same seam as a simulated or a recorded one."""

import asyncio
from datetime import datetime, timedelta
from typing import NamedTuple

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.session import utc_now
from exlab_gui.core.text.describe import one_line
from exlab_gui.core.trace import Header, new_header
from exlab_gui.core.trace.header import MAX_NAME
from exlab_gui.sources.commands import Cancel, Command, Listen, Resume
from exlab_gui.sources.live.errors import NotUnderstoodError, ServerError, ServerRefusedError
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.host import Host
from exlab_gui.sources.live.observation import Observation, sight_of
from exlab_gui.sources.live.responses import Operation, Snapshot
from exlab_gui.sources.live.subscription import listen
from exlab_gui.sources.metadata import SessionInfo, info_of
from exlab_gui.sources.source import RefusedError, SessionSource, SourceTraits, Work

SETTLE = timedelta(seconds=1)
"""A session that took answers and still waits after this time has been asked the same again."""

UNKNOWN_STATUS = 404


class PollStamp(NamedTuple):
    """A question on its way: when it was asked, and how many events were known then."""

    at: datetime
    known: int


class LiveSource(SessionSource):
    """The session `session_id` of a server, as far as it was seen and heard.

    Watched by polling, which disturbs nobody; `Listen` reads its event stream. `shown`: its own
    snapshot is polled, besides the list of all sessions. A `forgotten` session is one that the
    server no longer knows since it was restarted; what was seen of it stays.
    """

    traits = SourceTraits(
        origin="live",
        icon="live",
        commands=frozenset({Listen, Resume, Cancel}),
        refusal="This is a live session: only ExLab-Wizard moves it. Fork it to go on by hand.",
    )

    def __init__(
        self,
        host: Host,
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
        self.shown = False
        self.forgotten = False
        self.record = ObservedHistory(machine, first, at, operation.started if operation else None)
        self.history = self.record.history
        self._host = host
        self._listening = False
        self._listener: asyncio.Task[None] | None = None
        self._stream_notice = ""
        self._in_flight: type[Command] | None = None
        self._answered_at: datetime | None = None
        self._doubt: Observation | None = None

    @property
    def info(self) -> SessionInfo:
        """What the server's list of sessions tells, and how the session is followed."""
        operation = self.operation
        waits_for = (operation.suspended_reason or operation.plugin_name) if operation else None
        return info_of(self._label, self._request)._replace(
            server=self._host.url,
            waits_for=one_line(waits_for or "", MAX_NAME),
            connection=self._connection,
            problems=self.record.problems,
        )

    @property
    def listening(self) -> bool:
        """Whether the session's event stream is read."""
        return self._listening

    def close(self) -> None:
        """Take no more notice of the session; no listener is called any more."""
        super().close()
        self.shown = False
        self._stop_listening()

    def asking(self) -> PollStamp:
        """Return what is to be said of a question that is asked now."""
        return PollStamp(utc_now(), len(self.history))

    async def refresh(self, *, exact: bool = False) -> None:
        """Ask the server how the session stands, and take that in.

        `exact`: the stream has told everything that it had to tell. Raises LostError.
        """
        asked = self.asking()
        if (snapshot := await self._snapshot()) is not None:
            self.saw(snapshot, asked, exact=exact)

    async def compare(self) -> None:
        """Ask as `refresh` does, while the stream is silent: take in what holds a second time.

        What differs at first may be on its way through the stream, which tells more of it.
        """
        asked = self.asking()
        if (snapshot := await self._snapshot()) is None:
            return
        sight = sight_of(self.machine, snapshot)
        doubted, self._doubt = self._doubt, sight
        if sight == doubted or not self.record.differs(sight):
            self.saw(snapshot, asked)

    def saw(self, snapshot: Snapshot, asked: PollStamp, *, exact: bool = False) -> None:
        """Take in a snapshot that was asked for with `asked`."""
        for name in snapshot.misunderstood:
            self.record.problem(f"The server's {name} could not be understood.")
        self.saw_state(sight_of(self.machine, snapshot), asked, exact=exact)

    def saw_state(self, sight: Observation, asked: PollStamp, *, exact: bool = False) -> None:
        """Take in the state that the server tells; `asked` says when it was asked for it.

        Where something else came in since, the answer is old by now: the next one will tell.
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
        """Take in a message of the event stream."""
        self._doubt = None
        self.record.heard(message, utc_now())
        self.changed()

    def failed(self, error: ServerError) -> None:
        """Take in that a question about this session alone came to nothing."""
        if isinstance(error, ServerRefusedError) and error.status == UNKNOWN_STATUS:
            if not self.forgotten:
                self.forgotten = True
                self.changed()
            return
        if self.record.problem(str(error)):
            self.changed()

    def notice(self, sentence: str) -> None:
        """Say of the event stream what `sentence` says; nothing where it is empty."""
        if sentence != self._stream_notice:
            self._stream_notice = sentence
            self.changed()

    @property
    def _label(self) -> str:
        """Equipment, project and run, as far as the server names them, else the id's beginning."""
        return one_line("/".join(self._request.values()) or self.session_id[:8], MAX_NAME)

    @property
    def _connection(self) -> str:
        if self.forgotten:
            return (
                "The server was restarted and has forgotten this session. "
                "What was seen of it is kept."
            )
        if self.record.is_over and not self._listening:
            return f"The session is over: it is {self.record.state}."
        if not self._host.connected:
            return self._host.notice
        if self._listening:
            return self._stream_notice or "Listening to the session's events."
        return "Watching, without disturbing anybody."

    def _header(self) -> Header:
        return new_header(
            self.machine,
            self._label,
            self._host.url,
            self.history[0].at,
            programs={"exlab-wizard": self._host.version} if self._host.version else None,
            session_id=self.session_id,
            request=self._request,
        )

    @property
    def _request(self) -> dict[str, str]:
        """What the server's list says that the session makes, as far as it says it."""
        names = ("equipment_id", "project_short_id", "run_label")
        told = {name: getattr(self.operation, name, None) for name in names}
        return {name: value for name, value in told.items() if value}

    def _why_not_now(self, command: Command) -> str | None:
        if command == Listen(on=False):
            return None if self._listening else "The session's events are not listened to."
        if self.forgotten:
            return self._connection
        if not self._host.connected:
            return self._host.notice
        state = self.record.state
        match command:
            case Listen() if self._listening:
                return "The session's events are being listened to already."
            case Resume() | Cancel() if self._in_flight is not None:
                return "The server has not answered yet. Nothing is sent twice."
            case Resume() if not self.machine.awaits_input(state):
                return f"The session does not wait for input: it is in {state}."
            case Resume() if self.record.answered:
                return "The server has the answers. It has not gone on yet."
            case Cancel() if self.record.is_over:
                return f"The session is over: it is {state}."
        return None

    def _carry_out(self, command: Command) -> Work | None:
        """Do what `command` says; the work raises ServerError if the server cannot be used."""
        match command:
            case Listen(on=True):
                self._listening = True
                return self._listen()
            case Listen():
                self._stop_listening()
            case Resume() | Cancel():
                self._in_flight = type(command)
                return self._steer(command)
        return None

    def _stop_listening(self) -> None:
        self._listening = False
        if self._listener is not None:
            self._listener.cancel()

    async def _snapshot(self) -> Snapshot | None:
        """Return what the server tells, or None, having taken note, where that is no snapshot."""
        try:
            return await self._host.client.snapshot(self.session_id)
        except (NotUnderstoodError, ServerRefusedError) as error:
            self.failed(error)
            return None

    async def _listen(self) -> None:
        if not self._listening:
            return
        self._listener = asyncio.current_task()
        try:
            await listen(self._host.client.address, self)
        finally:
            self._listener = None
            self._listening = False
            self._stream_notice = ""
            self.changed()

    async def _steer(self, command: Resume | Cancel) -> None:
        try:
            if isinstance(command, Resume):
                await self._resume(command)
            else:
                await self._host.client.cancel(self.session_id, discard_files=command.discard_files)
                self.record.took_cancel(discard_files=command.discard_files)
        finally:
            self._in_flight = None
            self._host.wake()
            self.changed()

    async def _resume(self, command: Resume) -> None:
        # A session that does not wait would answer with an internal error and drop the connection.
        asked = self.asking()
        snapshot = await self._snapshot()
        if snapshot is None:
            raise RefusedError(
                self._connection if self.forgotten else "The server did not tell how it stands."
            )
        if not self.machine.awaits_input(snapshot.state):
            self.saw(snapshot, asked)
            raise RefusedError(
                f"The session does not wait for input any more: it is in {snapshot.state}."
            )
        await self._host.client.resume(self.session_id, command.answers)
        self._answered_at = utc_now()
        self.record.took_answers(command.answers)
