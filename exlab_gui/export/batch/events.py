"""The log of a workbook: a row per event, with real times and numbers."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from exlab_gui.core.text.log_columns import COLUMNS, Entry
from exlab_gui.core.trace import Recording
from exlab_gui.export.batch.tables import Column, Value
from exlab_gui.export.log import session_name

_MILLISECOND = timedelta(milliseconds=1)

EVENTS: tuple[Column[Entry], ...] = (
    Column("number", "count", "the number of the event", lambda e: e.event.seq),
    Column("time", "time", "when it arrived", lambda e: e.event.at.astimezone(UTC)),
    Column(
        "earliest",
        "time",
        "when it happened, at the earliest",
        lambda e: (e.event.earliest or e.event.at).astimezone(UTC),
    ),
    Column(
        "since_before_ms",
        "ms",
        "the time since the event before",
        lambda e: None if e.before is None else (e.event.at - e.before.at) / _MILLISECOND,
    ),
    *(
        Column(column.key, "text", column.hint, column.text)
        for column in COLUMNS
        if column.key in ("state", "kind", "phase", "detail")
    ),
    Column("origin", "text", "how it is known", lambda e: str(e.event.origin)),
    Column("mark", "text", "how it relates to those before it", lambda e: e.event.mark or ""),
)


def event_rows(recording: Recording) -> Iterator[list[Value]]:
    """Yield the values of the columns for each event, after the name of the session."""
    session, before = session_name(recording.header), None
    for event in recording.events:
        entry = Entry(event, before, recording.machine)
        yield [session, *(column.value(entry) for column in EVENTS)]
        before = event
