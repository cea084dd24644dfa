"""Tasks with an owner, so that none is lost and none fails silently."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any
from weakref import WeakMethod

_AGAIN_S = 1.0
"""So long after a cancel, tasks that go on as if there had been none are cancelled again."""

_CLOSING_S = 4.0
"""So long they may close their connections, if they have noticed."""

_log = logging.getLogger(__name__)


class Tasks:
    """Runs the tasks of one owner, reports their failures, and ends them together.

    `failed`, a method of the owner, is called with the exception of a failed task; it is held
    weakly. The owner must live as long as its tasks.
    """

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = WeakMethod(failed)
        self._running: set[asyncio.Task[Any]] = set()
        self._cancelled = False

    def run(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.ensure_future(work)
        self._cancelled = False
        self._running.add(task)
        task.add_done_callback(partial(self._ended, self._failed()))
        return task

    def cancel(self) -> None:
        self._cancelled = True
        for task in self._running:
            if not task.cancelling():  # a second time, it would not even close its connections
                task.cancel()

    async def ended(self) -> None:
        """Return when every other task on the running loop has ended."""
        loop, awaiting = asyncio.get_running_loop(), asyncio.current_task()
        # Those of another loop, which is closed by now, would never end.
        own = {task for task in self._running if task is not awaiting and task.get_loop() is loop}
        patience = loop.time() + _CLOSING_S
        while own:
            _, own = await asyncio.wait(own, timeout=_AGAIN_S)
            if self._cancelled:  # a library may swallow one, as anyio can
                self.cancel()
                if loop.time() > patience:
                    for task in own:
                        task.cancel()

    def _ended(
        self, failed: Callable[[BaseException], None] | None, task: asyncio.Task[Any]
    ) -> None:
        self._running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        _log.warning("A task ended with an exception", exc_info=error)
        if failed is not None:
            failed(error)
