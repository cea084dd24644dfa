"""What a process holds: memory, and what must be given back when a session is closed."""

import asyncio
import gc
import threading
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.monkey.pulse import resident_bytes

_DESCRIPTORS = Path("/proc/self/fd")


class Census(NamedTuple):
    memory_mb: float
    objects: int
    """Those that Python's garbage collector knows of."""
    qt_objects: int
    timers: int
    tasks: int
    threads: int
    descriptors: int
    widgets: int

    @property
    def text(self) -> str:
        counts = ", ".join(
            f"{getattr(self, name)} {name.replace('_', ' ')}" for name in self._fields[1:]
        )
        return f"{self.memory_mb:.0f} MB, {counts}"


async def take_census() -> Census:
    """Count what is there after all that was let go of is gone."""
    for _ in range(3):
        await asyncio.sleep(0.05)  # the loop is the window's
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    known: list[Any] = gc.get_objects()
    descriptors = sum(1 for _ in _DESCRIPTORS.iterdir()) if _DESCRIPTORS.exists() else 0
    return Census(
        memory_mb=resident_bytes() / 2**20,
        objects=len(known),
        # By type(): what is asked for its class may import something.
        qt_objects=sum(issubclass(type(one), QObject) for one in known),
        timers=sum(
            issubclass(type(one), QTimer) and isValid(one) and one.isActive() for one in known
        ),
        tasks=len(asyncio.all_tasks()),
        threads=threading.active_count(),
        descriptors=descriptors,
        widgets=len(QApplication.allWidgets()),
    )
