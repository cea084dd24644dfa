"""Sending live sessions as traces to an OpenTelemetry receiver."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.followed_sessions import FollowedSessions
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.source import SessionSource

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.core.trace import Header
    from exlab_gui.telemetry.feed import Feed
    from exlab_gui.telemetry.sender import Sender

URL, OPERATOR = "telemetry/url", "telemetry/operator"

PATIENCE_S = 1.0
"""How long closing the window waits for the last spans to be sent."""

_LOOK_MS = 2000


class Tracing(Controller):
    """Sends live sessions to the receiver of the settings, if there is one.

    A session whose row is closed is still sent.
    """

    def __init__(self, context: ActionContext) -> None:
        super().__init__(context)
        self._sender: Sender | None = None
        self._feed: Feed | None = None
        self._followed = FollowedSessions(self._send)
        self._problem = ""
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)

    @property
    def is_on(self) -> bool:
        return self._sender is not None

    def follow(self, session: SessionModel) -> None:
        """Send `session`, if it is live."""
        if not session.traits.is_archived:
            return
        if self._feed is None and self.context.settings.text(URL) and self._begin():
            self._followed.follow()
        self._followed.add(session.source)

    def look(self) -> None:
        """Tell if spans wait or were lost, and if that is over."""
        problem = self._sender.problem if self._sender else ""
        if problem and not self._problem:
            self.context.messages.show_error(tr("Traces are not sent. {problem}", problem=problem))
        elif self._problem and not problem:
            self.context.messages.show_info("Traces are sent again.")
        self._problem = problem

    async def close(self) -> None:
        """Send what is left, unless the receiver does not answer."""
        self._look.stop()
        self._followed.let_go()
        feed, sender = self._feed, self._sender
        self._feed = self._sender = None
        if feed is None or sender is None:
            return
        feed.close()
        sender.end(PATIENCE_S)
        until = time.monotonic() + PATIENCE_S
        while sender.is_at_work and time.monotonic() < until:
            await asyncio.sleep(0.005)

    @Action(
        "actionTraces",
        "Send &traces…",
        "Ctrl+Alt+O",
        "Server",
        2,
        checked=lambda c: c.is_on,
    )
    def _ask(self) -> None:
        """Send live sessions as traces to an OpenTelemetry receiver."""
        from exlab_gui.widgets.dialogs.traces_dialog import TracesDialog

        settings = self.context.settings
        dialog = TracesDialog(
            settings.text(URL),
            operator=settings.text(OPERATOR) == "yes",
            parent=self.context.window,
        )
        dialog.chosen.connect(self._set)
        dialog.open()

    def _set(self, url: str, operator: bool) -> None:
        settings = self.context.settings
        settings.keep(URL, url)
        settings.keep(OPERATOR, "yes" if operator else "no")
        self._stop()
        self._followed.let_go()
        if url and self._begin():
            self._followed.follow()
            self.context.messages.show_info(
                tr("Live sessions are sent as traces to {url}", url=url)
            )
        elif not url:
            self.context.messages.show_info("Live sessions are not sent as traces")
        self.context.refresh()

    def _begin(self) -> bool:
        """Make the sender to the receiver of the settings, or tell why that is not possible."""
        from exlab_gui.telemetry.connect import connect

        settings = self.context.settings
        try:
            operator = settings.text(OPERATOR) == "yes"
            self._feed, self._sender = connect(settings.text(URL), self._later, operator=operator)
        except PlainError as error:
            self.context.messages.show_error(tr("Traces are not sent. {error}", error=error))
            return False
        self._look.start()
        return True

    def _stop(self) -> None:
        self._look.stop()
        self._problem = ""
        if self._feed is not None and self._sender is not None:
            self._feed.close()
            self._sender.end(PATIENCE_S)
        self._feed = self._sender = None

    def _later(self, seconds: float, do: Callable[[], object]) -> None:
        timer = QTimer(self, singleShot=True, interval=round(1000 * seconds))
        timer.timeout.connect(do)
        timer.timeout.connect(timer.deleteLater)
        timer.start()

    def _send(self, session: SessionSource) -> None:
        if self._feed is not None:
            key = self._followed.name(session)
            self._feed.take(key, partial(_header, session), session.history)


def _header(session: SessionSource) -> "Header":
    return session.recording().header
