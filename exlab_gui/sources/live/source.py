"""One session of a running server, as a source."""

import asyncio
from datetime import datetime
from time import monotonic

from exlab_gui.core.clock import utc_now
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import Header, new_header
from exlab_gui.sources.commands import Cancel, Command, Listen, Resume
from exlab_gui.sources.live.listening.subscription import listen
from exlab_gui.sources.live.responses import Operation
from exlab_gui.sources.live.session import ObservedSession
from exlab_gui.sources.metadata import SessionInfo, Standing
from exlab_gui.sources.source import Listener, RefusedError, SourceTraits, Work

_OPENS_WITHIN_S = 0.5
"""So long a session waits for its event stream to open: that tells more than a poll meanwhile."""


class LiveSource(ObservedSession):
    """An observed session, with the commands that its server accepts.

    It is polled, which does not affect other clients; `Listen` reads its event stream. If `shown`,
    its snapshot is polled besides the list of sessions.
    """

    traits = SourceTraits(
        origin="live",
        short=phrase("Live"),
        title=phrase("Live session"),
        icon="live",
        commands=frozenset({Listen, Resume, Cancel}),
        refusal=phrase(
            "In a live session only ExLab-Wizard changes the state. Fork it to continue."
        ),
        is_archived=True,
    )

    closed = False
    listening = False
    _listener: asyncio.Task[None] | None = None
    _is_leaving = False
    _in_flight: type[Command] | None = None
    _stream_due = 0.0
    _named: tuple[Operation | None, tuple[str, ...]] | None = None

    @property
    def info(self) -> SessionInfo:
        operation = self.operation
        if self._named is None or self._named[0] is not operation:
            waits_for = (operation.suspended_reason or operation.plugin_name) if operation else None
            names = self._label, *self._names, waits_for
            self._named = operation, tuple(sanitize(name or "", MAX_NAME) for name in names)
        label, equipment, project, run, waits_for = self._named[1]
        return SessionInfo(
            label,
            equipment,
            project,
            run,
            waits_for=waits_for,
            server=self._server.url,
            connection=self._connection,
            standing=self._standing,
            seen=self._seen,
            health=self._server.health.lines if self._server.health else (),
            problems=self.observed.problems,
            reads_streams=None if self.is_by_result else self._server.reads_streams,
        )

    def now(self) -> datetime:
        """Return the time; it stands still while nothing is heard of the session.

        That is also so before the server counts as lost: this computer may have slept.
        """
        if self.observed.is_over:
            return utc_now()
        now = self._seen or min(utc_now(), self.observed.confirmed + self._server.patience)
        return max(now, self.arrivals[-1].at)

    def subscribe(self, listener: Listener) -> None:
        super().subscribe(listener)
        if self.closed:
            self.closed = False
            self._server.note_reopened(self.session_id)

    def close(self) -> None:
        super().close()
        self.closed = True
        self.shown = False
        self.note_unkept()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody shows or keeps it."""
        return not self.closed or self.keepers.is_observed

    @property
    def is_polled(self) -> bool:
        """Whether polls tell of it: not while its event stream does, or will in a moment."""
        return not self.streaming and not (self.listening and monotonic() < self._stream_due)

    def note_unkept(self) -> None:
        if not self.is_wanted:
            self._stop_listening()

    @property
    def _label(self) -> str:
        """Equipment, project and run as far as they are known, else the first part of the id."""
        return sanitize("/".join(filter(None, self._names)) or self.session_id[:8], MAX_NAME)

    @property
    def _standing(self) -> Standing:
        if self.observed.is_over and not self.listening:
            return Standing.CURRENT
        if self.forgotten:
            return Standing.FORGOTTEN
        if self._server.is_stopped:
            return Standing.DISCONNECTED
        if not self._server.connected:
            return Standing.LOST
        return Standing.TROUBLED if self._server.trouble else Standing.CURRENT

    @property
    def _seen(self) -> datetime | None:
        """When the server last told of the session, unless it still does."""
        current = self._standing in (Standing.CURRENT, Standing.TROUBLED)
        return None if current else self.observed.confirmed

    @property
    def _connection(self) -> str:
        if self.is_by_result:
            return phrase(
                "The session ended before it was seen, and is known from its result only. Which "
                "states it passed is not known."
            )
        if self.forgotten:
            return phrase(
                "The server was restarted and no longer knows this session. Its history is kept."
            )
        if self.observed.is_over and not self.listening:
            return phrase("The session is over: it is {state}.", state=self.observed.state)
        if not self._server.connected or self._server.trouble:
            return self._server.notice
        if self.listening:
            return self._stream_notice or self._server.stream_notice
        return phrase("Watching (polling; other listeners are not affected).")

    def _header(self) -> Header:
        return new_header(
            self.machine,
            self._label,
            self._server.url,
            self.arrivals[0].at,
            programs={"exlab-wizard": self._server.version} if self._server.version else None,
            session_id=None if self.is_by_result else self.session_id,
            request=self._request,
        )

    @property
    def _names(self) -> tuple[str, str, str]:
        """Equipment, project and run, as the server calls them; empty if unknown."""
        if (asked := self.operation) is None:
            return "", "", ""
        return asked.equipment_id or "", asked.project_short_id or "", asked.run_label or ""

    @property
    def _request(self) -> dict[str, str]:
        named = zip(("equipment_id", "project_short_id", "run_label"), self._names, strict=True)
        return {name: value for name, value in named if value}

    def _why_not_now(self, command: Command) -> str | None:
        if self.is_by_result:
            return self._connection
        if command == Listen(on=False):
            return None if self.listening else "Not listening to the session's event stream."
        if self.forgotten:
            return self._connection
        if not self._server.connected:
            return self._server.notice
        state = self.observed.state
        match command:
            case Listen() if self.listening:
                return "Already listening to the session's event stream."
            case Resume() | Cancel() if self._in_flight is not None:
                return "The server has not answered yet. Nothing is sent twice."
            case Resume() if not self.machine.awaits_input(state):
                return phrase("The session does not wait for input: it is in {state}.", state=state)
            case Resume() if self.observed.answered:
                return "The server has the answers, but the session has not resumed yet."
            case Cancel() if self.observed.is_over:
                return phrase("The session is over: it is {state}.", state=state)
        return None

    def _carry_out(self, command: Command) -> Work | None:
        """Do what `send` promises; the work raises ServerError."""
        match command:
            case Listen(on=True):
                self.listening, self._stream_due = True, monotonic() + _OPENS_WITHIN_S
                return self._listen()
            case Listen():
                self._stop_listening()
            case Resume() | Cancel():
                self._in_flight = type(command)
                return self._steer(command)
        return None

    def _stop_listening(self) -> None:
        self.listening = False
        if self._listener is not None and not self._is_leaving:
            self._is_leaving = True
            self._listener.cancel()

    async def _listen(self) -> None:
        while self._listener is not None:  # two at a time would take each other's events
            await asyncio.wait({self._listener})
        if not self.listening:
            return
        self._listener, self._is_leaving = asyncio.current_task(), False
        try:
            await listen(lambda: self._server.client.address, self)
        finally:
            self._listener, self.streaming = None, False
            if not self._is_leaving:
                self.listening = False
            self._stream_notice = ""
            self.changed()

    async def _steer(self, command: Resume | Cancel) -> None:
        try:
            match command:
                case Resume():
                    await self._resume(command)
                case Cancel(discard_files):
                    client = self._server.client
                    await client.cancel(self.session_id, discard_files=discard_files)
                    self.observed.note_cancel(discard_files=discard_files)
        finally:
            self._in_flight = None
            self._server.wake()
            self.changed()

    async def _resume(self, command: Resume) -> None:
        # A session that does not wait would answer with an internal error and drop the connection.
        asked = self.poll_stamp()
        snapshot = await self._snapshot()
        if snapshot is None:
            raise RefusedError(
                self._connection
                if self.forgotten
                else phrase("The server did not report its state.")
            )
        if not self.machine.awaits_input(snapshot.state):
            self.take_snapshot(snapshot, asked)
            raise RefusedError(
                phrase(
                    "The session no longer waits for input: it is in {state}.", state=snapshot.state
                )
            )
        await self._server.client.resume(self.session_id, command.answers)
        self._answered_at = utc_now()
        self.observed.note_answers(command.answers)
