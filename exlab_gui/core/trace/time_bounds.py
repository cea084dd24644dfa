"""The times at which states were entered, as exact as they are known."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from exlab_gui.core.clock import can_be_shown
from exlab_gui.core.protocol.envelopes import Envelope, PhaseEnvelope
from exlab_gui.core.protocol.events import Event

ANY_TIME = datetime.min.replace(tzinfo=UTC)
"""For `Event.earliest`: the event happened at any time since the one before it."""

_WHOLE_S = timedelta(seconds=1)  # a server cuts its times to whole seconds


def narrowed(
    earliest: datetime, latest: datetime, envelope: Envelope | None
) -> tuple[datetime | None, datetime]:
    """Return from when until when an entry was, that is known to have been in that range.

    The time in `envelope` is that of the server's clock: it counts if it is within the range.
    """
    if isinstance(envelope, PhaseEnvelope) and (sent := _time(envelope.at)) is not None:
        since, until = max(earliest, sent), min(latest, sent + _WHOLE_S)
        if since <= until:
            earliest, latest = since, until
    return (earliest if earliest < latest else None), latest


def in_time(events: Sequence[Event]) -> list[Event]:
    """Return `events`, in their order, numbered, each in the time that its neighbours leave it."""
    latest, until = [], events[-1].at
    for event in reversed(events):
        until = min(until, event.at)
        latest.append(until)
    return list(_numbered(events, latest))


def _numbered(events: Sequence[Event], latest: list[datetime]) -> Iterator[Event]:
    earliest = ANY_TIME
    for seq, event in enumerate(events, 1):
        at = latest.pop()
        earliest = min(max(event.earliest or event.at, earliest), at)
        since = earliest if earliest < at else None
        if (event.seq, event.at, event.earliest) == (seq, at, since):
            yield event
        else:
            yield replace(event, seq=seq, at=at, earliest=since)


def _time(text: str) -> datetime | None:
    """Return the time of a message, or None if it has no legible one."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None and can_be_shown(at) else None
