"""What a timeline says of its visits and times."""

from datetime import datetime

from exlab_gui.core.analysis.timeline.bars import Timeline
from exlab_gui.core.analysis.visits import Certainty, Visit
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.core.text.translation import tr, translatable
from exlab_gui.models.session_model import SessionModel

_KNOWN = translatable(
    {
        Certainty.OBSERVED: "",
        Certainty.INFERRED: " (inferred)",
        Certainty.UNOBSERVED: " (earlier states were not observed)",
    }
)


def description(session: SessionModel, visit: Visit) -> str:
    at = time_of_day(visit.start)
    if visit.end is not None:
        lasted = visit.lasted(visit.end).text(3)
        told = tr("{state}: {time} from {at}", state=visit.state, time=lasted, at=at)
    elif visit.state in session.machine.terminal:
        told = tr("{state} since {at}: the session is over", state=visit.state, at=at)
    else:
        told = tr("{state} since {at}", state=visit.state, at=at)
    return told + tr(_KNOWN[visit.known])


def place(session: SessionModel, number: int) -> str:
    """Return which of the visits `number` is, from 0, and what is known of it."""
    shown, count = description(session, session.visits.visit(number)), session.visits.visit_count()
    return tr("{number} of {count} states: {shown}", number=number + 1, count=count, shown=shown)


def length(line: Timeline, left: float, width: float, seen: datetime | None) -> str:
    """Return how long `line` is, and its part from `left` on if that is not all.

    `seen` is when the session was seen last, if it is not seen any more.
    """
    lasted = tr("{time} total", time=duration(line.end - line.start))
    if width < line.width:
        shown = line.time_at(left + width) - line.time_at(left)
        lasted = tr("{time} of {lasted}", time=duration(shown), lasted=lasted)
    return (
        lasted
        if seen is None
        else tr("{lasted}, last seen {time}", lasted=lasted, time=time_of_day(seen))
    )


def tip_of_time(line: Timeline, at: datetime) -> str:
    return tr(
        "{time}, {since} after the start. Drag to select a range, turn the wheel to zoom, "
        "double-click to see all.",
        time=time_of_day(at, "milliseconds"),
        since=duration(at - line.start, 3),
    )
