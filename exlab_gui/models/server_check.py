"""Testing the connection to a server."""

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.text.sanitize import error_text
from exlab_gui.models.background.loading import loaded
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.sources.live.address import Address


class ServerCheck(QObject):
    """Asks one server at a time for its health; a stopped request reports nothing."""

    answered = Signal(object)
    """The Health of an ExLab-Wizard."""
    failed = Signal(str)
    """Why the server cannot be used, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = Tasks(self._work_failed)

    def ask(self, address: Address) -> None:
        self.stop()
        self._tasks.run(self._ask(address))

    def stop(self) -> None:
        self._tasks.cancel()

    async def close(self) -> None:
        self.stop()
        await self._tasks.ended()

    async def _ask(self, address: Address) -> None:
        await loaded("exlab_gui.models.server_model")  # what watches a server
        from exlab_gui.sources.live.client import Client

        async with Client(address) as client:
            health = await client.health()
        self.answered.emit(health)

    def _work_failed(self, error: BaseException) -> None:
        self.failed.emit(error_text(error))
