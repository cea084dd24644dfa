"""What screen readers say of the states and transitions of a diagram."""

from collections import Counter
from itertools import pairwise
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus, edge_status, state_status
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.machine import Edge
from exlab_gui.core.text.translation import tr, translatable
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.diagram.edge_item import EdgeItem
from exlab_gui.widgets.diagram.state_item import StateItem

_STATE = translatable(
    {StateStatus.CURRENT: "Current state.", StateStatus.LEGAL: "Possible next state."}
)
_EDGE = translatable(
    {
        EdgeStatus.VIOLATION: "Not legal.",
        EdgeStatus.LAST: "Just taken.",
        EdgeStatus.LEGAL: "Possible now.",
    }
)
_KNOWN = translatable(
    {
        Certainty.INFERRED: "Inferred.",
        Certainty.UNOBSERVED: "Not observed: states between may have passed.",
    }
)


def describe(view: DiagramView, part: QObject) -> str:
    """Return what is said of `part` of the diagram besides its name."""
    session = view.session
    match part:
        case StateItem() if session is not None:
            stops_here = part.state in view.breakpoints
            return describe_state(session, part.state, stops_here=stops_here)
        case EdgeItem() if session is not None:
            return describe_edge(session, part.route.edge)
    return ""


def describe_state(session: SessionModel, state: str, *, stops_here: bool) -> str:
    """Return the status of `state` at the shown position, and how often it was visited."""
    visits, position = session.visits, session.position
    times = _times(visits, position)[0][state]
    known = visits.known(state, position)
    return _sentences(
        tr(_STATE.get(state_status(visits, state, position), "")),
        tr("Visited once.", "Visited {n:,} times.", n=times) if times else tr("Not visited."),
        tr(_KNOWN.get(known, "")) if known else "",
        tr("Breakpoint.") if stops_here else "",
    )


def describe_edge(session: SessionModel, edge: Edge) -> str:
    """Return the status of `edge` at the shown position, and how often it was taken."""
    visits, position = session.visits, session.position
    times = _times(visits, position)[1][edge]
    known = visits.known(edge, position)
    return _sentences(
        tr(_EDGE.get(edge_status(visits, edge, position), "")),
        tr("Taken once.", "Taken {n:,} times.", n=times) if times else tr("Not taken."),
        tr(_KNOWN.get(known, "")) if known else "",
    )


_Times = tuple[Counter[str], Counter[Edge]]

# A reader asks for one part after the other, of the same position.
_counted: WeakKeyDictionary[StateHistory, tuple[int, _Times]] = WeakKeyDictionary()


def _times(visits: StateHistory, position: int | None) -> _Times:
    """Return how often each state was visited and each transition taken by `position`."""
    count = visits.visit_count(position)
    known = _counted.get(visits)
    if known is None or known[0] != count:
        entered = visits.path(position)
        known = _counted[visits] = count, (Counter(entered), Counter(pairwise(entered)))
    return known[1]


def _sentences(*parts: str) -> str:
    return " ".join(filter(None, parts))
