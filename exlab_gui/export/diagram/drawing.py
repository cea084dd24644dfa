"""A state machine as it is to be drawn, whatever the format."""

from collections.abc import Mapping

import msgspec

from exlab_gui.core.analysis.status import (
    EdgeStatus,
    StateStatus,
    Uncertain,
    edge_status,
    state_status,
    uncertain,
)
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.status_looks import PictureColours


class Drawing(msgspec.Struct, frozen=True):
    """A machine, its colours, and the status of each state and transition; the rest is idle.

    A transition in `edges` that the table does not have is drawn too, if the machine has both its
    states. `uncertain` has what was not observed.
    """

    machine: StateMachine
    colours: PictureColours
    states: Mapping[str, StateStatus] = msgspec.field(default_factory=dict)
    edges: Mapping[Edge, EdgeStatus] = msgspec.field(default_factory=dict)
    uncertain: Uncertain = msgspec.field(default_factory=dict)

    @property
    def current(self) -> str | None:
        """The state that the session is in, if there is a session."""
        return next((s for s, how in self.states.items() if how is StateStatus.CURRENT), None)


def drawing_of(
    visits: StateHistory, colours: PictureColours, position: int | None = None
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
    )
