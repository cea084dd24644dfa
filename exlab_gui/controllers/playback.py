"""Playing: play, pause, step, speed and breakpoints."""

from PySide6.QtCore import QPoint

from exlab_gui.controllers.action import Action, Controller, refused
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import (
    Command,
    Pause,
    Play,
    Redo,
    Reset,
    SetBreakpoints,
    SetCollapsing,
    StepOnce,
    Undo,
)
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.play_bar import PlayBar
from exlab_gui.widgets.timeline.timeline_view import TimelineView
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.widgets.transition_panel import state_menu

BREAKPOINTS = "session/breakpoints"


class PlayActions(Controller):
    """Plays the shown session; breakpoints and idle gaps apply to all sessions."""

    def __init__(
        self,
        context: ActionContext,
        sessions: SessionListModel,
        play_bar: PlayBar,
        diagram: DiagramView,
        timeline: TimelineView,
        moves: TransitionActions,
    ) -> None:
        super().__init__(context)
        self._sessions = sessions
        self._play_bar = play_bar
        self._diagram = diagram
        self._timeline = timeline
        self._moves = moves
        self.collapsing = False
        self._breakpoints = frozenset(context.settings.names(BREAKPOINTS))
        self._played: tuple[SessionModel, int] | None = None  # and how many events it had
        context.refreshed.connect(self._tell_breakpoint)
        diagram.menu_wanted.connect(self._offer_for_state)
        diagram.set_breakpoints(self._breakpoints)

    def prepare(self, session: SessionModel) -> None:
        session.request_if_possible(SetBreakpoints(self._breakpoints))
        session.request_if_possible(SetCollapsing(self.collapsing))

    def toggle_breakpoint(self, state: str) -> None:
        self._breakpoints ^= {state}
        self.context.settings.keep(BREAKPOINTS, sorted(self._breakpoints))
        self._diagram.set_breakpoints(self._breakpoints)
        self._set_in_all(SetBreakpoints(self._breakpoints))

    def collapse_gaps(self, collapsing: bool) -> None:
        self.collapsing = collapsing
        self._timeline.collapse_gaps(collapsing)
        self._set_in_all(SetCollapsing(collapsing))
        self.context.refresh()  # also if no session can be played

    @Action("actionPlay", "&Play", "F5", "Session", 2, why_not=refused(Play()), icon="play")
    def _play(self) -> None:
        """Play the scenario."""
        self.session.request(Play())

    @Action("actionPause", "Pa&use", "F6", "Session", 2, why_not=refused(Pause()), icon="pause")
    def _pause(self) -> None:
        """Pause playing."""
        self.session.request(Pause())

    @Action(
        "actionStep", "&Step once", "F10", "Session", 2, why_not=refused(StepOnce()), icon="step"
    )
    def _step(self) -> None:
        """Run the next step of the scenario."""
        self.session.request(StepOnce())

    @Action("actionReset", "&Reset", "Ctrl+R", "Session", 2, why_not=refused(Reset()), icon="reset")
    def _reset(self) -> None:
        """Start the session again."""
        earlier = self.session.before_reset()
        if self.session.request(Reset()) and earlier is not None:
            self._sessions.closed.keep(earlier)

    def _why_not(self, command: Command) -> str | None:
        reason = self.session.why_not(command)
        if reason is None and self.session.recorded_to is not None:
            return "A recording keeps every step. End it, then undo or redo."
        return reason

    @Action(
        "actionUndo",
        "Undo l&ast step",
        "Ctrl+Z",
        "Session",
        2,
        why_not=lambda c: c._why_not(Undo()),
    )
    def _undo(self) -> None:
        """Take back the last step of the simulated session."""
        # Each session before further undone steps is the beginning of the one that is kept.
        is_first = self.session.why_not(Redo()) is not None
        earlier = self.session.before_reset() if is_first else None
        if self.session.request(Undo()) and earlier is not None:
            self._sessions.closed.keep(earlier, before_undo=True)

    @Action(
        "actionRedo",
        "Redo last s&tep",
        "Ctrl+Shift+Z",
        "Session",
        2,
        why_not=lambda c: c._why_not(Redo()),
        also="Ctrl+Y",
    )
    def _redo(self) -> None:
        """Take the step again that was undone last."""
        self.session.request(Redo())

    @Action("actionFaster", "&Faster", "Ctrl+.", "Session", 2, repeats=True, mac="Ctrl+Alt+.")
    def _play_faster(self) -> None:
        """Play twice as fast."""
        self._play_bar.shift_speed(1)

    @Action("actionSlower", "Slo&wer", "Ctrl+,", "Session", 2, repeats=True, mac="Ctrl+Alt+,")
    def _play_slower(self) -> None:
        """Play half as fast."""
        self._play_bar.shift_speed(-1)

    @Action(
        "actionCollapseGaps",
        "Shorten &idle gaps",
        "Ctrl+Shift+G",
        "Trace",
        2,
        checked=lambda c: c.collapsing,
    )
    def _toggle_gaps(self) -> None:
        """Shorten long idle gaps."""
        self.collapse_gaps(not self.collapsing)

    @Action("actionBreakpoint", "Toggle &breakpoint", "F9", "Diagram", 2, icon="breakpoint")
    def _toggle_selected_breakpoint(self) -> None:
        """Set or clear a breakpoint at the selected state."""
        self.toggle_breakpoint(self._diagram.chosen_state or self.session.state)

    def _tell_breakpoint(self) -> None:
        """Say so if a breakpoint, and not the user, has paused the play of the shown session."""
        session, count = self.session, self.session.count
        before, self._played = self._played, (session, count) if session.playing else None
        if before is None or session.playing or session.is_past:
            return
        has_entered = before[0] is session and count > before[1]
        if has_entered and session.state in self._breakpoints and not session.is_over:
            state = session.state
            self.context.messages.show_info(tr("Paused at the breakpoint in {state}", state=state))

    def _set_in_all(self, command: Command) -> None:
        for session in self._sessions.open_sessions:
            session.request_if_possible(command)

    def _offer_for_state(self, state: str, place: QPoint) -> None:
        menu = state_menu(self._moves, state, self.context.window)
        stop = named(menu.addAction(tr("Breakpoint")), "stateMenuBreakpoint")
        stop.setCheckable(True)
        stop.setChecked(state in self._breakpoints)
        stop.triggered.connect(lambda: self.toggle_breakpoint(state))
        menu.popup(place)
