"""Garbage collection in the window's thread only."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

INTERVAL_MS = 1000


@contextmanager
def collecting_here() -> Iterator[None]:
    """Collect garbage only in this thread's event loop until the block ends.

    Python collects in any thread that allocates, but must destroy Qt objects in their own. If
    collection is already off, it stays off.
    """
    if not gc.isenabled():
        yield
        return
    from PySide6.QtCore import Qt, QTimer

    timer = QTimer(interval=INTERVAL_MS, timerType=Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(collect_due)
    gc.disable()
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.collect(1)  # what the block left behind is young
        gc.enable()


def collect_due() -> None:
    """Collect the oldest generation over its threshold, as Python does by itself."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    generations = [number for number, (count, limit) in enumerate(due) if count > limit > 0]
    if generations:
        gc.collect(generations[-1])
