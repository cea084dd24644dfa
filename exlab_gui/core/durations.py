"""Spans of time as people read them."""

from datetime import timedelta


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
