"""Recording live sessions into the archive by themselves."""

import asyncio
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.followed_sessions import FollowedSessions
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.source import SessionSource

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.archive.removal import Bounds
    from exlab_gui.archive.writer import ArchiveWriter

KEPT, TOLD = "archive/record", "archive/told"

PATIENCE_S = 1.0
"""How long closing the window waits for the last events to be written."""

_LOOK_MS = 2000

_log = logging.getLogger(__name__)


class ArchiveKeeping(Controller):
    """Records sessions into the archive at `folder` as they happen, if they are `wanted`.

    A session whose row is closed is still recorded. Without a folder, nothing is recorded.
    """

    def __init__(self, context: ActionContext, folder: Path | None) -> None:
        super().__init__(context)
        self.folder = folder
        self.wanted = context.settings.text(KEPT, "yes") != "no"
        self._followed = FollowedSessions(self._record, told_now=self.wanted)
        self._writer: ArchiveWriter | None = None
        self._problem = ""
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)

    def follow(self, session: SessionModel) -> None:
        """Record `session`, if it is of a kind that is archived."""
        if not session.traits.is_archived or self.folder is None:
            return
        self._followed.add(session.source)

    def look(self) -> None:
        """Tell if sessions cannot be recorded, and try again; tell once that they are."""
        problem = self._writer.problem if self._writer else ""
        if problem and self._writer is not None:
            self._writer.retry()
        if bool(problem) == bool(self._problem):
            self._tell_once()
            return
        self._problem = problem
        if problem:
            _log.warning("%s", problem)
            self.context.messages.show_error(problem)
        else:
            self.context.messages.show_info("Live sessions are recorded again. Nothing is missing.")

    async def close(self) -> None:
        """Write what is left, unless the drive does not answer."""
        self._look.stop()
        self._followed.let_go()
        writer, self._writer = self._writer, None
        if writer is None:
            return
        writer.close()
        end = time.monotonic() + PATIENCE_S
        while writer.is_at_work and time.monotonic() < end:
            await asyncio.sleep(0.005)

    def _why_none(self) -> str | None:
        return None if self.folder is not None else "This window has no archive"

    @Action(
        "actionArchive",
        "&Archive live sessions",
        "Ctrl+Shift+A",
        "Server",
        2,
        why_not=_why_none,
        checked=lambda c: c.wanted and c.folder is not None,
    )
    def _toggle(self) -> None:
        """Record every live session into the archive."""
        self.wanted = not self.wanted
        self.context.settings.keep(KEPT, "yes" if self.wanted else "no")
        if self.wanted:
            self._followed.follow()
            return
        self._followed.let_go()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @Action(
        "actionArchiveLimits",
        "Archive li&mits…",
        "Ctrl+Shift+B",
        "Server",
        2,
        why_not=_why_none,
    )
    def _ask_for_bounds(self) -> None:
        """Set how long and how many recordings the archive keeps."""
        from exlab_gui.widgets.history.bounds_dialog import BoundsDialog

        assert self.folder is not None
        dialog = BoundsDialog(self.context.settings, self.folder, self.context.window)
        dialog.chosen.connect(self._set_bounds)
        dialog.open()

    def _set_bounds(self, bounds: "Bounds") -> None:
        if self._writer is not None:
            self._writer.keep_within(bounds)

    def _record(self, session: SessionSource) -> None:
        if self.folder is None:
            return
        if self._writer is None:
            from exlab_gui.archive.writer import ArchiveWriter

            self._writer = ArchiveWriter(self.folder, self._bounds())
            self._look.start()
        name = self._followed.name(session)
        if not self._writer.knows(name):
            self._writer.begin(name, session.recording().header)
        is_over = session.history[-1].state in session.machine.terminal
        arrivals = session.arrivals
        self._writer.take(name, arrivals, len(arrivals), is_over=is_over)

    def _bounds(self) -> "Bounds":
        from exlab_gui.widgets.history.bounds_dialog import kept_bounds

        return kept_bounds(self.context.settings)

    def _tell_once(self) -> None:
        settings = self.context.settings
        if settings.text(TOLD) or self.folder is None or self.context.messages.text:
            return  # other news are shown, such as that of the connection
        settings.keep(TOLD, "yes")
        self.context.messages.show_info(
            tr(
                "Live sessions are recorded into the archive, {file}, and kept for {days:g} "
                "days. You can turn that off in the Server menu.",
                file=file_name(self.folder),
                days=self._bounds().days,
            )
        )
