"""How long the window is away: the time between two turns of its event loop."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, thread_time

GAP_S = 0.1
"""No longer may a window be away."""

_SCHEDULER = Path("/proc/self/schedstat")


@dataclass
class Pulse:
    """Notes the longest gaps between beats, and what was done in each.

    What other programs take from this one does not count: Linux tells how long the thread of the
    window was ready to run, and did not; and how much slower the processor was than at its best is
    measured, after a long gap, by work that always takes the same.
    """

    gaps: list[tuple[float, str]] = field(default_factory=list)
    """Those over `GAP_S`, in seconds."""
    slowed: int = 0
    """How many would have been, had nothing else run on the machine's processors."""
    longest: float = 0.0

    def __post_init__(self) -> None:
        self._scheduler = os.open(_SCHEDULER, os.O_RDONLY) if _SCHEDULER.exists() else None
        self._best = min(_work() for _ in range(50))
        self.begin()

    def begin(self) -> None:
        """Measure from now on."""
        self._last, self._waited = perf_counter(), self._waiting()

    def beat(self, what: str, *, rested: float = 0.0) -> None:
        """Note the gap since the last beat, in which `what` was done, but for what was `rested`."""
        gap = perf_counter() - self._last - rested - (self._waiting() - self._waited)
        if gap > GAP_S:
            slow = min(_work() for _ in range(3))
            self._best = min(self._best, slow)
            fair = gap * self._best / slow
            self.slowed += fair <= GAP_S
            if fair > GAP_S:
                self.gaps.append((fair, what))
            gap = fair
        self.longest = max(self.longest, gap)

    def close(self) -> None:
        if self._scheduler is not None:
            os.close(self._scheduler)

    def _waiting(self) -> float:
        """Return for how many seconds this program waited for a processor since its start."""
        if self._scheduler is None:
            return 0.0
        return int(os.pread(self._scheduler, 100, 0).split()[1]) / 1e9


def _work() -> float:
    """Return for how long the processor works at what is always the same."""
    start = thread_time()
    sum(number * number for number in range(20_000))
    return thread_time() - start


def resident_bytes() -> int:
    """Return how much memory the process holds; 0 if the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
