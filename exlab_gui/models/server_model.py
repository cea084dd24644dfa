"""One running server as a Qt object, with models of its sessions."""

from itertools import chain, takewhile
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.text.sanitize import error_text
from exlab_gui.core.text.translation import tr
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.server import LiveServer
from exlab_gui.sources.live.source import LiveSource

if TYPE_CHECKING:
    import asyncio


class ServerModel(QObject):
    """Watches `server` from `start` until `stop`, any number of times; it keeps what that knows.

    Each session is emitted by `sessions_found`, once and when it is to be opened again; the
    receiver becomes its parent until it is closed.
    """

    changed = Signal()
    """The connection changed."""
    sessions_found = Signal(list)
    listed = Signal()
    """The server listed its sessions for the first time since `start`."""
    failed = Signal(str)
    """Why a request failed."""

    def __init__(self, server: LiveServer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.server = server
        self.sessions: dict[str, SessionModel] = {}
        self._awaits_list = False
        self._tasks = Tasks(self._work_failed)
        self._told: tuple[object, ...] = ()
        self._watching: asyncio.Task[Any] | None = None
        server.subscribe(self._server_changed)

    @property
    def watching(self) -> bool:
        return self._watching is not None and not self._watching.done()

    def start(self, address: Address | None = None) -> None:
        if self.watching:
            return
        self._awaits_list = True
        self._watching = self._tasks.run(self._watch(address))

    def stop(self) -> None:
        watching, self._watching = self._watching, None
        if watching is not None:
            watching.cancel()

    def source_of(self, session: SessionModel) -> LiveSource | None:
        """Return the source of `session` if it is a session of this server."""
        source = session.source
        if not isinstance(source, LiveSource):
            return None
        return source if self.server.sources.get(source.session_id) is source else None

    def first_to_show(self) -> SessionModel | None:
        """Return the newest open session that waits for input, else the first one, else None."""
        sources, waits = self.server.sources, self.server.machine.awaits_input
        waiting = (one for one in reversed(self.sessions) if waits(sources[one].observed.state))
        sessions = (self.sessions[one] for one in chain(waiting, self.sessions))
        opened = (one for one in sessions if one.parent() is not None)
        return next(opened, None)

    def show(self, source: object) -> None:
        """Poll the snapshots of `source`, if it is of this server, and of no other session."""
        for session in self.server.sources.values():
            session.shown = session is source
        self.server.wake()

    def find_session(self, session_id: str) -> None:
        """Emit the session of that id, even if the server does not list it."""
        self._tasks.run(self.server.find(session_id))

    def reopen(self, *session_ids: str) -> None:
        """Emit those of the sessions again that were closed."""
        closed = [one for id_ in session_ids if (one := self.sessions[id_]).is_closed]
        if closed:
            self.sessions_found.emit(closed)

    def reopen_closed(self) -> None:
        """Emit anew the sessions that were closed and can still go on."""
        sources = self.server.sources
        self.reopen(*(one for one in self.sessions if not self.server.is_complete(sources[one])))

    async def close(self) -> None:
        """Stop, and close the sessions: what they do uses the same connections."""
        self.stop()
        self._tasks.cancel()
        for session in self.sessions.values():
            session.close()
        for session in self.sessions.values():
            await session.ended()
        await self._tasks.ended()

    async def _watch(self, address: Address | None) -> None:
        await self._tasks.ended()  # what was begun before may still be closing its connections
        if address is not None:
            self.server.move_to(address)
        await self.server.run()

    def _work_failed(self, error: BaseException) -> None:
        said = error_text(error)
        if self._watching is not None and self._watching.done():
            said = tr(
                "{address} is not watched any more. {said}",
                address=self.server.client.address,
                said=said,
            )
        self.failed.emit(said)
        self.changed.emit()

    def _server_changed(self) -> None:
        if len(self.sessions) > len(self.server.sources):
            for session_id in self.sessions.keys() - self.server.sources.keys():
                del self.sessions[session_id]
        new = takewhile(lambda known: known not in self.sessions, reversed(self.server.sources))
        ids = [*new][::-1]
        found = {one: SessionModel(self.server.sources[one]) for one in ids}
        if found:
            self.sessions |= found
            self.sessions_found.emit([*found.values()])
        server = self.server
        told, self._told = self._told, (server.notice, server.connected, server.listed)
        if told != self._told:
            self.changed.emit()
        if self._awaits_list and self.server.listed:
            self._awaits_list = False
            self.listed.emit()
