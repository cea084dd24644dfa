"""The part of a span of time that is shown."""

from typing import NamedTuple

_LEAST = 1_000.0
"""The shortest time that is shown, in microseconds."""

_ROOM = 0.05
"""The share of a chosen part that is shown at each of its sides."""


class TimeSpan(NamedTuple):
    """A span from `first` to `last`, of which a part is `shown`; in microseconds since 1970."""

    first: float
    last: float
    shown: tuple[float, float]

    @classmethod
    def all_of(cls, first: float, last: float) -> "TimeSpan":
        last = max(last, first + _LEAST)
        room = _ROOM / 2 * (last - first)
        return cls(first - room, last + room, (first - room, last + room))

    def whole(self) -> "TimeSpan":
        return self._replace(shown=(self.first, self.last))

    def zoomed(self, factor: float, share: float) -> "TimeSpan":
        """Return what is shown after zooming by `factor`; what is at `share` of it stays there."""
        begin, end = self.shown
        at = begin + share * (end - begin)
        length = min(max((end - begin) / factor, _LEAST), self.last - self.first)
        return self._from(at - share * length, length)

    def moved(self, share: float) -> "TimeSpan":
        """Return what is shown after moving by `share` of it."""
        begin, end = self.shown
        return self._from(begin + share * (end - begin), end - begin)

    def around(self, first: float, last: float) -> "TimeSpan":
        """Return what shows the time from `first` to `last`, with some room at its sides."""
        length = min(max((last - first) * (1 + 2 * _ROOM), _LEAST), self.last - self.first)
        return self._from((first + last - length) / 2, length)

    def carried_to(self, other: "TimeSpan") -> "TimeSpan":
        """Return `other` with the part that is shown of this one, if that is not all of it."""
        if self.shown == (self.first, self.last):
            return other
        begin, end = self.shown
        if end <= other.first or begin >= other.last:
            return other
        return other._from(begin, min(end - begin, other.last - other.first))

    def _from(self, begin: float, length: float) -> "TimeSpan":
        begin = min(max(begin, self.first), self.last - length)
        return self._replace(shown=(begin, begin + length))
