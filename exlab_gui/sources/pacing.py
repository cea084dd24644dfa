"""Waiting in simulated time, at a speed that can change meanwhile."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from exlab_gui.core.clock import SimulatedClock

Turn = asyncio.Event
"""One period of playing, from a start to its stop. It is set to wake its waiter."""


class Pacer:
    """Runs a clock at `speed` times real time while something is being played."""

    def __init__(self, clock: SimulatedClock, speed: float = 1.0) -> None:
        self.clock = clock
        self.speed = speed
        self._turn: Turn | None = None
        self._held = False

    @property
    def running(self) -> bool:
        return self._turn is not None

    def set_speed(self, speed: float) -> None:
        self.speed = speed
        self._tell()

    def hold(self, on: bool) -> None:
        """Have the running turn and later ones wait, the clock in real time, or go on."""
        self._held = on
        self._tell()

    def start(self) -> Turn:
        """Run the clock at `speed` and return the new turn; a running turn ends."""
        self.stop()
        self._turn = Turn()
        self._tell()
        return self._turn

    def stop(self, turn: Turn | None = None) -> None:
        """Run the clock in real time and end the turn; with `turn`, only if that is running."""
        if self._turn is None or turn not in (None, self._turn):
            return
        self._turn.set()
        self._turn = None
        self.clock.rate = 1.0

    async def wait(self, turn: Turn, seconds: float) -> bool:
        """Return True after `seconds` on the clock, or False as soon as `turn` ends.

        The time while the play is held does not count.
        """
        until = self.clock() + timedelta(seconds=seconds)
        await asyncio.sleep(0)  # with no time to wait, too, there is time for everything else
        while turn is self._turn:
            if self._held:
                rest = until - self.clock()
                while self._held and turn is self._turn:
                    turn.clear()
                    await turn.wait()
                until = self.clock() + rest
                continue
            left = (until - self.clock()).total_seconds() / self.speed
            if left <= 0:
                return True
            turn.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await turn.wait()
        return False

    def _tell(self) -> None:
        """Have the clock run as it should now, and the waiter look at it."""
        if self._turn is not None:
            self.clock.rate = 1.0 if self._held else self.speed
            self._turn.set()
