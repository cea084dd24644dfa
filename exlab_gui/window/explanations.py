"""What each pane is for, as What's this shows it; by object names."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from exlab_gui.core.text.translation import translatable
from exlab_gui.widgets.labels import explain

if TYPE_CHECKING:
    from exlab_gui.window.panes import Panes

EXPLANATIONS = {
    "diagramView": "The state machine, and where the session is in it. Click a state with a dashed "
    "outline to go there, or right-click any state to walk there or to set a breakpoint. The "
    "wheel zooms, a drag moves, a double click shows all. Help has a legend of the marks.",
    "detailsPanel": "The state of the session and how long it has been in it. Below: why it "
    "failed, is blocked or waits, or its result.",
    "transitionPanel": "One button per state. A disabled one says in its tool tip why the session "
    "cannot go there now, and which steps lead there.",
    "timelineView": "A bar for each visit of a state, as wide as the visit was long. Press or drag "
    "on the bars to see the session as it was then. Drag on the ruler below to select a time: the "
    "log shows only its events. Triangles mark warnings, diamonds violations. The wheel zooms.",
    "transport": "Go to the first, the previous, the next or the latest event, play, or start a "
    "new session from the position that is shown.",
    "eventLogView": "One row per event. A click shows all of it beside the log, a double click "
    "shows the session as it was then.",
    "problemList": "Violations of the state machine, warnings, and notes. A click shows the row in "
    "the log. F8 goes from one to the next.",
    "eventDetails": "All of the selected event: what it says and changed, and its JSON.",
    "pendingInputForm": "What a plugin asks for. The session goes on when you submit the answers.",
    "outcomePanel": "What more is known of the end: plugins, findings, sync, errors.",
    "sessionListView": "All open sessions, as they are now. Click one to show it.",
    "pastBar": "The position that is shown. The session itself may be further.",
    "connectionBar": "The connection to the server of this session.",
    "playBar": "Plays a scenario in a simulated session, or a recording.",
}
translatable(EXPLANATIONS)


def explain_panes(panes: "Panes", *others: QWidget) -> None:
    # By their names they would be looked for among all widgets, one after the other.
    for pane in (
        panes.diagram,
        panes.details,
        panes.transitions,
        panes.timeline,
        panes.transport,
        panes.log.table,
        panes.tabs.problems,
        panes.log.event_pane,
        panes.form,
        panes.outcome,
        panes.past,
        panes.connection,
        *others,
    ):
        explain(pane, EXPLANATIONS[pane.objectName()])
