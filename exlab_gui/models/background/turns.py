"""A thread that works in turn with the window's, never for long at the same time."""

import threading
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")

SLICE_S = 0.01
"""How long the thread works until it is the window's turn."""

_PATIENCE_S = 1.5 * SLICE_S


class StoppedError(Exception):
    """The user, or closing the window, stopped the work."""


class Turns:
    """Lets one thread work a slice of time whenever the window's thread gives it a turn.

    If both computed at the same time, each would wait up to 5 ms whenever it asks for the
    interpreter's lock, which a repaint of the window does again and again.
    """

    def __init__(self) -> None:
        self.done: tuple[int, int] | None = None
        """What `progress` was last called with."""
        self._changed = threading.Condition()
        self._working = False
        self._stopped_at: float | None = None
        self._until = 0.0

    def give(self) -> bool:
        """Let the thread work; return after its slice, or False at once if the last one goes on.

        It goes on at the same time if it works for longer without a call of `progress`, for one
        because it waits for a disk.
        """
        with self._changed:
            late = self._working
            self._working = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._working, 0 if late else _PATIENCE_S)

    def stopped_for(self) -> float:
        """Return the seconds since `stop`, 0 before."""
        return 0.0 if self._stopped_at is None else perf_counter() - self._stopped_at

    def stop(self) -> None:
        """Have `progress` raise StoppedError from now on."""
        with self._changed:
            self._stopped_at = self._stopped_at or perf_counter()
            self._changed.notify_all()

    def run(self, work: Callable[[Callable[[int, int], None]], T]) -> T:
        """Return what `work`, given `progress`, returns. To be called in the other thread."""
        try:
            self._await_turn()
            return work(self.progress)
        finally:
            self._end_turn()

    def progress(self, done: int, total: int) -> None:
        """Note the amounts done and in total, and wait for the next turn if this one is over."""
        self.done = done, total
        if self._stopped_at is not None:
            raise StoppedError
        if perf_counter() >= self._until:
            self._end_turn()
            self._await_turn()

    def _end_turn(self) -> None:
        with self._changed:
            self._working = False
            self._changed.notify_all()

    def _await_turn(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._working or self._stopped_at is not None)
        if self._stopped_at is not None:
            raise StoppedError
        self._until = perf_counter() + SLICE_S
