"""Work in the loop that leaves it time for everything else."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

SLICE_S = 0.008
LONG_SLICE_S = 0.03
"""For work after which much is painted anew: to do that after each short slice would hold it up."""

AT_ONCE = 16
"""So many sessions that are found in one list are told of together, which takes some 5 ms."""


class Slices:
    """Lets the loop go on in the middle of work that takes longer than a slice."""

    def __init__(self, length_s: float = SLICE_S) -> None:
        self._length_s = length_s
        self._until = perf_counter() + length_s

    async def pause(self) -> None:
        """Return at once, or after the loop had a turn if the slice is over."""
        if perf_counter() >= self._until:
            await asyncio.sleep(0)
            self._until = perf_counter() + self._length_s


class Batches:
    """Makes `call` once for several reasons to make it."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._reasons = 0

    def note(self) -> None:
        """Note a reason; the call is made at once only if there are `AT_ONCE`."""
        self._reasons += 1
        if self._reasons >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Make the call if there is a reason."""
        if self._reasons:
            self._reasons = 0
            self._call()


class SlicedCalls:
    """Makes many calls in slices; those that have not been made are dropped for later ones."""

    def __init__(self) -> None:
        self._calls: Iterator[Callable[[], None]] = iter(())

    def begin(self, calls: Iterable[Callable[[], None]]) -> None:
        """Make the first of `calls` now, and the rest as the loop goes on."""
        self._calls = iter(calls)
        self._go_on(self._calls)

    def _go_on(self, calls: Iterator[Callable[[], None]]) -> None:
        until = perf_counter() + SLICE_S
        for call in calls:
            call()
            if perf_counter() >= until:
                break
        else:
            return
        if calls is self._calls:  # nothing later has begun
            asyncio.get_running_loop().call_soon(self._go_on, calls)
