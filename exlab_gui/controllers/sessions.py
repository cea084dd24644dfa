"""The open sessions: open, show, fail, cancel and close them."""

from collections.abc import Iterable, Sequence
from weakref import WeakSet

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.action import Action, Controller, Submenu, refused
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.meaning import ENDINGS
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.closed_sessions import MOST_KEPT
from exlab_gui.models.session_cells import is_over
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel, Fail, SetScenario, Step, WalkTo
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.widgets.play_bar import PlayBar
from exlab_gui.widgets.sessions.session_list_view import SessionListView
from exlab_gui.widgets.transition_actions import GoAction, TransitionActions


class SessionActions(Controller):
    """Opens, shows and closes sessions; `listed` gives each new one, `reopened` a closed one."""

    listed = Signal(SessionModel)
    reopened = Signal(SessionModel)

    def __init__(
        self,
        context: ActionContext,
        machine: StateMachine,
        sessions: SessionListModel,
        view: SessionListView,
        play_bar: PlayBar,
        moves: TransitionActions,
    ) -> None:
        super().__init__(context)
        self._machine = machine
        self._sessions = sessions
        self._view = view
        self._play_bar = play_bar
        self._moves = moves
        self._opened = self._count = 0
        self._refusal: tuple[SessionModel, SessionModel, tuple[int, int | None], str] | None = None
        view.chosen.connect(self._choose)
        play_bar.scenario_chosen.connect(self.play)
        moves.ending.connect(self._confirm_end)
        self._heard = WeakSet[SessionModel]()
        context.shown.connect(self._hear)
        context.shown.connect(view.show_chosen)
        for changed in (sessions.rowsInserted, sessions.rowsRemoved, sessions.modelReset):
            changed.connect(self._note_count)
        view.rows.counted.connect(self._note_finished)
        sessions.dataChanged.connect(self._forget_refusal)

    def add(self, session: SessionModel) -> None:
        self.put_on_list([session])
        self.show(session)

    def put_on_list(self, sessions: Sequence[SessionModel]) -> None:
        closed = {session for session in sessions if session.is_closed}
        self._sessions.add(*sessions)
        for session in sessions:
            if session in closed:
                self.reopened.emit(session)
                continue
            self.listed.emit(session)

    def show(self, session: SessionModel) -> None:
        self.context.show(session)
        self._forget_refusal()

    def _hear(self, session: SessionModel) -> None:
        """Tell what is refused to a user of `session`, who can only ask it for something now."""
        if session not in self._heard:
            self._heard.add(session)
            session.refused.connect(self._tell_refusal)

    def _tell_refusal(self, why: str) -> None:
        session = self.sender()  # to know it otherwise would keep it
        assert isinstance(session, SessionModel)
        self.context.messages.show_error(why, session)
        where = session.count, session.position
        self._refusal = self.session, session, where, self.context.messages.text

    def _forget_refusal(self) -> None:
        """Take away why something was refused, once that no longer holds."""
        if self._refusal is None:
            return
        shown, session, where, told = self._refusal
        messages = self.context.messages
        holds = (session.count, session.position) == where
        if session is shown:
            holds = holds and self.session is shown
        if not holds:
            self._refusal = None
            if messages.text == told:
                messages.dismiss()

    def show_neighbour(self, by: int) -> bool:
        """Show the session `by` rows below the shown one; return whether there is one."""
        neighbour = self._view.rows.neighbour(self.session, by)
        if neighbour is not None:
            self.show(neighbour)
        return neighbour is not None

    def open(self, scenario: Scenario | None = None) -> SessionModel:
        """Open a simulated session, to play `scenario` or the last one chosen, and show it."""
        chosen = scenario or self._play_bar.chosen
        self._opened += 1
        session = SessionModel(SimulatedSource(f"sim-{self._opened}", self._machine, chosen))
        self.add(session)
        return session

    def play(self, scenario: Scenario) -> None:
        self._play_bar.offer(scenario)
        self.session_for(scenario)

    def session_for(self, scenario: Scenario) -> SessionModel:
        """Return the shown session, which now has `scenario`, or a new one if it has begun."""
        if self.session.why_not(SetScenario(scenario)) is not None:
            return self.open(scenario)
        self.session.request(SetScenario(scenario))
        return self.session

    def _confirm_end(self, command: Step | WalkTo) -> None:
        from exlab_gui.widgets.dialogs.confirm_dialogs import EndDialog

        EndDialog(self.session, command, self.context.window).open()

    def _choose(self, session: SessionModel) -> None:
        if session is not self.session:
            self.show(session)

    def _note_count(self) -> None:
        """Refresh the actions if there are sessions beside another now, or none any more."""
        before, self._count = self._count, self._sessions.rowCount()
        if min(before, self._count) <= 2:
            self.context.refresh()

    def _note_finished(self) -> None:
        """Refresh the actions if that is the first session that is over, or the last."""
        can_close = self.context.actions["actionCloseFinished"].isEnabled()
        if can_close is not (self._count_finished() > 0):
            self.context.refresh()

    def _count_finished(self) -> int:
        return sum(self._view.rows.counts[meaning] for meaning in ENDINGS)

    def _alone(self) -> str | None:
        return self._sessions.why_no_other()

    @Action("actionNewSession", "&New session", "Ctrl+N", "Session", 1, icon="new-session")
    def _open_another(self) -> None:
        """Open a simulated session."""
        self.open()

    @Action("actionCloseSession", "C&lose session", "Ctrl+W", "Session", 1)
    def close(self) -> None:
        """Close the shown session."""
        closing = self.session
        self._show_another([closing])
        recorded_to = closing.recorded_to
        self._sessions.remove(closing)
        if recorded_to is not None:
            self.context.messages.show_info(
                tr(
                    "Recording to {file} ended, since {session} was closed.",
                    file=file_name(recorded_to),
                    session=closing.label,
                ),
                closing,
            )

    def _none_finished(self) -> str | None:
        return None if self._count_finished() else "No session is finished"

    @Action(
        "actionCloseFinished",
        "Close finis&hed sessions",
        "Ctrl+Shift+W",
        "Session",
        1,
        why_not=_none_finished,
    )
    def _close_finished(self) -> None:
        """Close every session that is over; the last ten of them can be reopened."""
        finished = self._finished()
        unsaved = [session for session in finished if session.unsaved]
        staying = unsaved[MOST_KEPT:]  # closed, they could not be reopened
        # Those that would be lost are closed last, since the last ones are kept.
        closing = [s for s in finished if not s.unsaved] + unsaved[:MOST_KEPT]
        if self.session in closing:
            self._show_another(closing)
        self._sessions.remove_all(closing)
        count = len(closing)
        text = tr("Closed {n:,} finished session.", "Closed {n:,} finished sessions.", n=count)
        if staying:
            text += " " + tr(
                "{n:,} stays open, since it is not saved.",
                "{n:,} stay open, since they are not saved.",
                n=len(staying),
            )
        self.context.messages.show_info(text)

    def _finished(self) -> list[SessionModel]:
        return [session for session in self._sessions.open_sessions if is_over(session)]

    def _show_another(self, closing: Sequence[SessionModel]) -> None:
        """Show the next session in the list that is not `closing`; open one if there is none."""
        leaving = set(closing)
        rows = self._view.rows
        listed = [rows.session(row) for row in range(rows.rowCount())]
        here = rows.row_of(self.session) or 0
        nearby = [*listed[here:], *reversed(listed[:here]), *self._sessions.open_sessions]
        another = next((session for session in nearby if session not in leaving), None)
        if another is None:
            self.open()
        else:
            self.show(another)

    def _none_closed(self) -> str | None:
        return None if self._sessions.closed.last else "No session was closed"

    @Action(
        "actionReopenSession",
        "Reopen close&d session",
        "Ctrl+Shift+T",
        "Session",
        1,
        why_not=_none_closed,
    )
    def _reopen(self) -> None:
        """Open the session again that was closed or reset last."""
        if (session := self._sessions.closed.last) is not None:
            self.add(session)

    @Action(
        "actionNextSession",
        "Ne&xt session",
        "Ctrl+PgDown",
        "Session",
        1,
        why_not=_alone,
        repeats=True,
    )
    def _show_next(self) -> None:
        """Show the next session in the list."""
        self.show_neighbour(1)

    @Action(
        "actionPreviousSession",
        "Pre&vious session",
        "Ctrl+PgUp",
        "Session",
        1,
        why_not=_alone,
        repeats=True,
    )
    def _show_previous(self) -> None:
        """Show the previous session in the list."""
        self.show_neighbour(-1)

    @Submenu("menuGoTo", "&Go to", "Session", 3)
    def _offer_to_go(self, menu: QMenu) -> None:
        _offer(menu, self._moves.go.values())

    @Submenu("menuWalkTo", "Wal&k to", "Session", 3)
    def _offer_to_walk(self, menu: QMenu) -> None:
        _offer(menu, self._moves.walk.values())

    @Action("actionFail", "Fa&il…", "Ctrl+E", "Session", 3, why_not=refused(Fail()), icon="fail")
    def _fail(self) -> None:
        """Fail the session with an error."""
        from exlab_gui.widgets.dialogs.confirm_dialogs import FailDialog

        FailDialog(self.session, self.context.window).open()

    @Action(
        "actionCancel", "&Cancel…", "Ctrl+K", "Session", 3, why_not=refused(Cancel()), icon="cancel"
    )
    def _cancel(self) -> None:
        """Cancel the session."""
        from exlab_gui.widgets.dialogs.confirm_dialogs import CancelDialog

        CancelDialog(self.session, self.context.window).open()


def _offer(menu: QMenu, moves: Iterable[GoAction]) -> None:
    for move in moves:
        move.show_hint()
        menu.addAction(move)
