"""The connection to one running server: where it is, whether it answers, and how it is."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.client import TIMEOUT_S, Client
from exlab_gui.sources.live.responses import Health
from exlab_gui.sources.source import Observable


@dataclass(frozen=True)
class PollIntervals:
    """How often a server is asked, in seconds, and how long it may take for an answer."""

    session_s: float = 0.25
    """Between two snapshots of a session that is shown."""

    list_s: float = 1.0
    health_s: float = 10.0
    timeout_s: float = TIMEOUT_S


class Connection(Observable):
    """What is known of the server at `address`, and the client that asks it.

    It is `connected` if the server answered last. `problems` keeps what went wrong, a sentence
    each.
    """

    def __init__(self, address: Address, intervals: PollIntervals) -> None:
        super().__init__()
        self.intervals = intervals
        self.client = Client(address, intervals.timeout_s)
        self.health: Health | None = None
        self.connected = False
        self.problems: list[str] = []
        self._why = ""
        self._stopped = False
        self._wake = asyncio.Event()

    @property
    def url(self) -> str:
        """The server's address, without credentials."""
        return self.client.address.url

    @property
    def version(self) -> str | None:
        """The server's version, once it is known."""
        return self.health.version if self.health else None

    @property
    def notice(self) -> str:
        """How the connection is, and what is the matter with the server, in words."""
        if self.connected and self.health is not None:
            said = f"Connected to ExLab-Wizard {self.health.version} at {self.url}."
            return " ".join([said, *self.health.concerns, *([self._why] if self._why else [])])
        if self._stopped:
            return f"No longer connected to {self.url}. What was seen is kept."
        if not self._why:
            return f"Connecting to {self.url} …"
        return f"{self._why} Trying again."

    async def check(self) -> Health:
        """Return how the server is. Raises ServerError, with a sentence, if it is no use."""
        return await self.client.health()

    def move_to(self, address: Address) -> None:
        """Ask at `address` from now on, which may have other credentials; nothing may be asked."""
        self.client = Client(address, self.intervals.timeout_s)

    def wake(self) -> None:
        """Ask, or try to connect, at once."""
        self._wake.set()

    async def close(self) -> None:
        """Close every connection."""
        await self.client.close()

    def _say(self, why: str) -> None:
        """Tell, and keep, what went wrong; an empty `why` says that nothing does any more."""
        if why != self._why:
            self._why = why
            if why:
                self.problems.append(why)
            self.changed()

    async def _pause(self, seconds: float) -> bool:
        """Wait for so long, and return True at once if somebody wakes us."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._wake.wait()
        woken = self._wake.is_set()
        self._wake.clear()
        return woken
