"""Work in the loop that leaves it time for everything else."""

import asyncio
from time import perf_counter

SLICE_S = 0.008


class Slices:
    """Lets the loop go on in the middle of work that takes longer than a slice."""

    def __init__(self) -> None:
        self._until = perf_counter() + SLICE_S

    async def pause(self) -> None:
        """Return at once, or after the loop had a turn if the slice is over."""
        if perf_counter() >= self._until:
            await asyncio.sleep(0)
            self._until = perf_counter() + SLICE_S
