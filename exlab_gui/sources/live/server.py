"""Watching one running server and its sessions by polling."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.connection_state import PollIntervals
from exlab_gui.sources.live.errors import NotUnderstoodError, ServerRefusedError
from exlab_gui.sources.live.observation import Observation, observe
from exlab_gui.sources.live.reconnect import Backoff, ReconnectingServer
from exlab_gui.sources.live.responses import Operation
from exlab_gui.sources.live.session import PollStamp
from exlab_gui.sources.live.source import LiveSource

MAX_SESSIONS = 10_000
"""Further sessions of one server are ignored."""


class LiveServer(ReconnectingServer):
    """The server at `address`, polled while `run` runs, without effect on other clients.

    `sources` holds every session that was ever observed, by its id, oldest first.
    """

    def __init__(
        self,
        address: Address,
        machine: StateMachine = CREATION_MACHINE,
        *,
        intervals: PollIntervals | None = None,
        locate: Callable[[], Address | None] | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        super().__init__(address, intervals or PollIntervals(), locate, backoff)
        self.machine = machine
        self.sources: dict[str, LiveSource] = {}

    async def find(self, session_id: str) -> LiveSource:
        """Return the session `session_id`, listed or not. Raises ServerError."""
        if session_id not in self.sources:
            asked = utc_now()
            snapshot = await self.client.snapshot(session_id)
            if session_id not in self.sources:
                self._add(session_id, observe(self.machine, snapshot), asked, None)
                self.sources[session_id].note_misunderstood(snapshot)
        return self.sources[session_id]

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        list_due = snapshots_due = loop.time()
        health_due = loop.time() + self.intervals.health_s
        while True:
            now = loop.time()
            if now >= list_due:
                await self._list()
                list_due = now + self.intervals.list_s
                self._backoff.reset()
            if now >= snapshots_due:
                await self._poll_shown()
                snapshots_due = now + self.intervals.session_s
            if now >= health_due:
                await self._check_health()
                health_due = now + self.intervals.health_s
            if await self._pause(min(list_due, snapshots_due) - loop.time()):
                list_due = snapshots_due = loop.time()

    async def _list(self) -> None:
        asked = {source.session_id: source.poll_stamp() for source in self.sources.values()}
        try:
            operations, misunderstood = await self.client.operations()
        except (NotUnderstoodError, ServerRefusedError) as error:
            self._report(str(error))
            return
        self._report(
            f"{misunderstood:,} entries of its list of sessions could not be understood."
            if misunderstood
            else ""
        )
        for operation in operations:
            await self._update(operation, asked.get(operation.id))
        if not self.listed:
            self.listed = True
            self.changed()
        listed = {operation.id for operation in operations}
        for source in list(self.sources.values()):
            if source.session_id not in listed and not (
                source.forgotten or source.listening or source.observed.is_over
            ):
                await source.refresh()

    async def _update(self, operation: Operation, asked: PollStamp | None) -> None:
        source = self.sources.get(operation.id)
        if source is None or asked is None:
            if source is None and len(self.sources) < MAX_SESSIONS:
                await self._discover(operation)
            return
        before, source.operation = source.operation, operation
        if operation != before:
            source.changed()
        if source.listening:
            return
        waits_for_other = (
            before is not None and before.suspended_reason != operation.suspended_reason
        )
        changed = operation.state != source.observed.state
        if waits_for_other or (changed and self._needs_snapshot(operation.state)):
            await source.refresh()
        else:
            source.take_observation(Observation(operation.state), asked)

    async def _discover(self, operation: Operation) -> None:
        asked = utc_now()
        snapshot = None
        if self._needs_snapshot(operation.state):
            try:
                snapshot = await self.client.snapshot(operation.id)
            except (NotUnderstoodError, ServerRefusedError) as error:
                self._report(str(error))
        if operation.id in self.sources:
            return
        if snapshot is None:
            self._add(operation.id, Observation(operation.state), asked, operation)
        else:
            self._add(operation.id, observe(self.machine, snapshot), asked, operation)
            self.sources[operation.id].note_misunderstood(snapshot)

    def _needs_snapshot(self, state: str) -> bool:
        """Return whether a snapshot has more than the list: a question, or the cause of the end."""
        return self.machine.awaits_input(state) or state in self.machine.terminal

    def _add(
        self,
        session_id: str,
        observation: Observation,
        asked: datetime,
        operation: Operation | None,
    ) -> None:
        source = LiveSource(self, self.machine, session_id, observation, asked, operation)
        self.sources[session_id] = source
        self.changed()

    async def _poll_shown(self) -> None:
        for source in list(self.sources.values()):
            if source.shown and not (source.listening or source.forgotten):
                await source.refresh()

    def _connection_changed(self) -> None:
        super()._connection_changed()
        for source in self.sources.values():
            source.changed()
