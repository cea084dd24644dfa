"""A logarithmic axis of durations."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from math import log10
from typing import NamedTuple

from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.translation import number, tr

_LEAST = 1_000.0
"""The shortest time of an axis, in microseconds: 0 has no logarithm, and is drawn there."""

_S, _MIN, _H, _DAY = 1e6, 60e6, 3600e6, 86_400e6
_TICKS = (
    *(1e3, 1e4, 1e5, _S, 10 * _S, _MIN, 10 * _MIN, _H, 10 * _H, 4 * _DAY, 40 * _DAY, 400 * _DAY),
    *(4_000 * _DAY, 40_000 * _DAY, 400_000 * _DAY, 4_000_000 * _DAY),
)
_APART = 16.0


class LogAxis(NamedTuple):
    """An axis from `least` to `most`, in microseconds, drawn from `left` to `right`."""

    least: float
    most: float
    left: float
    right: float

    @classmethod
    def over(cls, times: Iterable[float], left: float, right: float) -> "LogAxis":
        """Return the axis from one tick to another that holds all `times`."""
        known = [max(one, _LEAST) for one in times] or [_S]
        least = max((tick for tick in _TICKS if tick <= min(known)), default=_LEAST)
        most = next((tick for tick in _TICKS if tick >= max(known) and tick > least), max(known))
        return cls(least, most, left, right)

    def at(self, microseconds: float) -> float:
        """Return where a time is drawn."""
        share = log10(max(microseconds, _LEAST) / self.least) / log10(self.most / self.least)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, width: Callable[[str], float]) -> Iterator[tuple[float, str]]:
        """Yield where ticks are, with their texts, as far as these have room."""
        end = float("-inf")
        for tick in _TICKS:
            if self.least <= tick <= self.most:
                x, text = self.at(tick), _text(tick)
                half = width(text) / 2
                if x - half >= end:
                    yield x, text
                    end = x + half + _APART


def _text(tick: float) -> str:
    if tick >= 4 * _DAY:
        return f"{tr(number(tick / _DAY, ',.0f'))} d"
    if tick >= _H:
        return f"{tick / _H:.0f} h"
    if tick >= _MIN:
        return f"{tick / _MIN:.0f} min"
    return tr(duration(timedelta(microseconds=tick), 1 if tick < _S else 0))
