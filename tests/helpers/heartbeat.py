"""How long the window was away: the longest time between two turns of its loop."""

from collections.abc import Awaitable, Callable
from time import perf_counter, process_time
from typing import Self

from PySide6.QtCore import Qt, QTimer

LONGEST_MS = 100.0
"""The longest time that the window may be away."""


class Heartbeat:
    """A timer of the window's loop that beats in every turn, while the block runs.

    `longest_ms` is the longest time between two beats in which this program worked, in any of its
    threads: what other programs take of the processor meanwhile does not count. A thread that has
    the interpreter's lock does, as the window waits for it. `waited_ms` counts all time, also that
    in which nothing worked, as when the window waits for a disk.
    """

    def __init__(self) -> None:
        self.longest_ms = self.waited_ms = 0.0
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Self:
        self.restart()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._beat()
        self._timer.stop()

    def restart(self) -> None:
        """Forget what was measured."""
        self.longest_ms = self.waited_ms = 0.0
        self._at, self._worked = perf_counter(), process_time()

    def _beat(self) -> None:
        # Neither of the two clocks lets go of the interpreter's lock.
        at, worked = perf_counter(), process_time()
        waited_ms, worked_ms = 1000 * (at - self._at), 1000 * (worked - self._worked)
        self.waited_ms = max(self.waited_ms, waited_ms)
        self.longest_ms = max(self.longest_ms, min(waited_ms, worked_ms))
        self._at, self._worked = at, worked


async def longest_ms(do: Callable[[], Awaitable[object]], times: int = 3) -> float:
    """Return how long the window was away at the longest while `do` was done.

    If that is too long, it is done again, up to so many times: what the processor's caches and
    other programs cost is not always the same.
    """
    found = float("inf")
    for _ in range(times):
        with Heartbeat() as heartbeat:
            await do()
        found = min(found, heartbeat.longest_ms)
        if found < LONGEST_MS:
            break
    return found
