"""Showing changes at most once a frame, and less often in a burst."""

from collections.abc import Callable
from math import ceil
from time import perf_counter
from weakref import WeakMethod

from PySide6.QtCore import QTimer

FRAME_MS = 16
BURST_FRAME_MS = 150
"""A frame in a burst: what comes so fast cannot be read, and to paint it would hold it up."""

_BURST = 2 * FRAME_MS
"""More events than this in one frame are a burst."""


class Frames:
    """Calls the method `begun` when it is asked to: at once, but at most once a frame.

    Of ten thousand sessions that are listed, most need no timer.
    """

    def __init__(self, begun: Callable[[], object]) -> None:
        self._begun = WeakMethod(begun)
        self._length_ms = FRAME_MS
        self._is_burst = False
        self._since = perf_counter()
        self._timer: QTimer | None = None

    @property
    def due(self) -> bool:
        """Whether one will begin by itself."""
        return self._timer is not None and self._timer.isActive()

    def ask(self, new: int = 1) -> None:
        """Have one begin, since by now there are so many `new` events to show."""
        self._is_burst = self._is_burst or new > _BURST
        if self.due:
            return
        left_ms = self._length_ms - (perf_counter() - self._since) * 1000
        if left_ms < 0:
            self.begin()
            return
        if self._timer is None:
            self._timer = QTimer(singleShot=True)
            self._timer.timeout.connect(self.begin)
        self._timer.start(ceil(left_ms))

    def begin(self) -> None:
        self.stop()
        self._length_ms = BURST_FRAME_MS if self._is_burst else FRAME_MS
        self._is_burst = False
        self._since = perf_counter()
        if (begun := self._begun()) is not None:
            begun()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
