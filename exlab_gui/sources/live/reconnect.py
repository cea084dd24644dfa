"""Reconnecting to a server: with exponential backoff, and where it is by then."""

import random
from abc import ABC, abstractmethod
from collections.abc import Callable

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.connection_state import Connection
from exlab_gui.sources.live.errors import ServerError
from exlab_gui.sources.live.polling.intervals import PollIntervals

FIRST_S = 0.25
LONGEST_S = 15.0


class Backoff:
    """Exponential backoff with jitter, from `first_s` up to `longest_s` seconds.

    Each delay is between half and all of the nominal one, so that many clients of a restarted
    server do not all connect at once. `rng` gives the jitter.
    """

    def __init__(
        self,
        rng: random.Random | None = None,
        first_s: float = FIRST_S,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._rng = rng or random.Random()
        self._first_s = self._delay_s = first_s
        self._longest_s = longest_s

    def next_s(self) -> float:
        """Return the seconds to wait now, and double the next delay."""
        delay_s = self._delay_s
        self._delay_s = min(delay_s * 2, self._longest_s)
        return delay_s * self._rng.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Start again with the shortest delay, after a success."""
        self._delay_s = self._first_s


class ReconnectingServer(Connection, ABC):
    """A connection to a server that `run` makes, watches, and makes again when it is lost.

    `locate` returns the current address before each attempt to connect, since a restart changes the
    port; None keeps the old one.
    """

    def __init__(
        self,
        address: Address,
        intervals: PollIntervals,
        locate: Callable[[], Address | None] | None = None,
        backoff: Backoff | None = None,
        streams: bool | None = False,
    ) -> None:
        super().__init__(address, intervals, streams)
        self._locate = locate
        self._backoff = backoff or Backoff()

    async def run(self) -> None:
        """Connect, watch, and reconnect until cancelled; after that it can be run again."""
        self._stopped = False
        try:
            while True:
                try:
                    await self._connect()
                    await self._watch()
                except ServerError as error:
                    self._set_lost(str(error))
                # A server that is lost again as soon as it was found is not asked all the time.
                await self._pause(self._backoff.next_s())
        finally:
            self._stopped = True
            self._set_lost("")
            await self._end()
            await self.client.close()

    async def _end(self) -> None:
        """End what uses the connection, before it is closed."""

    @abstractmethod
    async def _watch(self) -> None:
        """Watch the server as long as it answers. Raises ServerError."""

    async def _connect(self) -> None:
        address = (self._locate() if self._locate else None) or self.client.address
        if address != self.client.address:
            await self.client.close()
            self.move_to(address)
        await self._check_health()
        self.connected = True
        self._problem = ""
        self._connection_changed()

    async def _check_health(self) -> None:
        before, self.health = self.health, await self.client.health()
        if before is None or self.health.concerns != before.concerns:
            self._connection_changed()
        elif self.health != before:
            self._parts_changed()

    def _set_lost(self, why: str) -> None:
        changed = self.connected or self._stopped or self._problem != why
        self.connected = self.listed = False
        self._problem = why
        if changed:
            self._connection_changed()
