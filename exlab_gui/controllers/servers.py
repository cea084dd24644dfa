"""Running servers in the window: connected to, left, and their sessions brought and listened to."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.notifier import Notifier
from exlab_gui.core.machine import StateMachine
from exlab_gui.models.notifications import Notices
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Listen
from exlab_gui.widgets.dialogs.opening import ask_to_listen
from exlab_gui.widgets.session_view import SessionView

if TYPE_CHECKING:  # imported with its first use: the window opens sooner without it
    from exlab_gui.models.server_check import ServerCheck
    from exlab_gui.models.server_model import ServerModel
    from exlab_gui.sources.live.address import Address
    from exlab_gui.sources.live.connection import PollIntervals

REMEMBERED = "servers/remembered"
_MOST_REMEMBERED = 8


class LiveActions(QObject, SessionView):
    """Does what the Server menu says; `found` brings a session, `chosen` has one shown."""

    found = Signal(SessionModel)
    chosen = Signal(SessionModel)

    def __init__(self, context: ActionContext, machine: StateMachine) -> None:
        super().__init__(context.window)
        self._context = context
        self._machine = machine
        self._check: ServerCheck | None = None
        self._servers: dict[str, ServerModel] = {}
        self._wanted: dict[ServerModel, str | None] = {}
        context.connect(
            {
                "actionConnect": self.ask_to_connect,
                "actionDisconnect": self.disconnect_shown,
                "actionListen": self._ask_to_listen,
                "actionPace": self.ask_for_intervals,
            }
        )
        self.notices = Notices(self)
        self.notifier = Notifier(context)
        self.notices.noticed.connect(self._notify)
        self.notifier.chosen.connect(self.chosen)

    def set_session(self, session: SessionModel) -> None:
        """Show `session` from now on, and have its server look at it closely."""
        super().set_session(session)
        for server in self._servers.values():
            server.show(session.source)

    def synchronize(self) -> None:
        """Offer what can be done with the shown session's server."""
        session = self.session
        if session is None:
            return
        server = self._server_of(session)
        watched = server is not None and server.watching
        self._context.set_available(
            "actionDisconnect", None if watched else "No server is watched here"
        )
        listening = _listening(session)
        why = None if listening else session.why_not(Listen(on=True))
        self._context.set_available(
            "actionListen",
            why if session.can(Listen) else "Only a live session has events to listen to",
        )
        self._context.actions["actionListen"].setChecked(listening)

    def ask_to_connect(self) -> None:
        """Let the user say which server to watch."""
        from exlab_gui.models.server_check import ServerCheck
        from exlab_gui.widgets.dialogs.connect_dialog import ConnectDialog

        self._check = self._check or ServerCheck(self)
        dialog = ConnectDialog(
            self._check, self._context.settings.names(REMEMBERED), self._context.window
        )
        dialog.chosen.connect(self.connect_to)
        dialog.open()

    def ask_for_intervals(self) -> None:
        """Let the user say how often servers are asked."""
        from exlab_gui.widgets.dialogs.polling_dialog import PollingDialog

        dialog = PollingDialog(self._context.settings, self._context.window)
        dialog.chosen.connect(self._set_intervals)
        dialog.open()

    def connect_to(self, address: "Address", session_id: str | None = None) -> None:
        """Watch the server at `address`, and show one of its sessions: that one, where it is given.

        Else it is the newest that waits for input, or the first.
        """
        from exlab_gui.models.server_model import ServerModel
        from exlab_gui.sources.live.discovery import found_again
        from exlab_gui.sources.live.server import LiveServer
        from exlab_gui.widgets.dialogs.polling_dialog import kept_intervals

        self._remember(address.url)
        server = self._servers.get(address.url)
        if server is None:
            locate = found_again if found_again() == address else None
            intervals = kept_intervals(self._context.settings)
            live = LiveServer(address, self._machine, intervals=intervals, locate=locate)
            server = ServerModel(live, self)
            self._servers[address.url] = server
            server.session_found.connect(partial(self._bring, server))
            server.listed.connect(partial(self._listed, server))
            server.failed.connect(self._context.messages.show_error)
            server.changed.connect(self.synchronize)
            server.changed.connect(partial(self._tell, server))
        if server.watching:
            self._context.messages.show_info(server.server.notice)
            return
        self._wanted[server] = session_id
        server.start(address)
        self._context.messages.show_info(server.server.notice)

    def disconnect_shown(self) -> None:
        """Watch the server of the shown session no more."""
        server = self._server_of(self.session) if self.session else None
        if server is not None:
            server.stop()
            self.synchronize()

    async def close(self) -> None:
        """Leave every server, and return when nothing goes on any more."""
        self.notifier.close()
        if self._check is not None:
            await self._check.close()
        for server in self._servers.values():
            await server.close()

    def _server_of(self, session: SessionModel) -> "ServerModel | None":
        servers = self._servers.values()
        return next((one for one in servers if one.source_of(session) is not None), None)

    def _set_intervals(self, intervals: "PollIntervals") -> None:
        for server in self._servers.values():
            server.server.intervals = intervals
            server.server.wake()

    def _notify(self, session: SessionModel, text: str) -> None:
        self.notifier.tell(session, text, seen=session is self.session)

    def _bring(self, server: "ServerModel", session: SessionModel) -> None:
        self.found.emit(session)
        self.notices.watch(session, new=server.server.listed)
        wanted = self._wanted.get(server)
        if wanted is not None and server.sessions.get(wanted) is session:
            self.chosen.emit(session)

    def _listed(self, server: "ServerModel") -> None:
        wanted = self._wanted.get(server)
        if wanted is not None:
            if wanted not in server.sessions:
                server.look_for(wanted)
        elif (foremost := server.foremost()) is not None:
            self.chosen.emit(foremost)
            self._context.messages.show_info(server.server.notice)
        else:
            self._context.messages.show_info(f"{server.server.notice} It has no sessions yet.")

    def _tell(self, server: "ServerModel") -> None:
        """Say how the connection is, unless a session that is shown says it.

        A server that is not set up is connected, and lists no sessions.
        """
        shown = self.session and self._server_of(self.session)
        if shown is not server and not server.server.listed:
            self._context.messages.show_info(server.server.notice)

    def _remember(self, url: str) -> None:
        urls = [url, *self._context.settings.names(REMEMBERED)]
        self._context.settings.keep(REMEMBERED, list(dict.fromkeys(urls))[:_MOST_REMEMBERED])

    def _ask_to_listen(self) -> None:
        session = self.session
        if session is None:
            return
        self.synchronize()  # checked only once it is listened to
        if _listening(session):
            session.request(Listen(on=False))
        else:
            ask_to_listen(session, self._context.window)


def _listening(session: SessionModel) -> bool:
    return session.why_not(Listen(on=False)) is None
