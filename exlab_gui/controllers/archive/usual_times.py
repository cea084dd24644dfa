"""The usual dwell times of a server's sessions, live or recorded, from the archive."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from exlab_gui.controllers.archive.history import ArchiveHistory
from exlab_gui.core.analysis.dwell_times import UsualTime
from exlab_gui.core.protocol.events import Origin
from exlab_gui.models.background.loading import loaded
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.models.session_model import SessionModel
from exlab_gui.system.worker import Worker

UPDATE_MS, AGAIN_MS = 10_000, 600_000
"""How long after the first such session was shown the archive is read, and how often later."""


class ArchiveUsualTimes(QObject):
    """Knows how long sessions of the archive of `history` were in each state.

    What the index has is there at once; what was recorded since it was made is read later.
    """

    changed = Signal()

    def __init__(self, history: ArchiveHistory, parent: QObject) -> None:
        super().__init__(parent)
        self._history = history
        self._times: dict[str, UsualTime] | None = None
        self._worker = Worker()
        self._tasks = Tasks(self._failed)
        self._update = QTimer(self, singleShot=True, interval=UPDATE_MS)
        self._update.timeout.connect(self._update_archive)

    def of(self, session: SessionModel) -> UsualTime | None:
        """Return the usual time in the state of a server's session; None if it is not known yet."""
        if not _is_of_server(session) or self._history.why_none():
            return None
        if self._times is None:
            self._times = {}
            self._tasks.run(self._begin())
        return self._times.get(session.state)

    async def close(self) -> None:
        self._update.stop()
        self._tasks.cancel()
        await self._tasks.ended()
        self._worker.end()

    async def _begin(self) -> None:
        await loaded("exlab_gui.models.archive.archive_model", "exlab_gui.archive.usual_times")
        if (archive := self._history.archive) is not None:
            archive.updated.connect(lambda: self._tasks.run(self._read()))
            self._update.start()
            await self._read()

    async def _read(self) -> None:
        from exlab_gui.archive.usual_times import usual_times

        archive = self._history.archive
        assert archive is not None
        found = self._worker.ask(partial(usual_times, archive.index))
        times = await asyncio.wrap_future(found)
        if times != self._times:
            self._times = times
            self.changed.emit()

    def _update_archive(self) -> None:
        if (archive := self._history.archive) is not None:
            archive.update()
            self._update.start(AGAIN_MS)

    def _failed(self, _error: BaseException) -> None:
        """Do without: what is usual among the open sessions is shown then."""


def _is_of_server(session: SessionModel) -> bool:
    """Return whether `session` is one of a server, of which the archive may have others."""
    traits = session.traits
    is_recording = not traits.grows
    return traits.is_archived or (
        is_recording and session.source.recording().header.source != Origin.SIMULATED
    )
