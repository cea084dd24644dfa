"""Python's garbage is collected in the thread of the window only."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer

INTERVAL_MS = 1000


@contextmanager
def collected_here() -> Iterator[None]:
    """Collect garbage in this thread's event loop until the block ends, and nowhere else.

    Python collects in whatever thread allocates. There, Qt's objects would be destroyed by another
    thread than their own, which crashes. If collection is off already, it stays off.
    """
    if not gc.isenabled():
        yield
        return
    timer = QTimer(interval=INTERVAL_MS, timerType=Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(_collect)
    gc.disable()
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.collect(1)  # what the block left behind is young
        gc.enable()


def _collect() -> None:
    """Collect the oldest generation that is due, as Python would have done by itself."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    generations = [number for number, (count, limit) in enumerate(due) if count > limit > 0]
    if generations:
        gc.collect(generations[-1])
