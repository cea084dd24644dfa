"""The tour: sessions that together take every legal transition."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario, along
from exlab_gui.core.text.sanitize import error_text
from exlab_gui.core.text.translation import tr
from exlab_gui.models.background.loading import is_loaded, loaded
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Pause, Play
from exlab_gui.widgets.play_bar import PlayBar

LINGER_MS = 1200
"""How long to show the end of a session before the next one, in real time."""


class TourActions(Controller):
    """Plays each walk of the tour in its own session, which stays in the list.

    The tour waits while its session is paused, until that is played again or closed. `prepare`
    shows a session for a scenario and returns it.
    """

    def __init__(
        self,
        context: ActionContext,
        machine: StateMachine,
        sessions: SessionListModel,
        play_bar: PlayBar,
        prepare: Callable[[Scenario], SessionModel],
    ) -> None:
        super().__init__(context)
        self._machine = machine
        self._sessions = sessions
        self._play_bar = play_bar
        self.playing = False
        self._prepare = prepare
        self._walks: list[tuple[str, ...]] = []
        self._place = 0
        self._session: SessionModel | None = None
        self._tasks = Tasks(self._plan_failed)
        self._linger = QTimer(self, singleShot=True)
        self._linger.timeout.connect(self._begin_next)
        sessions.rowsRemoved.connect(self._skip_closed)

    def stop(self) -> None:
        if not self.playing:
            return
        self.playing = False
        session, stopped = self._session, self._place
        self._tasks.cancel()
        self._linger.stop()
        self._leave()
        text = tr("Tour stopped.")
        if session is not None:
            session.request_if_possible(Pause())
            count = len(self._walks)
            text = tr("Tour stopped in session {number} of {count}.", number=stopped, count=count)
        self.context.messages.show_info(text)
        self.context.refresh()

    async def close(self) -> None:
        self.stop()
        await self._tasks.ended()

    @Action("actionPlayTour", "Pla&y tour", "Shift+F5", "Session", 2, checked=lambda c: c.playing)
    def _start_or_stop(self) -> None:
        """Play sessions that take every legal transition."""
        if self.playing:
            self.stop()
        else:
            self._start()

    def _start(self) -> None:
        self.playing = True
        if is_loaded("networkx"):
            self._take_walks()
        else:
            self._tasks.run(self._plan())

    async def _plan(self) -> None:
        self.context.messages.show_info("Planning the tour…")
        await loaded("networkx")
        self._take_walks()

    def _plan_failed(self, error: BaseException) -> None:
        self.stop()
        self.context.messages.show_error(error_text(error))

    def _take_walks(self) -> None:
        from exlab_gui.core.analysis.tour import tour

        self._walks, self._place = tour(self._machine), 0
        self._begin_next()

    def _begin_next(self) -> None:
        self._leave()
        if self._place == len(self._walks):
            self.stop()
            self.context.messages.show_info(self._summary())
            return
        walk = self._walks[self._place]
        self._place += 1
        title = tr("Tour: session {number} of {count}", number=self._place, count=len(self._walks))
        session = self._session = self._prepare(along(walk[1:], title))
        session.changed.connect(self._go_on)
        self.context.messages.show_progress(title, self._place, len(self._walks), self.stop)
        session.request(Play())

    def _leave(self) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._go_on)
            self._session = None

    def _go_on(self) -> None:
        session = self._session
        if session is None or session.playing or self._linger.isActive():
            return
        over = session.visits.state() in self._machine.terminal
        if over or session.count >= len(self._walks[self._place - 1]):
            self._linger.start(round(LINGER_MS / self._play_bar.factor))

    def _skip_closed(self) -> None:
        if self._session is not None and self._session not in self._sessions.open_sessions:
            self._begin_next()

    def _summary(self) -> str:
        count = len(self._walks)
        if not count:
            return tr("The state machine has no transitions to play.")
        return tr(
            "Tour finished: {n} session, {transitions} transitions.",
            "Tour finished: {n} sessions, {transitions} transitions.",
            n=count,
            transitions=len(self._machine.edges),
        )
