"""Times and durations as people read them."""

from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from exlab_gui.core.clock import local_time
from exlab_gui.core.text.translation import phrase

_MILLISECONDS = 3  # places of seconds after the point


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

    @property
    def middle(self) -> timedelta:
        """What counts in statistics."""
        return self.least + (self.most - self.least) / 2

    def __add__(self, other: object) -> "Span":
        if not isinstance(other, Span):
            return NotImplemented
        return Span(_sum(self.least, other.least), _sum(self.most, other.most))

    def text(self, places: int = 1) -> str:
        """Return it as `duration` does, or as ``3.2–4.1 s`` if it is not known exactly."""
        least, most = duration(self.least, places), duration(self.most, places)
        if least == most:
            return least
        number, *unit = least.split(" ")
        if number == "0" or most.split(" ")[1:] == unit:
            return phrase("{least}–{most}", least=_number(number), most=most)
        return phrase("{least} – {most}", least=least, most=most)


def _number(digits: str) -> str:
    """Return a number as a phrase, which is told with the point of its language."""
    if ":" in digits:
        return digits
    places = len(digits.partition(".")[2])
    return phrase("{number:.{places}f}", number=float(digits), places=places)


def _sum(one: timedelta, other: timedelta) -> timedelta:
    """Return the sum, at most the longest time that there is."""
    try:
        return one + other
    except OverflowError:
        return timedelta.max


def duration(span: timedelta, places: int = 1) -> str:
    """Return `span` as ``180 ms``, ``4.2 s``, ``1:05 min`` or ``2 h 10 min``.

    `places` are those of seconds after the point. What is shorter than a second is told in
    milliseconds, unless `places` is 0. A negative span, which a clock that was set back can leave,
    has a minus sign.
    """
    total = abs(span.total_seconds())
    finer = max(places, _MILLISECONDS) if places else 0
    seconds = round(total, finer if total < 1 else places)
    sign = "-" if span < timedelta(0) and seconds else ""
    if 0 < seconds < 1:
        number, places = 1000 * seconds, finer - _MILLISECONDS
        return phrase("{sign}{number:.{places}f} ms", sign=sign, number=number, places=places)
    if seconds < 60:
        if not seconds:
            return "0 s"
        return phrase("{sign}{number:.{places}f} s", sign=sign, number=seconds, places=places)
    minutes, seconds = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{sign}{minutes}:{seconds:02} min"
    hours, minutes = divmod(round(minutes + seconds / 60), 60)
    return f"{sign}{hours} h {minutes} min"


def time_of_day(at: datetime, to_the: str = "seconds", zone: tzinfo | None = None) -> str:
    """Return the time of day of `at` as ``14:05:09``; to the ``milliseconds``, with a point.

    What is less is cut off. It is that of `zone`, by default the local one.
    """
    return local_time(at, zone).time().isoformat(to_the)


def ago(span: timedelta) -> str:
    """Return how long ago something was, as ``12 s ago``, ``3 min ago`` or ``2 days ago``."""
    seconds = max(round(span.total_seconds()), 0)
    if days := seconds // 86_400:
        return phrase("{n} day ago", "{n} days ago", n=days)
    if hours := seconds // 3_600:
        return phrase("{n} h ago", n=hours)
    if minutes := seconds // 60:
        return phrase("{n} min ago", n=minutes)
    return phrase("{n} s ago", n=seconds)


def last_seen(seen: datetime, now: datetime) -> str:
    """Return when something was seen last, and how long ago, as ``14:02:11, 3 min ago``."""
    return phrase("{time}, {ago}", time=time_of_day(seen), ago=ago(now - seen))
