"""Asking a server how it is, before it is watched."""

import asyncio

from PySide6.QtCore import QObject, Signal

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.errors import ServerError


class ServerCheck(QObject):
    """Asks one server at a time; an answer that nobody waits for any more is not told."""

    answered = Signal(object)
    """The server is an ExLab-Wizard: its Health."""
    failed = Signal(str)
    """It is of no use, and why, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking: asyncio.Task[None] | None = None

    def ask(self, address: Address) -> None:
        """Ask the server at `address`, and no longer the one before."""
        self.stop()
        self._asking = asyncio.ensure_future(self._ask(address))

    def stop(self) -> None:
        """Wait for no answer any more."""
        if self._asking is not None and not self._asking.cancelling():
            self._asking.cancel()

    async def close(self) -> None:
        """Stop, and return when everything that was begun has ended."""
        self.stop()
        if self._asking is not None:
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self, address: Address) -> None:
        try:
            async with Client(address) as client:
                health = await client.health()
        except ServerError as error:
            self.failed.emit(str(error))
        else:
            self.answered.emit(health)
