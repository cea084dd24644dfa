"""Showing changes at most once a frame, and less often in a burst."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

FRAME_MS = 16
BURST_FRAME_MS = 150
"""A frame in a burst: what comes so fast cannot be read, and to paint it would hold it up."""

_BURST = 2 * FRAME_MS
"""More events than this in one frame are a burst."""


class Frames(QObject):
    """Emits `begun` when it is asked to: at once, but at most once a frame."""

    begun = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._length_ms = FRAME_MS
        self._is_burst = False
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.begin)

    @property
    def due(self) -> bool:
        """Whether one will begin by itself."""
        return self._timer.isActive()

    def ask(self, new: int = 1) -> None:
        """Have one begin, since by now there are so many `new` events to show."""
        self._is_burst = self._is_burst or new > _BURST
        if not self.due and self._since.hasExpired(self._length_ms):
            self.begin()
        elif not self.due:
            self._timer.start(max(self._length_ms - self._since.elapsed(), 0))

    def begin(self) -> None:
        self._timer.stop()
        self._length_ms = BURST_FRAME_MS if self._is_burst else FRAME_MS
        self._is_burst = False
        self._since.restart()
        self.begun.emit()

    def stop(self) -> None:
        self._timer.stop()
