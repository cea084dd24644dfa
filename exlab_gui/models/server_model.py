"""One running server as the window knows it: watched while it is wanted, its sessions handed on."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.text.sanitize import error_text
from exlab_gui.models.session_model import SessionModel
from exlab_gui.models.tasks import Tasks
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.server import LiveServer
from exlab_gui.sources.live.source import LiveSource

if TYPE_CHECKING:
    import asyncio


class ServerModel(QObject):
    """Watches `server` from `start` until `stop`; what was seen stays, and it can start again.

    Each session is handed on once, by `session_found`; whoever takes it becomes its parent, and
    is it no more once it was closed.
    """

    changed = Signal()
    """The connection changed."""
    session_found = Signal(SessionModel)
    listed = Signal()
    """The server has told for the first time since `start` which sessions it has."""
    failed = Signal(str)
    """What was asked for is not to be had, and why."""

    def __init__(self, server: LiveServer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.server = server
        self.sessions: dict[str, SessionModel] = {}
        self._awaits_list = False
        self._tasks = Tasks(self._work_failed)
        self._watching: asyncio.Task[Any] | None = None
        server.subscribe(self._server_changed)

    @property
    def watching(self) -> bool:
        """Whether the server is watched, be it connected or not."""
        return self._watching is not None and not self._watching.done()

    def start(self, address: Address | None = None) -> None:
        """Watch the server, from now on at `address` where that is given."""
        if self.watching:
            return
        self._awaits_list = True
        self._watching = self._tasks.run(self._watch(address))

    def stop(self) -> None:
        """Watch the server no more; nothing of what was seen is lost."""
        watching, self._watching = self._watching, None
        if watching is not None:
            watching.cancel()

    def source_of(self, session: SessionModel) -> LiveSource | None:
        """Return where `session` comes from, where that is this server."""
        sources = self.server.sources.values()
        return next((source for source in sources if source is session.source), None)

    def foremost(self) -> SessionModel | None:
        """Return the newest session that waits for input, else the first; None: there is none."""
        opened = [session for session in self.sessions.values() if session.parent() is not None]
        waiting = [one for one in opened if one.machine.awaits_input(one.state)]
        return waiting[-1] if waiting else next(iter(opened), None)

    def show(self, source: object) -> None:
        """Look closely at the session of `source`, where it is on this server, and at no other."""
        for session in self.server.sources.values():
            session.shown = session is source
        self.server.wake()

    def look_for(self, session_id: str) -> None:
        """Have the session of that id handed on, which the server may not list."""
        self._tasks.run(self.server.find(session_id))

    async def close(self) -> None:
        """Stop, and return when everything that was begun has ended."""
        self.stop()
        self._tasks.cancel()
        await self._tasks.ended()

    async def _watch(self, address: Address | None) -> None:
        await self._tasks.ended()  # what was begun before may still be closing its connections
        if address is not None:
            self.server.move_to(address)
        await self.server.run()

    def _work_failed(self, error: BaseException) -> None:
        self.failed.emit(error_text(error))
        self.changed.emit()  # it may be that the server is not watched any more

    def _server_changed(self) -> None:
        for session_id, source in list(self.server.sources.items()):
            if session_id not in self.sessions:
                self.sessions[session_id] = SessionModel(source)
                self.session_found.emit(self.sessions[session_id])
        self.changed.emit()
        if self._awaits_list and self.server.listed:
            self._awaits_list = False
            self.listed.emit()
