"""The cells of the list of sessions: what they say of a session, as it is now.

A position in the past, which only the panes show, changes none of them.
"""

import re
from datetime import timedelta
from enum import IntEnum

from exlab_gui.core.analysis.status import pending_question, session_meaning
from exlab_gui.core.clock import utc_now
from exlab_gui.core.meaning import FLAW, STATUS_WORDS, Meaning
from exlab_gui.core.text.durations import ago, duration, last_seen
from exlab_gui.core.text.question import asked_for
from exlab_gui.core.text.translation import phrase, told, tr, translatable
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.metadata import Standing


class Column(IntEnum):
    SESSION = 0
    STATE = 1
    TIME = 2
    AGE = 3
    WAITS_FOR = 4
    EQUIPMENT = 5
    PROJECT = 6
    RUN = 7
    SERVER = 8


TIMES = (Column.TIME, Column.AGE)
"""The columns of times, which are right-aligned."""

HEADERS = translatable(
    ("Session", "State", "For", "Age", "Waits for", "Equipment", "Project", "Run", "Server")
)

BY_RESULT = phrase("result")
"""Follows the state of a session that is known from its result only."""

STALE = (Standing.LOST, Standing.FORGOTTEN, Standing.DISCONNECTED)
"""The standings of sessions of which only the last known state is shown."""

_NUMBER, _DIGITS = re.compile(r"\d+"), 12


def is_over(session: SessionModel) -> bool:
    return session.visits.state() in session.machine.terminal


def meaning(session: SessionModel) -> Meaning | None:
    """Return what the session's state means; a warning if only the last known one is shown."""
    stale = not is_over(session) and session.info.standing in STALE
    return "warning" if stale else session_meaning(session.visits)


def cell(session: SessionModel, column: int) -> str:
    info, state = session.info, session.visits.state()
    match column:
        case Column.SESSION:
            return session.label
        case Column.STATE:
            marks = _flaw(session), tr(BY_RESULT) if session.is_by_result else ""
            return " · ".join(filter(None, (state, *marks)))
        case Column.TIME if info.seen is not None:
            return tr(ago(utc_now() - info.seen))
        case Column.TIME | Column.AGE:
            since = time(session, column)
            return "" if since is None else tr(duration(since, 0))
        case Column.WAITS_FOR:
            return _waits_for(session)
        case Column.EQUIPMENT:
            return info.equipment
        case Column.PROJECT:
            return info.project
        case Column.RUN:
            return info.run
    return info.server


def sort_key(session: SessionModel, column: int) -> str | float:
    """Return text, or seconds; an empty cell of a time sorts before all others.

    A session sorts by the name that is seen first, and its numbers by their value.
    """
    if column == Column.SESSION and (shown := lines(session, column)) is not None:
        return _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), "\n".join(shown).casefold())
    if column not in TIMES:
        return cell(session, column).casefold()
    since = time(session, column)
    return -1.0 if since is None else since / timedelta(seconds=1)


def lines(session: SessionModel, column: int) -> tuple[str, str] | None:
    """Return the two lines of a session's name and of its state; None for other columns."""
    info = session.info
    if column == Column.SESSION:
        place = " · ".join(part for part in (info.equipment, info.project) if part)
        return _name(session), place or tr(session.traits.short)
    if column == Column.STATE:
        return session.visits.state(), _flaw(session) or cell(session, Column.TIME)
    return None


def title(session: SessionModel) -> str:
    """Return the session's name and where it belongs, the most telling first, in one line."""
    info, name = session.info, _name(session)
    known = [part for part in (info.equipment, info.project, info.run) if part and part != name]
    return " · ".join((name, *known) if known else (name, tr(session.traits.title)))


def spoken(session: SessionModel, column: int) -> str | None:
    """Return all that a cell of two lines shows, its mark in a word; None for other columns."""
    shown = lines(session, column)
    if shown is None or column == Column.STATE:
        return None if shown is None else ", ".join(filter(None, shown))
    spelt = session.label, shown[1], tr(STATUS_WORDS[meaning(session)]).lower(), seen_last(session)
    return ", ".join(filter(None, spelt))


def _name(session: SessionModel) -> str:
    # A live session's label begins with its place; the name of a run may have slashes, too.
    label, run = session.label, session.info.run
    return run if run and label.endswith(run) else label.rpartition("/")[2] or label


def words(session: SessionModel) -> str:
    """Return all that a session's cells say, except the times, one cell a line."""
    info = session.info
    state = cell(session, Column.STATE)
    known = info.equipment, info.project, info.run, info.server
    return "\n".join((session.label, state, _waits_for(session), *known))


def time(session: SessionModel, column: int) -> timedelta | None:
    """Return the time in a column of times, None if there is none."""
    now = session.latest()
    if column == Column.AGE:
        first = session.history[0]
        return max(now - (first.earliest or first.at), timedelta(0))
    if column == Column.TIME and not is_over(session):
        return max(now - session.visits.entered().at, timedelta(0))
    return None


def tip(session: SessionModel) -> str:
    info = session.info
    text = [
        tr(
            "{session}: {state}, {count:,} events",
            session=session.label,
            state=session.visits.state(),
            count=session.count,
        )
    ]
    if info.seen is not None:
        since = time(session, Column.TIME)
        text.append(
            tr(
                "{seen_last}, after {time} in it",
                seen_last=seen_last(session),
                time=duration(since or timedelta(0), 0),
            )
        )
    if session.is_by_result:
        text.append(tr("Known from its result only: it ended before it was seen."))
    more = (Column.WAITS_FOR, Column.EQUIPMENT, Column.PROJECT, Column.RUN, Column.SERVER)
    cells = ((tr(HEADERS[column]), cell(session, column)) for column in more)
    text.extend(f"{name}: {value}" for name, value in cells if value)
    return "\n".join(text)


def seen_last(session: SessionModel) -> str:
    seen = session.info.seen
    return "" if seen is None else tr("last seen {last_seen}", last_seen=last_seen(seen, utc_now()))


def _flaw(session: SessionModel) -> str:
    """Return in a word why a session that is done is not as it should be; else nothing."""
    return tr(FLAW) if session_meaning(session.visits) == "flawed" else ""


def _waits_for(session: SessionModel) -> str:
    if is_over(session):
        return ""
    asked = pending_question(session.visits)
    return told(session.info.waits_for) if asked is None else asked_for(asked)
