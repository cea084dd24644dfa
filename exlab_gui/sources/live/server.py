"""Watching one running server and its sessions by polling."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from exlab_gui.core.clock import utc_now
from exlab_gui.core.limits import LISTED_SESSIONS
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.commands import Listen
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.endings.endings import Endings
from exlab_gui.sources.live.errors import LostError, NotUnderstoodError, ServerRefusedError
from exlab_gui.sources.live.listening.listeners import Listeners
from exlab_gui.sources.live.observation import Observation, needs_snapshot, observe
from exlab_gui.sources.live.polling.intervals import LATELY, PollIntervals
from exlab_gui.sources.live.polling.missed import Missed, MissedSessions
from exlab_gui.sources.live.polling.shortcomings import shortcomings
from exlab_gui.sources.live.polling.slices import LONG_SLICE_S, Batches, SlicedCalls, Slices
from exlab_gui.sources.live.reconnect import Backoff, ReconnectingServer
from exlab_gui.sources.live.responses import Listing, Operation, is_usable_id
from exlab_gui.sources.live.session import UNKNOWN_STATUS, PollStamp
from exlab_gui.sources.live.source import LiveSource


class LiveServer(ReconnectingServer):
    """The server at `address`, polled while `run` runs, without effect on other clients.

    `sources` holds the sessions that were observed, by their ids, oldest first. Those that ended
    before they were listed are added afterwards, as known from their results. With
    `listen_only_to`, only the event stream of that session is ever read.
    """

    def __init__(
        self,
        address: Address,
        machine: StateMachine = CREATION_MACHINE,
        *,
        intervals: PollIntervals | None = None,
        locate: Callable[[], Address | None] | None = None,
        backoff: Backoff | None = None,
        streams: bool | None = False,
        listen_only_to: str | None = None,
    ) -> None:
        super().__init__(address, intervals or PollIntervals(), locate, backoff, streams)
        self.machine = machine
        self.sources: dict[str, LiveSource] = {}
        self._open: dict[str, LiveSource] = {}  # those that may still change
        self._endings = Endings()
        self._streams = Listeners(listen_only_to)
        self._listing: Listing | None = None
        self._listed_ids: set[str] = set()
        self._missed = MissedSessions()
        self._news = SlicedCalls()
        self._found = Batches(self.changed)
        self._changed_at = 0.0
        self._lists_took_s = deque[float](maxlen=LATELY)

    async def find(self, session_id: str) -> LiveSource:
        """Return the session `session_id`, listed or not. Raises ServerError."""
        if session_id not in self.sources:
            if not is_usable_id(session_id):
                raise ServerRefusedError(
                    phrase("{id} is not the id of a session.", id=session_id),
                    UNKNOWN_STATUS,
                )
            asked = utc_now()
            snapshot = await self.client.snapshot(session_id)
            if session_id not in self.sources:
                self._add(session_id, observe(self.machine, snapshot), asked, None)
                self._found.flush()
                self.sources[session_id].note_misunderstood(snapshot)
        return self.sources[session_id]

    def choose_streams(self, streams: bool | None) -> None:
        """Read the event streams of all sessions from now on, or of none."""
        self.streams, self.shares_streams = streams, False
        if self.reads_streams:
            self._streams.add(self._open.values())
        else:
            for source in self.sources.values():
                if source.listening:
                    source.send(Listen(on=False))
        self._connection_changed()

    def note_reopened(self, session_id: str) -> None:
        source = self.sources.get(session_id)
        if self.reads_streams and source is not None:
            self._streams.add([source])

    def is_complete(self, source: LiveSource) -> bool:
        """Return whether nothing more is to be learnt of the session."""
        return source.forgotten or self._endings.is_explained(source)

    async def _watch(self) -> None:
        if self.reads_streams:
            self._streams.add(self._open.values())
        try:
            # Slow answers about what is over must not keep the list waiting: sessions live 60 ms.
            async with asyncio.TaskGroup() as beside:
                beside.create_task(self._search())
                await self._poll(beside)
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None

    async def _poll(self, beside: asyncio.TaskGroup) -> None:
        loop = asyncio.get_running_loop()
        list_due = snapshots_due = self._changed_at = loop.time()
        health_due = loop.time() + self.intervals.health_s
        explaining = checking = None
        while True:
            now = loop.time()
            self._streams.go_on()
            if now >= list_due:
                trouble = self._problem
                await self._list()
                if bool(self._problem) != bool(trouble):
                    health_due = now  # the setup may have changed
                list_due = now + self._list_interval(loop.time())
                self._backoff.reset()
            if now >= snapshots_due:
                await self._poll_shown()
                snapshots_due = now + self.intervals.session_s
            if self._endings.are_due and (explaining is None or explaining.done()):
                explaining = beside.create_task(self._endings.explain(self.client))
            if now >= health_due and (checking is None or checking.done()):
                checking = beside.create_task(self._check_health())
                health_due = now + self.intervals.health_s
            if await self._pause(min(list_due, snapshots_due) - loop.time()):
                list_due = snapshots_due = loop.time()

    async def _end(self) -> None:
        await self._streams.stop()

    def _list_interval(self, now: float) -> float:
        return self.intervals.list_interval(
            is_local=self.client.address.is_local,
            since_change_s=now - self._changed_at,
            took_s=self._lists_took_s,
        )

    async def _list(self) -> None:
        now = utc_now()
        asked = {key: PollStamp(now, len(one.observed.arrivals)) for key, one in self._open.items()}
        try:
            asked_at = asyncio.get_running_loop().time()
            listing = await self.client.operations()
            self._lists_took_s.append(asyncio.get_running_loop().time() - asked_at)
        except (NotUnderstoodError, ServerRefusedError) as error:
            self._report(str(error))
            return
        self.last_listed = utc_now()
        self._report(shortcomings(listing))
        if listing is not self._listing:
            self._changed_at = asyncio.get_running_loop().time()
            self._listed_ids = {operation.id for operation in listing.operations}
            await self._take(listing.operations, asked)
            self._listing = listing  # now that all of it was taken
        else:
            listed = (self._open[key].operation for key in asked if key in self._listed_ids)
            await self._take([known for known in listed if known is not None], asked)
        self._let_go()
        if not self.listed:
            await asyncio.sleep(0)  # to show one of very many takes long
            self.listed = True
            self.changed()
        await self._refresh_unlisted()

    async def _take(self, listed: Sequence[Operation], asked: Mapping[str, PollStamp]) -> None:
        """Take in what is `listed`: mostly the same as before, which is noted at once."""
        slices = Slices(LONG_SLICE_S)
        for operation in listed:
            source, stamp = self.sources.get(operation.id), asked.get(operation.id)
            if source is None or stamp is None or not source.is_listed_as_before(operation, stamp):
                await self._update(operation, stamp)
            await slices.pause()
        self._found.flush()

    def _let_go(self) -> None:
        """Forget what was closed, is not listed any more, and can tell nothing more."""
        closed = [one for one in self.sources.values() if one.closed and self.is_complete(one)]
        gone = [one for one in closed if one.session_id not in self._listed_ids]
        for source in gone:
            self._missed.forget(source)
            del self.sources[source.session_id]
            self._open.pop(source.session_id, None)
        if gone:
            self.changed()

    async def _refresh_unlisted(self) -> None:
        """Poll the sessions that may go on, but are not listed."""
        terminal = self.machine.terminal
        for session_id, source in list(self._open.items()):
            is_listed = session_id in self._listed_ids
            if is_listed and not source.forgotten and source.listed_state not in terminal:
                continue
            if source.forgotten or source.observed.is_over:
                del self._open[session_id]
            elif not is_listed:
                source.listed_state = None
                if source.is_polled:
                    await source.refresh()

    async def _update(self, operation: Operation, asked: PollStamp | None) -> None:
        source = self.sources.get(operation.id)
        if source is None:
            if len(self.sources) < LISTED_SESSIONS:
                await self._discover(operation)
            return
        before, source.operation = source.operation, operation
        if operation != before:
            source.changed()
            self._open[operation.id] = source
        source.listed_state = operation.state
        if asked is None:
            return
        if not source.is_polled:
            source.confirm(operation.state, asked)
            return
        waits_anew = before is not None and before.suspended_reason != operation.suspended_reason
        changed = operation.state != source.observed.state
        if waits_anew or (changed and needs_snapshot(self.machine, operation.state)):
            self._found.flush()
            await source.refresh()
        else:
            source.take_observation(Observation(operation.state), asked)

    async def _discover(self, operation: Operation) -> None:
        asked = utc_now()
        snapshot = None
        if needs_snapshot(self.machine, operation.state):
            self._found.flush()  # that may take long
            try:
                snapshot = await self.client.snapshot(operation.id)
            except (NotUnderstoodError, ServerRefusedError) as error:
                self._report(str(error))
        if operation.id in self.sources:
            return
        observed = observe(self.machine, snapshot) if snapshot else Observation(operation.state)
        self._add(operation.id, observed, asked, operation)
        if snapshot is not None:
            self.sources[operation.id].note_misunderstood(snapshot)

    def _add(
        self,
        session_id: str,
        observation: Observation,
        asked: datetime,
        operation: Operation | None,
        *,
        made_after: datetime | None = None,
    ) -> None:
        source = LiveSource(
            self, self.machine, session_id, observation, asked, operation, made_after=made_after
        )
        self.sources[session_id] = self._open[session_id] = source
        self._endings.add(source)
        if self.reads_streams:
            self._streams.add([source])
        self._found.note()

    async def _search(self) -> None:
        loop, before_s = asyncio.get_running_loop(), 0.0
        while True:
            began = loop.time()
            with suppress(LostError):  # the list tells whether the server is lost
                for missed in await self._missed.look(self.client, self.sources.values()):
                    self._add_missed(missed)
            if not self._missed.has_more:
                took_s = loop.time() - began
                usual_s, before_s = min(took_s, before_s), took_s  # one may have been held up
                is_local = self.client.address.is_local
                await asyncio.sleep(self.intervals.look_interval(is_local=is_local, took_s=usual_s))

    def _add_missed(self, missed: Missed) -> None:
        operation = missed.operation
        if operation.id not in self.sources and len(self.sources) < LISTED_SESSIONS:
            self._changed_at = asyncio.get_running_loop().time()
            observation = missed.observation(self.machine)
            self._add(operation.id, observation, missed.at, operation, made_after=missed.after)
            self._found.flush()

    async def _poll_shown(self) -> None:
        for source in list(self.sources.values()):
            if source.shown and source.is_polled and not (source.forgotten or source.is_by_result):
                await source.refresh()

    def _parts_changed(self) -> None:
        super()._parts_changed()
        for source in self.sources.values():
            if source.shown:
                source.changed()

    def _connection_changed(self) -> None:
        super()._connection_changed()
        shown_first = sorted(self.sources.values(), key=lambda source: not source.shown)
        self._news.begin(source.changed for source in shown_first)
