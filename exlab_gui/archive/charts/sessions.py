"""The sessions over time, each in a lane of its equipment that is free when it begins."""

from collections.abc import Sequence
from typing import Any

from exlab_gui.archive import search
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.schema import microseconds
from exlab_gui.archive.search import Query
from exlab_gui.core.charts.sessions import Lane, Row, Session, SessionsOverTime
from exlab_gui.core.clock import utc_now
from exlab_gui.core.progress import Progress, tracked
from exlab_gui.core.trace.recording_lock import is_recorded_to

MOST_LANES = 8
"""Sessions of one equipment at once that are beside each other; further ones overlap."""


def sessions_over_time(index: ArchiveIndex, query: Query, progress: Progress) -> SessionsOverTime:
    """Return the sessions that are meant."""
    asked, values = query.sessions()
    with index.reading() as db:
        db.execute("BEGIN")  # so that all questions are answered for one moment
        progress(0, 0)
        waits: dict[int, list[tuple[int, int]]] = {}
        rows = db.execute(
            f"SELECT session, since, dwell FROM visits WHERE waits AND session IN ({asked})", values
        )
        for session, since, dwell in tracked(rows, progress, 0, 0):
            waits.setdefault(session, []).append((since, since + dwell))
        rows = db.execute(
            "SELECT id, label, equipment, start, last, lasted, waiting, outcome, meaning, entered "
            f"FROM sessions WHERE id IN ({asked}) ORDER BY start DESC, id DESC",
            values,
        )
        now = microseconds(utc_now())
        found = []
        for row in tracked(rows.fetchall(), progress, 0, 0):
            number, outcome = row[0], row[7]
            is_on = not outcome and any(
                is_recorded_to(index.path_of(path)) for path in search.paths(db, [number])
            )
            found.append(_session(row, waits.get(number, ()), now if is_on else None))
    chart = SessionsOverTime(found, _rows(found, progress))
    _ = chart.span, chart.summary  # now, not in the thread of the window
    return chart


def _session(row: Any, waits: Sequence[tuple[int, int]], now: int | None) -> Session:
    """Return the session of `row`; it goes on until `now`, if that is given."""
    number, label, equipment, start, last, lasted, waiting, outcome, meaning, entered = row
    spans = [(start + begin, start + end) for begin, end in waits]
    end = max(last, start, now or start)
    if now is not None:
        lasted = end - start
    if meaning == "input" and not outcome:  # it waits, as far as is known
        spans.append((entered, end))
    if outcome:  # how long it took may be half a guess; it has not ended after its last event
        end = min(end, start + lasted)
    return Session(
        number=number,
        label=label,
        equipment=equipment,
        start=start,
        end=end,
        lasted=lasted,
        waiting=waiting,
        outcome=outcome,
        meaning=meaning or None,
        waits=tuple(spans),
        is_on=now is not None,
    )


def _rows(sessions: Sequence[Session], progress: Progress) -> list[Row]:
    """Return the rows of `sessions`, of which the newest come first."""
    # Not sorted: that would hold up the window, whose thread waits for the interpreter.
    found: dict[str, list[Session]] = {}
    for session in tracked(list(reversed(sessions)), progress, 0, 0):
        found.setdefault(session.equipment, []).append(session)
    return [Row(equipment, _lanes(found[equipment], progress)) for equipment in sorted(found)]


def _lanes(sessions: Sequence[Session], progress: Progress) -> list[Lane]:
    """Return `sessions` in as few lanes as possible."""
    lanes: list[list[Session]] = []
    ends: list[int] = []
    for session in tracked(sessions, progress, 0, 0):
        free = next((at for at, end in enumerate(ends) if end <= session.start), None)
        if free is None and len(lanes) < MOST_LANES:
            lanes.append([])
            ends.append(0)
            free = len(lanes) - 1
        elif free is None:
            free = ends.index(min(ends))
        lanes[free].append(session)
        ends[free] = max(ends[free], session.end)
    return list(map(_lane, lanes))


def _lane(sessions: Sequence[Session]) -> Lane:
    reach, failed, latest = list[int](), [0], sessions[0].end
    for session in sessions:
        latest = max(latest, session.end)
        reach.append(latest)
        failed.append(failed[-1] + (session.ending == "failure"))
    return Lane(sessions, [one.start for one in sessions], reach, failed)
