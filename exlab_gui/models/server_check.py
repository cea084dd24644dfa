"""Asking a server how it is, before it is watched."""

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.text.sanitize import error_text
from exlab_gui.models.tasks import Tasks
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.client import Client


class ServerCheck(QObject):
    """Asks one server at a time; an answer that nobody waits for any more is not told."""

    answered = Signal(object)
    """The server is an ExLab-Wizard: its Health."""
    failed = Signal(str)
    """It is of no use, and why, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = Tasks(self._work_failed)

    def ask(self, address: Address) -> None:
        """Ask the server at `address`, and no longer the one before."""
        self.stop()
        self._tasks.run(self._ask(address))

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._tasks.cancel()

    async def close(self) -> None:
        """Stop, and return when everything that was begun has ended."""
        self.stop()
        await self._tasks.ended()

    async def _ask(self, address: Address) -> None:
        async with Client(address) as client:
            health = await client.health()
        self.answered.emit(health)

    def _work_failed(self, error: BaseException) -> None:
        self.failed.emit(error_text(error))
