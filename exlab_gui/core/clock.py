"""The time now, and a clock that can run faster or slower, and be moved on by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now, in UTC with microseconds."""
    return datetime.now(UTC)


class SimulatedClock:
    """A clock that is called for the time, as a `SessionStore` does.

    It starts at the time that `real` gives and runs `rate` times as fast as `real` does, at first
    just as fast. Where `real` always gives the same time, only `advance` moves it. It never runs
    backwards, even where `real` does.
    """

    def __init__(self, real: Clock = utc_now) -> None:
        self._real = real
        self._rate = 1.0
        self._since = self._base = self._latest = real()

    def __call__(self) -> datetime:
        """Return the simulated time now, never earlier than what was returned before."""
        real = self._real()
        now = self._base + (real - self._since) * self._rate
        if now < self._latest:  # the real clock was set back
            self._since, self._base, now = real, self._latest, self._latest
        self._latest = now
        return now

    @property
    def rate(self) -> float:
        """How many simulated seconds go by in a real one; 0 where time stands still.

        Setting it leaves the time as it is. Raises ValueError for what is negative or not finite.
        """
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        if not 0 <= rate < float("inf"):
            raise ValueError(f"a clock's rate is a number from 0 up, not {rate}")
        self._go_on_from(self())
        self._rate = rate

    def advance(self, seconds: float) -> None:
        """Move the time on by `seconds`; raises ValueError for what is negative or not finite."""
        if not 0 <= seconds < float("inf"):
            raise ValueError(f"a clock is moved on by a number of seconds from 0 up, not {seconds}")
        self._go_on_from(self() + timedelta(seconds=seconds))

    def _go_on_from(self, now: datetime) -> None:
        self._since, self._base, self._latest = self._real(), now, now
