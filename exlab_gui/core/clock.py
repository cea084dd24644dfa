"""The time now, and a clock that can run faster or slower and be advanced."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

Clock = Callable[[], datetime]

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""Times before and after these cannot be shown in every time zone and on every system."""


def can_be_shown(at: datetime) -> bool:
    return EARLIEST <= at <= LATEST


def local_time(at: datetime, zone: tzinfo | None = None) -> datetime:
    """Return `at` in `zone`, by default the local one; without a zone of its own, `at` is local.

    If there is no local time, it stays in its own zone, or in UTC: at the ends of the calendar, and
    on Windows also before 1970 and after 3000.
    """
    try:
        return at.astimezone(zone)
    except (OSError, OverflowError, ValueError):
        return at if at.tzinfo else at.replace(tzinfo=UTC)


def utc_now() -> datetime:
    """Return the time now, in UTC with microseconds."""
    return datetime.now(UTC)


class SimulatedClock:
    """A clock that starts at the time of `real` and runs `rate` times as fast, at first 1.

    If `real` always gives the same time, only `advance` moves it. It never runs backwards, even if
    `real` does.
    """

    def __init__(self, real: Clock = utc_now) -> None:
        self._real = real
        self._rate = 1.0
        self._since = self._base = self._latest = real()

    def __call__(self) -> datetime:
        real = self._real()
        now = self._base + (real - self._since) * self._rate
        if now < self._latest:  # the real clock was set back
            self._since, self._base, now = real, self._latest, self._latest
        self._latest = now
        return now

    @property
    def rate(self) -> float:
        """Simulated seconds per real second; 0 stops the clock.

        Setting it keeps the time. Raises ValueError if it is negative or not finite.
        """
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        if not 0 <= rate < float("inf"):
            raise ValueError(f"the rate of a clock is 0 or more, not {rate}")
        self._go_on_from(self())
        self._rate = rate

    def advance(self, seconds: float) -> None:
        """Raise ValueError if `seconds` is negative or not finite."""
        if not 0 <= seconds < float("inf"):
            raise ValueError(f"a clock advances by 0 or more seconds, not {seconds}")
        self._go_on_from(self() + timedelta(seconds=seconds))

    def _go_on_from(self, now: datetime) -> None:
        self._since, self._base, self._latest = self._real(), now, now
