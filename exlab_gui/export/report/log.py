"""The log of a report: every event, or the first, the last and those with a finding."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.progress import Progress, tracked
from exlab_gui.core.text.log_columns import COLUMNS, Entry
from exlab_gui.core.trace import Recording

MAX_EVENTS = 20_000
"""Of a longer log the middle is left out: no browser shows a million rows."""

# How the columns look; the last one takes what room there is.
_LOOKS = [' class="number"' if column.numeric else "" for column in COLUMNS[:-1]]
_LOOKS.append(' class="words"')


def log(recording: Recording, listed: Sequence[Finding], progress: Progress) -> Iterator[str]:
    """Yield the section of the log. The events of the findings that are `listed` are in it."""
    events = recording.events
    violating = {found.event_index for found in listed if found.severity is Severity.VIOLATION}
    linked = {found.event_index for found in listed}
    middle = range(MAX_EVENTS // 2, len(events) - MAX_EVENTS // 2)
    yield '<h2>Log</h2>\n<div class="pane"><table class="stacked">\n'
    titles = _cells("th", (column.in_files[0] for column in COLUMNS))
    yield f"<thead><tr>{titles}</tr></thead>\n<tbody>\n"
    left_out = 0
    for position, event in enumerate(tracked(events, progress, 0, len(events))):
        if position in middle and position not in linked:
            left_out += 1
            continue
        if left_out:
            yield _gap(left_out)
            left_out = 0
        entry = Entry(event, events[position - 1] if position else None, recording.machine)
        mark = ' class="violation"' if position in violating else ""
        cells = _cells("td", (column.in_files[1](entry) for column in COLUMNS))
        yield f'<tr id="event-{position}"{mark}>{cells}</tr>\n'
    yield f"{_gap(left_out) if left_out else ''}</tbody></table></div>\n"


def _gap(count: int) -> str:
    are = "event is" if count == 1 else "events are"
    return f'<tr><td colspan="{len(COLUMNS)}">… {count:,} {are} left out here …</td></tr>\n'


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(
        f"<{tag}{look}>{escape(text)}</{tag}>" for look, text in zip(_LOOKS, texts, strict=True)
    )
