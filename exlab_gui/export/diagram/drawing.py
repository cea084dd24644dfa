"""A state machine as it is to be drawn, whatever the format."""

from collections.abc import Mapping

import msgspec

from exlab_gui.core.analysis.status import (
    EdgeStatus,
    StateStatus,
    Uncertain,
    edge_status,
    session_meaning,
    state_status,
    uncertain,
)
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.meaning import Meaning
from exlab_gui.core.overlay import Overlay
from exlab_gui.core.picture_colours import PictureColours


class Drawing(msgspec.Struct, frozen=True):
    """A machine, its colours, and the status of each state and transition; the rest is idle.

    A transition in `edges` that the table does not have is drawn too, if the machine has both its
    states. `uncertain` has what was not observed, `path` the transitions that were taken,
    `meaning` what the current state means in this session. `title`
    names the picture. `overlay` is drawn on top.
    """

    machine: StateMachine
    colours: PictureColours
    states: Mapping[str, StateStatus] = msgspec.field(default_factory=dict)
    edges: Mapping[Edge, EdgeStatus] = msgspec.field(default_factory=dict)
    uncertain: Uncertain = msgspec.field(default_factory=dict)
    path: frozenset[Edge] = frozenset()
    meaning: Meaning | None = None
    title: str = "State machine"
    overlay: Overlay | None = None

    @property
    def current(self) -> str | None:
        """The state that the session is in, if there is a session."""
        return next((s for s, how in self.states.items() if how is StateStatus.CURRENT), None)

    @property
    def visited(self) -> set[str]:
        """The states that the session is, or was, in."""
        return {state for edge in self.path for state in edge} | {self.current or ""} - {""}

    @property
    def description(self) -> str:
        """What the picture shows, in words; empty if there is no session."""
        more = f"{self.overlay.description}." if self.overlay is not None else ""
        if self.current is None:
            return more
        before = [s for s in self.machine.states if s in self.visited and s != self.current]
        was = f" It was in {', '.join(before)}." if before else ""
        return f"The session is in {self.current}.{was} {more}".rstrip()


def drawing_of(
    visits: StateHistory,
    colours: PictureColours,
    position: int | None = None,
    title: str = "State machine",
    overlay: Overlay | None = None,
) -> Drawing:
    """Return the drawing of a session at `position` (None: as it is now)."""
    machine = visits.machine
    edges = (*machine.edges, *visits.off_table(position))
    return Drawing(
        machine,
        colours,
        {state: state_status(visits, state, position) for state in machine.states},
        {edge: edge_status(visits, edge, position) for edge in edges},
        uncertain(visits, position),
        frozenset(edge for edge in edges if visits.taken(edge, position)),
        session_meaning(visits, position),
        title,
        overlay,
    )
