"""What a timeline says of its visits and times."""

from datetime import datetime

from exlab_gui.core.analysis.timeline.bars import Timeline
from exlab_gui.core.analysis.visits import Certainty, Visit
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.models.session_model import SessionModel

_KNOWN = {
    Certainty.OBSERVED: "",
    Certainty.INFERRED: " (inferred)",
    Certainty.UNOBSERVED: " (earlier states were not observed)",
}


def description(session: SessionModel, visit: Visit) -> str:
    at = time_of_day(visit.start)
    if visit.end is not None:
        lasted = visit.lasted(visit.end).text(3)
        return f"{visit.state}: {lasted} from {at}{_KNOWN[visit.known]}"
    over = ": the session is over" if visit.state in session.machine.terminal else ""
    return f"{visit.state} since {at}{over}{_KNOWN[visit.known]}"


def length(line: Timeline, left: float, width: float, seen: datetime | None) -> str:
    """Return how long `line` is, and its part from `left` on if that is not all.

    `seen` is when the session was seen last, if it is not seen any more.
    """
    lasted = f"{duration(line.end - line.start)} total"
    if width < line.width:
        shown = line.time_at(left + width) - line.time_at(left)
        lasted = f"{duration(shown)} of {lasted}"
    return lasted if seen is None else f"{lasted}, last seen {time_of_day(seen)}"


def tip_of_time(line: Timeline, at: datetime) -> str:
    return (
        f"{time_of_day(at, 'milliseconds')}, {duration(at - line.start, 3)} after the start. "
        "Drag to select a range, turn the wheel to zoom, double-click to see all."
    )
