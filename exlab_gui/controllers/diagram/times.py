"""Times of the states on the diagram, of the open sessions or of the archive."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QTimer

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.archive.history import ArchiveHistory
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.diagram.overlay_place import OverlayPlace
from exlab_gui.core.analysis.path_times import PathTimes, path_times
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.overlay import SessionSet, times_overlay
from exlab_gui.core.progress import Progress
from exlab_gui.models.background.jobs import Jobs
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.widgets.diagram.diagram_view import DiagramView

FRAME_MS = 100
"""The shortest interval between two computations."""

_LEAST_SHARE = 4
"""Computing takes at most one part of so many of the time."""

Scope = Literal["open", "archive"]


class TimesActions(Controller):
    """Computes, in the background, how long sessions of the shown machine took in each state.

    A state that is pointed at shows those of the open sessions at its transitions, too.
    """

    def __init__(
        self,
        context: ActionContext,
        sessions: SessionListModel,
        diagram: DiagramView,
        place: OverlayPlace,
        history: ArchiveHistory,
    ) -> None:
        super().__init__(context)
        self._sessions = sessions
        self._diagram = diagram
        self._place = place
        self._history = history
        self.scope: Scope = "open"
        self._jobs = Jobs(self)
        self._jobs.failed.connect(context.messages.show_error)
        self._took = QElapsedTimer()
        self._computed: object = None  # what the shown times were computed from
        self._is_stale = False
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._compute)
        diagram.pointed.connect(lambda _: self._refresh_soon())
        context.shown.connect(lambda _: self._compute_anew())
        for changed in (sessions.dataChanged, sessions.rowsInserted, sessions.rowsRemoved):
            changed.connect(self._refresh_open)
        history.changed.connect(self._refresh_archived)
        history.times_wanted.connect(self._show_found)
        place.passed_on.connect(context.refresh)

    @property
    def on_diagram(self) -> bool:
        return self._place.is_of(self)

    async def close(self) -> None:
        self._frame.stop()
        self._is_stale = False
        await self._jobs.close()

    @Action(
        "actionTimesOpen",
        "&Times of open sessions",
        "Ctrl+F7",
        "Diagram",
        2,
        checked=lambda c: c.on_diagram and c.scope == "open",
    )
    def _show_open(self) -> None:
        """Show how long the open sessions took in each state, on the diagram."""
        self._show_or_hide("open")

    @Action(
        "actionTimesArchive",
        "Times of arc&hived sessions",
        "Ctrl+Shift+F7",
        "Diagram",
        2,
        why_not=lambda c: c._history.why_none(),
        checked=lambda c: c.on_diagram and c.scope == "archive",
    )
    def _show_archived(self) -> None:
        """Show how long the sessions in the history's filter took in each state, on the diagram."""
        self._show_or_hide("archive")

    def _show_or_hide(self, scope: Scope) -> None:
        shown = self.on_diagram and self.scope == scope
        self._place.give(None)
        self.scope = scope
        if not shown:
            self._place.give(self)
            if scope == "archive":
                self._history.update()
        self._compute_anew()

    def _show_found(self) -> None:
        if not (self.on_diagram and self.scope == "archive"):
            self._show_or_hide("archive")

    @property
    def _scope(self) -> Scope | None:
        """What is to be computed now, if anything is shown."""
        if self.on_diagram:
            return self.scope
        return "open" if self._diagram.pointed_state is not None else None

    def _refresh_open(self) -> None:
        if self._scope == "open":
            self._refresh_soon()

    def _refresh_archived(self) -> None:
        if self._scope == "archive":
            self._compute_anew()

    def _refresh_soon(self) -> None:
        if self._computed is None:
            self._compute()
        elif not self._frame.isActive():
            self._frame.start()

    def _compute_anew(self) -> None:
        self._computed = None
        self._compute()

    def _compute(self) -> None:
        self._frame.stop()
        scope, machine = self._scope, self.session.machine
        if scope is None:
            return
        if self._jobs.busy:
            self._is_stale = True
            return
        work, computed_from = self._work(scope, machine)
        if computed_from is not None and computed_from == self._computed:
            return
        self._computed = computed_from
        self._is_stale = False
        self._took.start()
        of: SessionSet = "open"
        if scope == "archive":
            of = "found" if self._history.filters else "archived"
        self._jobs.run("Computing times", work, partial(self._show, scope, machine, of))

    def _work(
        self, scope: Scope, machine: StateMachine
    ) -> tuple[Callable[[Progress], PathTimes], object]:
        """Return what computes the times, and what they are computed from."""
        if scope == "archive":
            return self._history.times_of_found(), object()
        histories = [
            (session.visits, session.position)
            for session in self._sessions.open_sessions
            if session.machine == machine
        ]
        counts = [(visits, visits.visit_count(position)) for visits, position in histories]
        return partial(path_times, histories), counts

    def _show(self, scope: Scope, machine: StateMachine, of: SessionSet, times: PathTimes) -> None:
        took_ms = self._took.elapsed()
        self._frame.setInterval(max(FRAME_MS, _LEAST_SHARE * took_ms))
        if scope == self._scope and machine == self.session.machine:
            overlay = times_overlay(machine, times, of)
            self._place.show(self, overlay)
            self._diagram.forward.show_figures(overlay)
        if self._is_stale:
            self._frame.start()
