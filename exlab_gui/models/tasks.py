"""The tasks that one owner began, so that none is forgotten and none fails in silence."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any
from weakref import WeakMethod


class Tasks:
    """Runs work for one owner, tells it of what failed, and ends it all.

    `failed`, a method of the owner, is called with the exception of each task that ends with one.
    The owner lives at least as long as its tasks, and is not kept any longer.
    """

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = WeakMethod(failed)
        self._running: set[asyncio.Task[Any]] = set()

    def run(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin `work` on the running loop."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(partial(self._ended, self._failed()))
        return task

    def cancel(self) -> None:
        """Cancel whatever goes on."""
        for task in self._running:
            if not task.cancelling():  # a second time, it would not even close its connections
                task.cancel()

    async def ended(self) -> None:
        """Return when everything that was begun so far, on the running loop, has ended.

        A task that awaits this leaves itself out.
        """
        loop, awaiting = asyncio.get_running_loop(), asyncio.current_task()
        # Those of another loop, which is closed by now, would never end.
        own = [task for task in self._running if task is not awaiting and task.get_loop() is loop]
        await asyncio.gather(*own, return_exceptions=True)

    def _ended(
        self, failed: Callable[[BaseException], None] | None, task: asyncio.Task[Any]
    ) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and failed is not None:
            failed(error)
