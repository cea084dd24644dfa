"""The connection to one running server as it stands, and its health; `reconnect` makes it anew."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from exlab_gui.core.clock import EARLIEST, utc_now
from exlab_gui.core.text.translation import joined, phrase
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.listening.readers import has_no_other_reader
from exlab_gui.sources.live.polling.intervals import REMOTE_S, PollIntervals
from exlab_gui.sources.source import Observable

if TYPE_CHECKING:
    from exlab_gui.sources.live.responses import Health


SHARED_FOR = timedelta(minutes=1)
"""So long after the last sign of another program that takes events, it counts as gone."""


class Connection(Observable):
    """The state of the connection to the server at `address`, and its client.

    It is `connected` if the last request got a response, and `listed` if the server has listed its
    sessions since then. `problems` keeps a sentence for each failure.

    With `streams`, it reads the event streams of its sessions, too; None is the default: if that is
    known to take events from nobody.
    """

    def __init__(
        self, address: Address, intervals: PollIntervals, streams: bool | None = False
    ) -> None:
        super().__init__()
        self.intervals = intervals
        self.client = Client(address, intervals.timeout_s)
        self.health: Health | None = None
        self.connected = False
        self.listed = False
        self.problems: list[str] = []
        self.streams = streams
        self.shares_streams = False
        self.last_listed = EARLIEST
        self._shared_at = EARLIEST
        self._problem = ""
        self._stopped = False
        self._wake = asyncio.Event()

    @property
    def url(self) -> str:
        return self.client.address.url

    @property
    def version(self) -> str | None:
        return self.health.version if self.health else None

    @property
    def notice(self) -> str:
        """The state of the connection and of the server, in words."""
        if self.connected and self.health is not None:
            connected = phrase(
                "Connected to ExLab-Wizard {version} at {url}.",
                version=self.health.version,
                url=self.url,
            )
            problem = self._problem[:1].upper() + self._problem[1:]  # the server's own words
            if not self.health.is_set_up:  # what it refuses then is told with that
                problem = ""
            return joined(filter(None, (connected, *self.health.concerns, problem)))
        if self._stopped:
            return phrase("Disconnected from {url}. Its sessions are kept.", url=self.url)
        if not self._problem:
            return phrase("Connecting to {url}…", url=self.url)
        return phrase("{problem} Reconnecting…", problem=self._problem)

    @property
    def reads_streams(self) -> bool:
        """Whether the event streams of its sessions are read, not only polled."""
        if self.streams is not None:
            return self.streams
        return self.client.address.is_local and has_no_other_reader(self.version or "")

    @property
    def reading_notice(self) -> str:
        """Whether event streams are read, in words."""
        if self.shares_streams:
            return self.stream_notice
        if not self.reads_streams:
            return phrase("Polling only; other listeners are not affected.")
        if self.streams is None:
            return phrase(
                "Reading event streams, which ExLab-Wizard {version} itself does not read.",
                version=self.version,
            )
        return phrase("Reading event streams; other listeners stop receiving them.")

    @property
    def stream_notice(self) -> str:
        """What is to be said of a session to whose event stream this program listens."""
        if self.shares_streams:
            return phrase(
                "Another program listens to event streams of this server, or did until just "
                "now: each event reaches only one of you. What is missing here is polled."
            )
        if self.streams is None and self.reads_streams:
            return phrase(
                "Listening to the session's event stream, which ExLab-Wizard {version} itself does "
                "not read.",
                version=self.version,
            )
        return phrase("Listening to the session's event stream.")

    def note_shared_stream(self) -> None:
        """Note that a session goes on while its event stream is silent, or skips states."""
        self._shared_at = utc_now()
        if not self.shares_streams:
            self.shares_streams = True
            self._parts_changed()

    def note_reopened(self, session_id: str) -> None:
        """Note that the closed session `session_id` is shown again."""

    @property
    def patience(self) -> timedelta:
        """The longest time between two answers of a server that is not lost."""
        intervals = self.intervals
        return timedelta(seconds=intervals.timeout_s + max(intervals.list_s or 0.0, REMOTE_S))

    @property
    def trouble(self) -> str:
        """The `notice` if the server does not answer, or not as it should; else nothing."""
        concerns = self.connected and self.health is not None and self.health.concerns
        return self.notice if not self._stopped and (self._problem or concerns) else ""

    @property
    def is_stopped(self) -> bool:
        """Whether the user disconnected."""
        return self._stopped

    def move_to(self, address: Address) -> None:
        """Use `address` from now on, perhaps with other credentials; no request may be pending."""
        self.client = Client(address, self.intervals.timeout_s)

    def wake(self) -> None:
        """Poll, or try to connect, at once."""
        self._wake.set()

    def _report(self, why: str) -> None:
        """Report and keep a failure; an empty `why` ends it."""
        if self.shares_streams and utc_now() - self._shared_at > SHARED_FOR:
            self.shares_streams = False
            self._parts_changed()
        if why != self._problem:
            self._problem = why
            if why:
                self.problems.append(why)
            self._connection_changed()

    def _parts_changed(self) -> None:
        """Tell who shows the parts of the server."""
        self.changed()

    def _connection_changed(self) -> None:
        """Tell everyone who shows the connection."""
        self.changed()

    async def _pause(self, seconds: float) -> bool:
        """Wait, and return whether `wake` ended the wait."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._wake.wait()
        woken = self._wake.is_set()
        self._wake.clear()
        return woken
