"""How long the window is away: the time between two turns of its event loop."""

import ctypes
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time

GAP_S = 0.1
"""No longer may a window be away."""


@dataclass
class Pulse:
    """Notes the longest gaps between beats, and what was done in each.

    They are measured by the time that the window's thread had the processor: what other programs
    take from it, and what the system has it wait, depend on the machine. How much slower the
    processor is than at its best is measured, after a long gap, by work that always takes the same.
    """

    gaps: list[tuple[float, str]] = field(default_factory=list)
    """Those over `GAP_S`, in seconds."""
    slowed: int = 0
    """How many would have been, had nothing else run on the machine's processors."""
    longest: float = 0.0

    def __post_init__(self) -> None:
        self._best = min(_work() for _ in range(50))
        self.begin()

    def begin(self) -> None:
        """Measure from now on."""
        self._last = thread_time()

    def beat(self, what: str) -> None:
        """Note the gap since the last beat, in which `what` was done."""
        gap = thread_time() - self._last
        if gap > GAP_S:
            slow = min(_work() for _ in range(3))
            self._best = min(self._best, slow)
            fair = gap * self._best / slow
            self.slowed += fair <= GAP_S
            if fair > GAP_S:
                self.gaps.append((fair, what))
            gap = fair
        self.longest = max(self.longest, gap)


def _work() -> float:
    """Return for how long the processor works at what is always the same."""
    start = thread_time()
    sum(number * number for number in range(20_000))
    return thread_time() - start


def resident_bytes() -> int:
    """Return how much memory the process holds and uses; 0 if the system does not tell.

    What the C library keeps of memory that was given back to it is first given to the system: that
    depends on the order in which pieces of all sizes came and went.
    """
    with suppress(AttributeError, OSError, TypeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError):
        return 0
