"""Showing changes at most once a frame."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

FRAME_MS = 16


class Frames(QObject):
    """Emits `begun` when it is asked to: at once, but at most once a frame."""

    begun = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._timer.timeout.connect(self.begin)

    @property
    def due(self) -> bool:
        """Whether one will begin by itself."""
        return self._timer.isActive()

    def ask(self) -> None:
        if self._since.hasExpired(FRAME_MS):
            self.begin()
        elif not self.due:
            self._timer.start()

    def begin(self) -> None:
        self._timer.stop()
        self._since.restart()
        self.begun.emit()

    def stop(self) -> None:
        self._timer.stop()
