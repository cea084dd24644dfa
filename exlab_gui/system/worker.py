"""A thread for what may never end, such as writing to a drive that does not answer."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar
from weakref import finalize

T = TypeVar("T")

_Asked = SimpleQueue[Callable[[], object] | None]


class Worker:
    """Does in a thread what it is asked for, one thing after another, until `end`.

    It does not keep the program from ending.
    """

    def __init__(self) -> None:
        self._asked: _Asked = SimpleQueue()
        self._thread: threading.Thread | None = None
        finalize(self, self._asked.put, None)

    @property
    def is_at_work(self) -> bool:
        """Whether its thread is there: until what was asked for before `end` is done."""
        return self._thread is not None and self._thread.is_alive()

    def ask(self, work: Callable[[], T]) -> "Future[T]":
        """Return the future result of `work`, which can't be cancelled."""
        future = Future[T]()
        future.set_running_or_notify_cancel()

        def do() -> None:
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

        self._asked.put(do)
        if self._thread is None:
            self._thread = threading.Thread(target=_work, args=(self._asked,), daemon=True)
            self._thread.start()
        return future

    def end(self) -> None:
        """End the thread when it has done what it was asked for."""
        self._asked.put(None)


def _work(asked: _Asked) -> None:
    while (do := asked.get()) is not None:
        do()
        del do  # nothing is kept alive until the next one
