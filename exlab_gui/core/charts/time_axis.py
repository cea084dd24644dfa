"""Ticks at round times of day, and times as texts."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from exlab_gui.core.charts.picture import Letters
from exlab_gui.core.clock import local_time
from exlab_gui.core.text.translation import number, tr, translatable

_S, _MIN, _H, _DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
_STEPS = (
    *(count * power for power in (1_000, 10_000, 100_000) for count in (1, 2, 5)),
    *(count * unit for unit in (_S, _MIN) for count in (1, 2, 5, 10, 15, 30)),
    *(count * _H for count in (1, 2, 3, 6, 12)),
    *(count * _DAY for count in (1, 2, 3, 7, 14, 30, 60, 90, 180, 365)),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)

_DATE = translatable("2026-12-30")
"""Translated as the language writes this day."""

_APART = 1.6
"""How far ticks are apart at least, in widths of their texts."""

_BETWEEN = 4.0
"""The space between two texts at least."""

_FINE = 40
"""How many times are tried if there is no room for two of those that are rounder."""

Tick = tuple[float, str]


def time_text(microseconds: float) -> str:
    """Return the local date and time."""
    local = _local(microseconds)
    return f"{_date_text(local)} {local:%H:%M}"


def iso_text(microseconds: int) -> str:
    """Return the date and time in UTC, in a form that is a time in any spreadsheet's language."""
    at = datetime(1970, 1, 1) + timedelta(microseconds=microseconds)
    return at.isoformat(timespec="microseconds")


def ticks(first: float, last: float, room: float, letters: Letters) -> list[Tick]:
    """Return the round times from `first` to `last` that have room, with their texts.

    There are two at least if these have room; if no round time has any, there is `first`.
    """
    axis = _Axis(first, last, room, letters)
    most = max(room / (_APART * letters.width(tr(_DATE))), 1.0)
    found = axis.multiples(axis.step(most))
    while most > 1 and axis.touch(found):
        most /= 2
        found = axis.multiples(axis.step(most))
    if len(found) > 1 and not axis.touch(found):
        return found
    finer = axis.multiples(axis.step(_FINE))
    for one in reversed(finer[1:]):
        if not axis.touch([finer[0], one]):
            return [finer[0], one]
    return found[:1] or finer[:1] or [(first, axis.text(first, _STEPS[0]))]


class _Axis(NamedTuple):
    """An axis from `first` to `last`, which is `room` wide."""

    first: float
    last: float
    room: float
    letters: Letters

    def step(self, most: float) -> int:
        """Return the finest step of which `most` are in the axis."""
        span, longest = self.last - self.first, _STEPS[-1]
        step = next((step for step in _STEPS if span / step <= most), None)
        return step or longest * (1 + int(span / longest / most))

    def multiples(self, step: int) -> list[Tick]:
        """Return the multiples of `step` whose texts do not end beyond the axis."""
        offset = (_local(self.first).utcoffset() or timedelta()) // timedelta(microseconds=1)
        at = -(-(int(self.first) + offset) // step) * step - offset
        if at < self.first:  # it has a fraction
            at += step
        found: list[Tick] = []
        while at <= self.last:
            text = self.text(at, step, found[-1][0] if found else None)
            if self._x(at) + self.letters.width(text) / 2 <= self.room:
                found.append((at, text))
            at += step
        return found

    def text(self, at: float, step: int, before: float | None = None) -> str:
        """Return the time, with its date if it is another one than that of the tick `before`."""
        local = _local(at)
        if before is not None and _local(before).date() == local.date() and step < _DAY:
            return _time(local, step)
        if step >= _DAY or _is_midnight(local):
            return _date_text(local)
        return f"{_date_text(local)} {_time(local, step)}"

    def touch(self, found: Sequence[Tick]) -> bool:
        """Return whether a text touches the next one."""
        return any(
            self._x(after) - self._x(at)
            < (self.letters.width(text) + self.letters.width(following)) / 2 + _BETWEEN
            for (at, text), (after, following) in pairwise(found)
        )

    def _x(self, at: float) -> float:
        return (at - self.first) / (self.last - self.first) * self.room


def _date_text(local: datetime) -> str:
    """Return the date as the language of the window writes it."""
    parts = {"2026": f"{local.year:04}", "12": f"{local.month:02}", "30": f"{local.day:02}"}
    return re.sub("|".join(parts), lambda found: parts[found[0]], tr(_DATE))


def _time(local: datetime, step: int) -> str:
    if step >= _MIN:
        return f"{local:%H:%M}"
    if step >= _S:
        return f"{local:%H:%M:%S}"
    seconds = local.second + local.microsecond // 1_000 / 1_000
    return f"{local:%H:%M}:{tr(number(seconds, '06.3f'))}"


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


def _local(microseconds: float) -> datetime:
    return local_time(_EPOCH + timedelta(microseconds=min(max(microseconds, _EARLIEST), _LATEST)))
