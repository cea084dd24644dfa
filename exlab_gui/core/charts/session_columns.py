"""The columns of the table of sessions over time."""

from operator import attrgetter
from typing import TYPE_CHECKING

from exlab_gui.core.charts.table import Column, lasted, milliseconds
from exlab_gui.core.charts.time_axis import iso_text, time_text
from exlab_gui.core.text.translation import phrase, tr

if TYPE_CHECKING:
    from exlab_gui.core.charts.sessions import Session


def outcome_text(session: "Session") -> str:
    return session.outcome or (tr("goes on") if session.is_on else tr("not ended"))


COLUMNS = (
    Column(
        phrase("Began"),
        lambda s: time_text(s.start),
        "start",
        lambda s: iso_text(s.start),
        order=attrgetter("start"),
    ),
    Column(phrase("Session"), lambda s: s.label, "session", attrgetter("label")),
    Column(phrase("Outcome"), outcome_text, "outcome", attrgetter("outcome")),
    Column(
        phrase("Lasted"),
        lambda s: lasted(s.lasted),
        "lasted_ms",
        lambda s: (
            milliseconds(s.lasted) if s.outcome else None
        ),  # of another one, that is not known yet
        True,
        lambda s: s.lasted if s.outcome else None,
    ),
    Column(
        phrase("Waited"),
        lambda s: lasted(s.waiting) if s.waiting else "",
        "waited_ms",
        lambda s: milliseconds(s.waiting),
        True,
        attrgetter("waiting"),
    ),
    Column(phrase("Equipment"), lambda s: s.equipment, "equipment", attrgetter("equipment")),
)
