"""Distributions of times: how many, their percentiles, the least and the most."""

from collections.abc import Sequence

import msgspec

_SECOND = 1_000_000


class Times(msgspec.Struct, frozen=True):
    """A distribution of times in seconds; `percentiles` by their number, such as ``90``.

    A time that is known as a range counts by its middle.
    """

    count: int
    percentiles: dict[str, float]
    least: float | None = None
    most: float | None = None


def percentile(times: Sequence[int], percent: float) -> float:
    """Return a percentile of sorted times; between two of them, it is interpolated."""
    last = len(times) - 1
    place = last * percent / 100
    low = times[int(place)]
    high = times[min(int(place) + 1, last)]
    return low + (high - low) * (place % 1)


def distribution(microseconds: Sequence[int], percents: Sequence[float]) -> Times:
    """Return the distribution of sorted times."""
    if not microseconds:
        return Times(0, {})
    found = {
        f"{percent:g}": round(percentile(microseconds, percent) / _SECOND, 6)
        for percent in percents
    }
    return Times(len(microseconds), found, microseconds[0] / _SECOND, microseconds[-1] / _SECOND)
