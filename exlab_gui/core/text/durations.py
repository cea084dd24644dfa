"""Times and durations as people read them."""

from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple


class Span(NamedTuple):
    """The least and the most that something can have lasted."""

    least: timedelta
    most: timedelta

    @classmethod
    def exactly(cls, lasted: timedelta) -> "Span":
        return cls(lasted, lasted)

    @classmethod
    def between(
        cls, start_from: datetime, start: datetime, end_from: datetime, end: datetime
    ) -> "Span":
        """Return the span from a start to an end, each at any time of a range; never negative."""
        least = max(end_from - start, timedelta())
        return cls(least, max(end - start_from, least))

    def __add__(self, other: object) -> "Span":
        if not isinstance(other, Span):
            return NotImplemented
        return Span(_sum(self.least, other.least), _sum(self.most, other.most))

    def text(self, places: int = 1) -> str:
        """Return it as `duration` does; ``0:03.2 to 0:04.1`` where it is not known exactly."""
        least, most = duration(self.least, places), duration(self.most, places)
        return least if least == most else f"{least} to {most}"


def _sum(one: timedelta, other: timedelta) -> timedelta:
    """Return the sum; the longest time that there is where it is longer."""
    try:
        return one + other
    except OverflowError:
        return timedelta.max


def duration(span: timedelta, places: int = 1) -> str:
    """Return `span` as ``0:04.2``, from an hour on as ``1:02:03.4``; `places` after the point.

    A negative span, which a clock that was set back can leave, bears a minus sign.
    """
    scale = 10**places
    units = round(abs(span.total_seconds()) * scale)
    seconds, fraction = divmod(units, scale)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    whole = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    sign = "-" if span < timedelta(0) and units else ""
    return f"{sign}{whole}.{fraction:0{places}}" if places else f"{sign}{whole}"


def time_of_day(at: datetime, to_the: str = "seconds", zone: tzinfo | None = None) -> str:
    """Return the time of day of `at` as ``14:05:09``; to the ``milliseconds``, with a point.

    What is less is cut off. It is that of `zone`, by default the local one; that of UTC if there is
    no local time: at the ends of the calendar, and before 1970 on Windows.
    """
    try:
        local = at.astimezone(zone)
    except (OSError, OverflowError):
        local = at
    return local.time().isoformat(to_the)
