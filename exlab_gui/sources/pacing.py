"""Waiting in simulated time: at a speed that can change, or end, while something waits."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from exlab_gui.core.clock import SimulatedClock

Turn = asyncio.Event
"""One time of playing, from a start to its stop. It is set to wake whoever waits in it."""


class Pacer:
    """Lets a clock run `speed` times as fast as real time while something is being played."""

    def __init__(self, clock: SimulatedClock, speed: float = 1.0) -> None:
        self.clock = clock
        self._speed = speed
        self._turn: Turn | None = None

    @property
    def running(self) -> bool:
        """Whether something is being played."""
        return self._turn is not None

    @property
    def speed(self) -> float:
        """How many simulated seconds pass in a real one while playing."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = speed
        if self._turn is not None:
            self.clock.rate = speed
            self._turn.set()

    def start(self) -> Turn:
        """Let the clock run at `speed` from now on, and return the turn that begins.

        One that still goes on ends with it.
        """
        self.stop()
        self._turn = Turn()
        self.clock.rate = self._speed
        return self._turn

    def stop(self, turn: Turn | None = None) -> None:
        """Let the clock run at the pace of real time again; whoever waits goes on at once.

        With `turn`, only if that one has not ended yet: a later one goes on.
        """
        if self._turn is None or turn not in (None, self._turn):
            return
        self._turn.set()
        self._turn = None
        self.clock.rate = 1.0

    async def wait(self, turn: Turn, seconds: float) -> bool:
        """Return True once `seconds` have passed on the clock, False once `turn` has ended."""
        until = self.clock() + timedelta(seconds=seconds)
        await asyncio.sleep(0)  # with no time to wait, too, there is time for everything else
        while turn is self._turn:
            left = (until - self.clock()).total_seconds() / self._speed
            if left <= 0:
                return True
            turn.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await turn.wait()
        return False
