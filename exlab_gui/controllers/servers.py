"""Servers: connections, their sessions, and event streams."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.notifier import Notifier
from exlab_gui.controllers.stream_choice import keep_choice, kept_choice
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Listen
from exlab_gui.widgets.connection_bar import ConnectionBar

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.models.server_check import ServerCheck
    from exlab_gui.models.server_model import ServerModel
    from exlab_gui.sources.live.address import Address
    from exlab_gui.sources.live.listening.choice import StreamChoice
    from exlab_gui.sources.live.polling.intervals import PollIntervals

REMEMBERED = "servers/remembered"
_MOST_REMEMBERED = 8


class ServerActions(Controller):
    """Connects to servers; `found` gives a session to list, `chosen` one to show."""

    found = Signal(list)
    chosen = Signal(SessionModel)
    troubled = Signal(str)
    """Which servers are in trouble, but that of the shown session; empty if none is."""

    def __init__(
        self,
        context: ActionContext,
        machine: StateMachine,
        notifier: Notifier,
        bar: ConnectionBar,
    ) -> None:
        super().__init__(context)
        self._bar = bar
        self._machine = machine
        self._check: ServerCheck | None = None
        self._notice = ""
        self._servers: dict[str, ServerModel] = {}
        self._wanted: dict[ServerModel, str | None] = {}
        self._notifier = notifier
        self._told = ""  # of servers in trouble
        context.shown.connect(self._poll_shown)

    def connect_to(
        self,
        address: "Address",
        session_id: str | None = None,
        interval: float | None = None,
        events: "StreamChoice | None" = None,
    ) -> None:
        """Connect to the server at `address`, and show one of its sessions.

        Without `session_id`, that is the newest one that waits for input, or the first. Its list is
        polled every `interval` seconds, and its event streams are read as `events` says; None is
        what the settings say.
        """
        from exlab_gui.models.server_model import ServerModel
        from exlab_gui.sources.live.discovery import find_again
        from exlab_gui.sources.live.server import LiveServer
        from exlab_gui.widgets.dialogs.polling_dialog import kept_intervals

        self._remember(address.url)
        server = self._servers.get(address.url)
        if server is None:
            locate = find_again if find_again() == address else None
            intervals = kept_intervals(self.context.settings)
            if interval is not None:
                intervals = replace(intervals, list_s=interval)
            live = LiveServer(
                address,
                self._machine,
                intervals=intervals,
                locate=locate,
                streams=events.streams
                if events is not None
                else kept_choice(self.context.settings, address),
            )
            server = ServerModel(live, self)
            self._servers[address.url] = server
            server.sessions_found.connect(partial(self._add, server))
            server.listed.connect(partial(self._listed, server))
            server.failed.connect(self.context.messages.show_error)
            server.changed.connect(self.context.refresh)
            server.changed.connect(partial(self._show_notice, server))
        elif events is not None:
            server.server.choose_streams(events.streams)
        self._wanted[server] = session_id
        if server.watching:
            self._tell(server.server.notice)
            server.reopen_closed()
            if session_id is not None:
                self._open_session(server, session_id)
            return
        server.start(address)
        server.reopen_closed()
        self._tell(server.server.notice)

    async def close(self) -> None:
        if self._check is not None:
            await self._check.close()
        for server in self._servers.values():
            await server.close()

    @Action("actionConnect", "&Connect…", "Ctrl+Shift+C", "Server", 1, icon="connect")
    def _ask_to_connect(self) -> None:
        """Connect to a running ExLab-Wizard server."""
        from exlab_gui.models.server_check import ServerCheck
        from exlab_gui.widgets.dialogs.connect_dialog import ConnectDialog

        self._check = self._check or ServerCheck(self)
        remembered = self.context.settings.names(REMEMBERED)
        kept = partial(kept_choice, self.context.settings)
        dialog = ConnectDialog(self._check, remembered, kept, self.context.window)
        dialog.streams_chosen.connect(self._choose_streams)
        dialog.chosen.connect(self.connect_to)
        dialog.open()

    def _watched(self) -> "list[ServerModel]":
        """Return the servers that are watched, that of the shown session first."""
        watched = [server for server in self._servers.values() if server.watching]
        return sorted(watched, key=lambda server: server.source_of(self.session) is None)

    def _none_watched(self) -> str | None:
        return None if self._watched() else "Connect to a server first"

    @Action(
        "actionOpenSession",
        "&Open session by id…",
        "Ctrl+Shift+I",
        "Server",
        1,
        why_not=_none_watched,
    )
    def _ask_for_session(self) -> None:
        """Open one session of a server, listed or not."""
        from exlab_gui.widgets.dialogs.open_session_dialog import OpenSessionDialog

        urls = {server.server.url: server for server in self._watched()}
        dialog = OpenSessionDialog(list(urls), self.context.window)
        dialog.chosen.connect(lambda url, session_id: self._open_session(urls[url], session_id))
        dialog.open()

    def _not_watched(self) -> str | None:
        server = self._server_of(self.session)
        return None if server is not None and server.watching else "This session has no connection"

    @Action("actionDisconnect", "&Disconnect", "Ctrl+Shift+D", "Server", 1, why_not=_not_watched)
    def _disconnect(self) -> None:
        """Disconnect from this session's server."""
        server = self._server_of(self.session)
        if server is not None:
            server.stop()

    def _not_in_trouble(self) -> str | None:
        if any(server.watching and server.server.trouble for server in self._servers.values()):
            return None
        return "No server is in trouble"

    @Action("actionRetry", "&Retry now", "Ctrl+Shift+Y", "Server", 1, why_not=_not_in_trouble)
    def _retry(self) -> None:
        """Ask servers that do not answer as they should again at once."""
        for server in self._servers.values():
            server.server.wake()

    def _not_listening(self) -> str | None:
        if not self.session.can(Listen):
            return "Only a live session has an event stream"
        return None if _listening(self.session) else self.session.why_not(Listen(on=True))

    @Action(
        "actionListen",
        "&Listen to event stream…",
        "Ctrl+Shift+V",
        "Server",
        2,
        why_not=_not_listening,
        checked=lambda c: _listening(c.session),
    )
    def _listen_or_stop(self) -> None:
        """Take over this session's event stream; other listeners stop receiving it."""
        if _listening(self.session):
            self.session.request(Listen(on=False))
            return
        from exlab_gui.widgets.dialogs.confirm_dialogs import ListenDialog

        ListenDialog(self.session, self.context.window).open()

    def _without_server(self) -> str | None:
        return None if self._server_of(self.session) else "This session has no server"

    @Action(
        "actionReadStreams",
        "Read &event streams",
        "Ctrl+Shift+U",
        "Server",
        2,
        why_not=_without_server,
        checked=lambda c: c.session.info.reads_streams is True,
    )
    def _read_or_poll(self) -> None:
        """Read all event streams of this server: exact, but other listeners stop receiving them."""
        if (model := self._server_of(self.session)) is not None:
            self._choose_streams(model.server.client.address, not model.server.reads_streams)

    def _choose_streams(self, address: "Address", streams: bool) -> None:
        keep_choice(self.context.settings, address, streams)
        if (model := self._servers.get(address.url)) is not None:
            model.server.choose_streams(streams)

    @Action("actionPace", "&Polling interval…", "Ctrl+P", "Server", 2)
    def _ask_for_intervals(self) -> None:
        """Set how often to poll servers."""
        from exlab_gui.widgets.dialogs.polling_dialog import PollingDialog

        dialog = PollingDialog(self.context.settings, self.context.window)
        dialog.chosen.connect(self._set_intervals)
        dialog.open()

    def _poll_shown(self, session: SessionModel) -> None:
        for server in self._servers.values():
            server.show(session.source)
        self._show_troubles()

    def _server_of(self, session: SessionModel) -> "ServerModel | None":
        return next((one for one in self._servers.values() if one.source_of(session)), None)

    def _set_intervals(self, intervals: "PollIntervals") -> None:
        for server in self._servers.values():
            server.server.intervals = intervals
            server.server.wake()

    def _add(self, server: "ServerModel", sessions: list[SessionModel]) -> None:
        self.found.emit(sessions)
        for session in sessions:
            self._notifier.watch(session, new=server.server.listed)
        wanted = server.sessions.get(self._wanted.get(server) or "")
        if wanted is not None and wanted in sessions:
            self.chosen.emit(wanted)

    def _listed(self, server: "ServerModel") -> None:
        wanted = self._wanted.get(server)
        if wanted is not None:
            self._open_session(server, wanted)
        elif (first_to_show := server.first_to_show()) is not None:
            self.chosen.emit(first_to_show)
            self._tell(server.server.notice)
        else:
            self._tell(tr("{notice} It has no sessions yet.", notice=server.server.notice))

    def _open_session(self, server: "ServerModel", session_id: str) -> None:
        """Show the session of that id; one that is not known yet is shown when it is found."""
        self._wanted[server] = session_id
        if session_id not in server.sessions:
            server.find_session(session_id)
            return
        server.reopen(session_id)
        self.chosen.emit(server.sessions[session_id])

    def _show_notice(self, server: "ServerModel") -> None:
        """Show the state of the connection, unless the shown session does."""
        self._show_troubles()
        if server.server.trouble and self.context.messages.text == self._notice:
            self.context.messages.dismiss()  # it is not so any more
        shown = self._server_of(self.session)
        if shown is not server and not server.server.listed and not server.server.trouble:
            self._tell(server.server.notice)

    def _tell(self, notice: str) -> None:
        self._notice = tr(notice)
        self.context.messages.show_info(notice)

    def _show_troubles(self) -> None:
        """Tell of every server in trouble, as long as it is, but that of the shown session."""
        shown = self._server_of(self.session)
        others = [one.server for one in self._servers.values() if one is not shown and one.watching]
        sentences = "\n".join(filter(None, (one.trouble for one in others)))
        self._bar.show_trouble(sentences)
        if sentences != self._told:
            self._told = sentences
            self.troubled.emit(sentences)

    def _remember(self, url: str) -> None:
        urls = [url, *self.context.settings.names(REMEMBERED)]
        self.context.settings.keep(REMEMBERED, list(dict.fromkeys(urls))[:_MOST_REMEMBERED])


def _listening(session: SessionModel) -> bool:
    return session.why_not(Listen(on=False)) is None
