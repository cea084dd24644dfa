"""The event loop of a window in a test: it drives tasks whenever Qt's events are processed."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import qasync
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from exlab_gui.event_loop import EventLoop, closing_generators

_TURN_MS = 5


UNNOTICED: list[dict[str, Any]] = []
"""What failed in a test's loop without anybody asking for it: contexts of exception handlers."""


class _Loop(EventLoop):
    """Tells of failed tasks by `UNNOTICED`."""

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        UNNOTICED.append(context)
        super().default_exception_handler(context)


def qt_loop() -> EventLoop:
    """Return a new event loop that Qt drives."""
    return _Loop(_application())


@contextmanager
def running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Yield a loop that Qt drives, which counts as the running one; close it at the end.

    For plain tests. Nothing has to be awaited there: whatever waits in Qt lets the tasks go on.
    """
    loop = qt_loop()
    # run_forever would do this, and not return until the test is over.
    loop._before_run_forever()  # on Windows, a thread that waits for the network
    asyncio._set_running_loop(loop)
    try:
        with closing_generators(loop):
            yield loop
    finally:
        asyncio._set_running_loop(None)
        loop._after_run_forever()
        loop.close()


@contextmanager
def apart_from_task() -> Iterator[None]:
    """Let other tasks go on within the block, although a coroutine test is a task itself.

    Raises RuntimeError if the test's loop is not driven by Qt: the window would stand still.
    """
    loop = asyncio._get_running_loop()
    if not isinstance(loop, qasync.QEventLoop):
        found = f"The test's loop is a {type(loop).__name__}" if loop else "The test has no loop"
        raise RuntimeError(
            f"{found}, which does not drive Qt. Let pytest-asyncio 1.4 or later run the test, or "
            "anyio with exlab_gui.testing.loop.qt_loop as the loop_factory of its backend."
        )
    task = asyncio.current_task()
    if task is None:
        yield
        return
    asyncio._leave_task(loop, task)
    try:
        yield
    finally:
        asyncio._enter_task(loop, task)


def wait_until(condition: Callable[[], object], timeout: float, explain: Callable[[], str]) -> None:
    """Return as soon as `condition` is true.

    Raises TimeoutError with what `explain` says if that takes more than `timeout` seconds.
    """
    end = asyncio.get_running_loop().time() + timeout
    while not condition():
        if asyncio.get_running_loop().time() > end:
            raise TimeoutError(explain())
        QTest.qWait(_TURN_MS)


@cache  # holds it: the loop of one test must not take the application of the next one with it
def _application() -> Any:
    return QApplication.instance() or QApplication([])
