"""The event loop that Qt drives, with what qasync's own lacks."""

import asyncio
import sys
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from time import perf_counter
from typing import Any, Self

import qasync
from PySide6.QtCore import QTimer

_TURN_S = 0.02
"""What is due after so long a turn is called in the next: the window is heard and painted first."""


class EventLoop(qasync.QEventLoop):  # type: ignore[misc]
    """Closes async generators that are left before their end, as asyncio's own loops do.

    Without that, a library that leaves one loses the connection that the generator holds. As a
    context it is asyncio's current loop. It counts as the running one for whatever it calls: qasync
    also calls back while it does not run, and a task that goes on then would die of that. What is
    due at once is called together, as far as a turn goes; qasync has a timer of Qt for each call.
    """

    def __init__(self, app: object) -> None:
        super().__init__(app)
        self._due = deque[asyncio.Handle]()
        self._turn = QTimer(singleShot=True, interval=0)
        self._turn.timeout.connect(self._call_due)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._due.append(handle)
        if not self._turn.isActive():
            self._turn.start()
        return handle

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        if delay <= 0:
            return self.call_soon(callback, *args, context=context)
        # qasync's own asks for `asyncio.iscoroutinefunction`, which Python 3.16 has no longer.
        called = asyncio.Handle(self._call, (callback, *args), self, context)
        handle: asyncio.Handle = self._add_callback(called, delay)
        return handle

    def close(self) -> None:
        super().close()
        self._turn.stop()
        self._due.clear()

    def _call_due(self) -> None:
        count = len(self._due)
        if count > 1:
            self._turn.start()  # a call may wait in a loop of its own, as a menu does
        with self._running():
            until = perf_counter() + _TURN_S
            for _ in range(count):
                if self._due and not (handle := self._due.popleft()).cancelled():
                    handle._run()
                if perf_counter() >= until:
                    break
        if self._due:
            self._turn.start()  # anew: timers that were to fire meanwhile do so before it

    def _call(self, callback: Callable[..., object], *args: Any) -> None:
        with self._running():
            callback(*args)

    @contextmanager
    def _running(self) -> Iterator[None]:
        running = asyncio._get_running_loop()
        asyncio._set_running_loop(self)
        try:
            yield
        finally:
            asyncio._set_running_loop(running)

    def __enter__(self) -> Self:
        asyncio.set_event_loop(self)
        return self

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        asyncio.set_event_loop(None)

    def run_forever(self) -> int:
        with closing_generators(self):
            status: int = super().run_forever()
        return status


@contextmanager
def closing_generators(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Have `loop` close the generators that are begun in this thread within the block."""

    def close(generator: AsyncGenerator[Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(loop.create_task, generator.aclose())

    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(finalizer=close)
    try:
        yield
    finally:
        sys.set_asyncgen_hooks(*before)
