"""Times and spans of time as people read them."""

from datetime import datetime, timedelta


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


def time_of_day(at: datetime, to_the: str = "seconds") -> str:
    """Return the local time of day of `at` as ``14:05:09``; to the ``milliseconds``, with a point.

    What is less is cut off. In UTC where there is no local time: at the ends of the calendar, and
    before 1970 on Windows.
    """
    try:
        local = at.astimezone()
    except (OSError, OverflowError):
        local = at
    return local.time().isoformat(to_the)
