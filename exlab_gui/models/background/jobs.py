"""Long work in a thread, with progress, and a way to stop it."""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.progress import Progress
from exlab_gui.core.text.sanitize import error_text
from exlab_gui.core.text.translation import tr
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.models.background.turns import StoppedError, Turns
from exlab_gui.system.worker import Worker

T = TypeVar("T")

_log = logging.getLogger(__name__)

MAX_TOLD = 20
"""Failures that have a line of their own in a message: the window has room for no more."""

PATIENCE_S = 1.0
"""How long a job may take to stop."""

_PROGRESS_INTERVAL_S = 0.05
_SILENT_S = 0.5
"""How long a job may take until it is shown, if it does not call its progress."""

_WAIT_S = 0.01


class Jobs(QObject):
    """Runs one job at a time in a thread, in turn with the window's.

    A job has to call its `Progress` every few milliseconds, or the window is slow meanwhile. That
    raises StoppedError if the job is to stop. A job that does not stop in time, because it waits
    for a drive that does not answer, is left behind, and its thread ends with the program.
    """

    progressed = Signal(str, object, object)
    """Title of the job, done, and total; the numbers may exceed 32 bits."""
    stopped = Signal(str)
    """Title of the job."""
    failed = Signal(str)
    """One line per failure; emitted when all jobs are done, so that none hides another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker()
        self._tasks = Tasks(self._work_failed)
        self._at_work = asyncio.Lock()
        self._waiting: list[Turns] = []  # those of each job; the first one is at work
        self._failures: list[str] = []
        self._is_closed = False

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    def run(self, title: str, work: Callable[[Progress], T], then: Callable[[T], object]) -> None:
        """Do `work` after the jobs before it, and give `then` its result; nothing after `close`."""
        if self._is_closed:  # what else is being closed may still change what is computed
            return
        turns = Turns()
        self._waiting.append(turns)
        self._tasks.run(self._do(title, work, then, turns))

    def stop(self) -> None:
        """Stop the running job at its next call of its progress."""
        if self._waiting:
            self._waiting[0].stop()

    def fail(self, sentence: str) -> None:
        """Report a failure together with those of the jobs."""
        _log.warning("%s", sentence)
        self._failures.append(sentence)
        self._report_failures()

    async def close(self) -> None:
        """Stop all jobs, and return when they have ended; no signal follows, and no other job."""
        self._is_closed = True
        for turns in self._waiting:
            turns.stop()
        self._tasks.cancel()
        await self._tasks.ended()
        self._worker.end()
        end = time.monotonic() + PATIENCE_S
        while self._worker.is_at_work and time.monotonic() < end:
            await asyncio.sleep(_WAIT_S)  # what they have begun to write is removed meanwhile

    async def _do(
        self,
        title: str,
        work: Callable[[Progress], T],
        then: Callable[[T], object],
        turns: Turns,
    ) -> None:
        try:
            async with self._at_work:
                result = await self._result(title, work, turns)
        except StoppedError:
            self.stopped.emit(tr(title))
        except Exception as error:  # whatever it is, the next job has to begin
            _log.warning("A job failed: %s", title, exc_info=error)
            self._failures.append(error_text(error))
        else:
            then(result)
        finally:
            self._waiting.remove(turns)
        self._report_failures()

    async def _result(self, title: str, work: Callable[[Progress], T], turns: Turns) -> T:
        result = asyncio.wrap_future(self._worker.ask(partial(turns.run, work)))
        told, due, begun = None, time.monotonic(), time.monotonic()
        try:
            while not result.done():
                in_time = turns.give()
                if turns.stopped_for() > PATIENCE_S:
                    _log.warning("A job does not stop, and is left behind: %s", title)
                    self._worker.end()
                    self._worker = Worker()
                    raise StoppedError
                now = time.monotonic()
                done = turns.done or ((0, 1) if now > begun + _SILENT_S else None)
                if done is not None and done != told and now >= due:
                    told, due = done, now + _PROGRESS_INTERVAL_S
                    self.progressed.emit(tr(title), *told)
                await asyncio.sleep(0 if in_time else _WAIT_S)
            return await result
        finally:
            turns.stop()  # if this is cancelled, nobody gives the thread another turn
            result.cancel()

    def _work_failed(self, error: BaseException) -> None:
        self.fail(error_text(error))

    def _report_failures(self) -> None:
        if self._failures and not self._waiting:
            failures, self._failures = self._failures, []
            if more := failures[MAX_TOLD:]:
                failures[MAX_TOLD:] = [
                    tr("and {more:,} more, which are in the log", more=len(more))
                ]
            self.failed.emit("\n".join(map(tr, failures)))
