"""Times on the command line: a date, a time, or how long ago."""

import re
from datetime import datetime, timedelta

import click

from exlab_gui.core.clock import EARLIEST, LATEST, can_be_shown, local_time

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def time(_context: click.Context, _option: click.Parameter, given: str | None) -> datetime | None:
    """Return a date or a time of this computer's time zone, or so many hours, days or weeks ago."""
    if given is None:
        return None
    try:
        if ago := re.fullmatch(r"(\d{1,6})([hdw])", given, re.ASCII):
            at = datetime.now().astimezone() - int(ago[1]) * _UNITS[ago[2]]
        else:
            at = local_time(datetime.fromisoformat(given))
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f'"{given}" is no time: give a date (2026-03-17), a time (2026-03-17T09:30), or how '
            "long ago (12h, 7d, 4w)."
        ) from None
    if not can_be_shown(at):
        raise click.BadParameter(f"times are from {EARLIEST:%Y-%m-%d} to {LATEST:%Y-%m-%d}.")
    return at
