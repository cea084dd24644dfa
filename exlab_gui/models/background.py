"""Long work beside the window: in a thread of its own, with its progress, and a way to stop it."""

import gc
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")

Proceed = Callable[[int, int], bool]
"""What work calls to tell that so much of so much is done; it answers whether to go on."""

_TELL_EVERY_S = 0.05


class Background(QObject):
    """One piece of work at a time. All that is told of it is told in the thread of the window."""

    progressed = Signal(str, object, object)
    """What goes on, how much is done, and of how much: numbers that may exceed 32 bits."""
    failed = Signal(str)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether some work goes on."""
        return self._thread is not None

    def run(self, title: str, work: Callable[[Proceed], T], then: Callable[[T], object]) -> None:
        """Have `work` done, then hand its result to `then`.

        Why the work failed is told by `failed`; so is that other work goes on.
        """
        if self.busy:
            self.failed.emit("Something else is still being read or written. Stop it first.")
            return
        self._stopped.clear()
        # Python collects garbage in whatever thread allocates: Qt's objects may only go in theirs.
        gc.disable()
        self._thread = threading.Thread(target=self._work, args=(title, work, then), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Have the work stop at the next place where it tells its progress."""
        self._stopped.set()

    def close(self) -> None:
        """Stop the work, and return when it has ended; nothing more is told."""
        self.stop()
        if self._thread is not None:
            self._thread.join()
            self._forget()

    def _work(self, title: str, work: Callable[[Proceed], T], then: Callable[[T], object]) -> None:
        told = 0.0

        def proceed(done: int, total: int) -> bool:
            nonlocal told
            if time.monotonic() - told > _TELL_EVERY_S:
                told = time.monotonic()
                self._told.emit(partial(self.progressed.emit, title, done, total))
            return not self._stopped.is_set()

        try:
            result = work(proceed)
        except Exception as error:  # whatever it is, the window has to go on
            reason = str(error) or type(error).__name__
            self._told.emit(partial(self._end, partial(self.failed.emit, reason)))
        else:
            self._told.emit(partial(self._end, partial(then, result)))

    def _tell(self, tell: Callable[[], object]) -> None:
        if self._thread is not None:  # else it was closed before what was told arrived here
            tell()

    def _end(self, tell: Callable[[], object]) -> None:
        if self._thread is not None:
            self._thread.join()
        self._forget()
        tell()

    def _forget(self) -> None:
        self._thread = None
        gc.enable()
