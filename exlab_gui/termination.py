"""Ending the program by a signal, as if its window was closed."""

import signal
import socket
from contextlib import suppress
from types import FrameType
from typing import Any, Self

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from exlab_gui.system.signals import ending_signals


class Termination(QObject):
    """Emits `asked` if the program is told to end, for as long as the context lasts.

    `status` is then the exit status that a shell gives to such an end, and a second signal ends the
    program at once. Qt's loop leaves Python no time to notice signals; Python writes them to a
    socket, which wakes the loop.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.status = 0
        self._before: dict[int, Any] = {}
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)

    def __enter__(self) -> Self:
        self._wakeup_before = signal.set_wakeup_fd(self._writing.fileno())
        for number in ending_signals():
            self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._reading.close()
        self._writing.close()

    def _drain(self) -> None:
        with suppress(BlockingIOError):
            self._reading.recv(64)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        for other in self._before:
            signal.signal(other, signal.SIG_DFL)
        self.status = 128 + number
        self.asked.emit()
