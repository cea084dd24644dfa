"""Ticks at round times of day, and times as texts."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from exlab_gui.core.charts.picture import Letters
from exlab_gui.core.clock import local_time
from exlab_gui.core.text.translation import number, tr, translatable

_S, _MIN, _H, _DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
_STEPS = (
    *(1_000, 10_000, 100_000, _S, 5 * _S, 15 * _S, _MIN, 5 * _MIN, 15 * _MIN, _H, 3 * _H, 6 * _H),
    *(_DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY, 30 * _DAY, 90 * _DAY, 365 * _DAY),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)

_DATE = translatable("2026-12-30")
"""Translated as the language writes this day."""

_APART = 1.6
"""How far ticks are apart at least, in widths of their texts."""

_MOST = 200


def time_text(microseconds: float) -> str:
    """Return the local date and time."""
    local = _local(microseconds)
    return f"{_date_text(local)} {local:%H:%M}"


def iso_text(microseconds: int) -> str:
    """Return the date and time in UTC, as a file holds it."""
    at = datetime(1970, 1, 1) + timedelta(microseconds=microseconds)
    return f"{at.isoformat(timespec='microseconds')}Z"


def ticks(first: float, last: float, room: float, letters: Letters) -> Iterator[tuple[float, str]]:
    """Yield the round times from `first` to `last` that have room, with their texts."""
    widest = _APART * letters.width(tr(_DATE))
    most = max(room / widest, 1.0)
    step = next((step for step in _STEPS if (last - first) / step <= most), None)
    step = step or _STEPS[-1] * (1 + int((last - first) / _STEPS[-1] / most))
    offset = (_local(first).utcoffset() or timedelta()) // timedelta(microseconds=1)
    at = -(-(int(first) + offset) // step) * step - offset
    day: date | None = None
    for _ in range(_MOST):
        if at > last:
            return
        local = _local(at)
        if local.date() != day or step >= _DAY:
            day, text = local.date(), _date_text(local)
            if step < _DAY and not _is_midnight(local):
                text = f"{text} {_time(local, step)}"
        else:
            text = _time(local, step)
        half = letters.width(text) / 2
        x = (at - first) / (last - first) * room
        if x + half <= room:
            yield at, text
        at += step


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
