"""Play tour: sessions that take every legal transition, played one after the other."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario, along
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Pause, Play
from exlab_gui.widgets.play_bar import PlayBar

LINGER_MS = 1200
"""How long the end of a session is to be seen before the next begins, at the speed of real time."""


class TourActions(Controller):
    """Plays a tour while `playing`: each of its walks in a session of its own.

    So every session stays on the list, to be looked at, recorded and counted. What pauses the play
    of a session holds up the tour, until that session is played on or closed. `have_played` gives
    the session that is to play a scenario, which has not begun and is shown.
    """

    def __init__(
        self,
        context: ActionContext,
        machine: StateMachine,
        sessions: SessionListModel,
        play_bar: PlayBar,
        have_played: Callable[[Scenario], SessionModel],
    ) -> None:
        super().__init__(context)
        self._machine = machine
        self._sessions = sessions
        self._play_bar = play_bar
        self.playing = False
        self._have_played = have_played
        self._walks: list[tuple[str, ...]] = []
        self._place = 0
        self._session: SessionModel | None = None
        self._linger = QTimer(self, singleShot=True)
        self._linger.timeout.connect(self._begin_next)
        sessions.rowsRemoved.connect(self._skip_closed)

    def stop(self) -> None:
        """Pause the session that is played, and begin no other."""
        if not self.playing:
            return
        self.playing = False
        session, stopped = self._session, self._place
        self._linger.stop()
        self._leave()
        if session is not None:
            session.request_if_possible(Pause())
            self.context.messages.show_info(
                f"The tour was stopped in session {stopped} of {len(self._walks)}."
            )
        self.context.refresh()

    @Action("actionPlayTour", "Play &tour", "Shift+F5", "Session", 2, checked=lambda c: c.playing)
    def _start_or_stop(self) -> None:
        """Play sessions that take every legal transition."""
        if self.playing:
            self.stop()
        else:
            self._start()

    def _start(self) -> None:
        from exlab_gui.core.analysis.tour import tour

        self._walks, self._place = tour(self._machine), 0
        self.playing = True
        self._begin_next()

    def _begin_next(self) -> None:
        self._leave()
        if self._place == len(self._walks):
            self.context.messages.show_info(self._told_at_the_end())
            self.stop()
            return
        walk = self._walks[self._place]
        self._place += 1
        title = f"Tour: session {self._place} of {len(self._walks)}"
        session = self._session = self._have_played(along(walk[1:], title))
        session.changed.connect(self._go_on)
        self.context.messages.show_progress(title, self._place, len(self._walks), self.stop)
        session.request(Play())

    def _leave(self) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._go_on)
            self._session = None

    def _go_on(self) -> None:
        """Begin the next session in a while, where this one has come to its end."""
        session = self._session
        if session is None or session.playing or self._linger.isActive():
            return
        over = session.visits.state() in self._machine.terminal
        if over or session.count >= len(self._walks[self._place - 1]):
            self._linger.start(round(LINGER_MS / self._play_bar.factor))

    def _skip_closed(self) -> None:
        if self._session is not None and self._session not in self._sessions.open_sessions:
            self._begin_next()

    def _told_at_the_end(self) -> str:
        count = len(self._walks)
        if not count:
            return "There is no tour: the state machine has no transitions."
        sessions = f"{count} session{'s'[: count != 1]}"
        return f"The tour is over: {sessions}, {len(self._machine.edges)} transitions."
