"""The window: the panes, put together and told which session to show."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow

from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.coverage import CoverageActions
from exlab_gui.controllers.exports import ExportActions
from exlab_gui.controllers.recordings import TraceActions
from exlab_gui.controllers.scenarios import ScenarioActions
from exlab_gui.controllers.servers import LiveActions
from exlab_gui.controllers.tour import TourActions
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.models.jobs import Jobs
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import Cancel, Fail, SetBreakpoints, SetCollapsing, SetScenario
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.theme.icons import icon
from exlab_gui.theme.theme import Theme, ThemeChoice
from exlab_gui.widgets.actions import make_actions
from exlab_gui.widgets.dialogs.opening import (
    ask_to_cancel,
    ask_to_fail,
    compare,
    tell_about,
    tell_shortcuts,
)
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.play_bar import PlayBar
from exlab_gui.widgets.session_pane import SessionPane
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.widgets.transition_panel import state_menu
from exlab_gui.window.menu_bar import Menus
from exlab_gui.window.panes import Panes
from exlab_gui.window.window_state import remember, restore

_DOCK_WIDTH = 200


class MonitorWindow(QMainWindow):
    """Shows one of the open sessions; every pane shows the same one.

    It opens with one fresh simulated session of `machine`. `closed` says that it was closed;
    `shutdown` then ends what still runs.
    """

    closed = Signal()

    session: SessionModel

    def __init__(
        self, settings: Settings, theme: Theme, machine: StateMachine = CREATION_MACHINE
    ) -> None:
        super().__init__()
        named(self, "monitorWindow")
        self.setWindowIcon(icon("app"))
        self.settings = settings
        self.theme = theme
        self.machine = machine
        self.sessions = SessionListModel(self)
        self._opened = 0
        self._breakpoints = frozenset(settings.names("session/breakpoints"))
        self._put_together()
        self._make_file_actions()
        self._connect_actions()
        self.new_session()
        self.panes.diagram.set_breakpoints(self._breakpoints)
        restore(self)

    def new_session(self, scenario: Scenario | None = None) -> SessionModel:
        """Open a simulated session, to play `scenario` or the last one chosen, and show it."""
        chosen = scenario or self.play_bar.chosen
        self._opened += 1
        session = SessionModel(SimulatedSource(f"sim-{self._opened}", self.machine, chosen))
        self.add_session(session)
        return session

    def add_session(self, session: SessionModel) -> None:
        """Put `session` on the list, and show it."""
        self.list_session(session)
        self.show_session(session)

    def list_session(self, session: SessionModel) -> None:
        """Put `session` on the list."""
        session.refused.connect(self.panes.messages.show_error)
        session.request_if_possible(SetBreakpoints(self._breakpoints))
        self._collapse_gaps_of(session)
        self.sessions.add(session)
        if self.sessions.rowCount() == 2:
            self.session_dock.show()

    def show_session(self, session: SessionModel) -> None:
        """Have every pane show `session`."""
        if hasattr(self, "session"):
            self.session.changed.disconnect(self._synchronize)
        self.session = session
        for view in (self.moves, self.play_bar, self.panes, self.traces, self.live, self.coverage):
            view.set_session(session)
        session.changed.connect(self._synchronize)
        self.session_list.show_chosen(session)
        self._synchronize()

    def close_session(self) -> None:
        """Close the shown session and show a neighbour; after the last one, a fresh one."""
        closing = self.session
        others = [one for one in self.sessions.open_sessions if one is not closing]
        if not others:
            self.new_session()
        elif not (self.show_neighbour(1) or self.show_neighbour(-1)):
            self.show_session(others[0])  # the filter leaves out every other one
        self.sessions.remove(closing)

    def show_neighbour(self, by: int) -> bool:
        """Show the session `by` rows below the shown one; return whether there is one."""
        neighbour = self.session_list.rows.neighbour(self.session, by)
        if neighbour is not None:
            self.show_session(neighbour)
        return neighbour is not None

    def play_scenario(self, scenario: Scenario) -> None:
        """Have the shown session play `scenario`, or a new one where it has begun already."""
        self.play_bar.offer(scenario)
        self.session_for(scenario)

    def session_for(self, scenario: Scenario) -> SessionModel:
        """Return the shown session, which now has `scenario`, or a new one where it has begun."""
        if self.session.why_not(SetScenario(scenario)) is not None:
            return self.new_session(scenario)
        self.session.request(SetScenario(scenario))
        return self.session

    async def shutdown(self) -> None:
        """End everything that still runs, after the window was closed."""
        self.tour.stop()
        await self.jobs.close()
        await self.live.close()
        await self.sessions.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are on this computer."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped: a scenario by its ending, anything else as a recording."""
        for url in event.mimeData().urls():
            path = Path(url.toLocalFile())
            if path.suffix == ".json":
                self.scenarios.open(path)
            else:
                self.traces.open(path)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember what the window looked like."""
        remember(self)
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape dismisses the message, or ends presenting where there is none."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panes.messages.isVisible():
            self.panes.messages.end()
        else:
            self.actions_by_name["actionPresentation"].setChecked(False)

    def _put_together(self) -> None:
        self.actions_by_name = make_actions(self)
        self.moves = TransitionActions(self)
        self.play_bar = PlayBar(self.actions_by_name, self.theme, self)
        self.panes = Panes(self.actions_by_name, self.moves, self.theme)
        self.panes.details.others = self.sessions.others_like
        self.session_pane = SessionPane(self.sessions)
        self.session_list = self.session_pane.view
        self.session_dock = named(QDockWidget("Sessions", self), "sessionDock")
        self.session_dock.setWidget(self.session_pane)
        self.session_dock.hide()
        self.problems = named(plain_label(), "problemCountLabel", "Problems")
        self.problems.setContentsMargins(0, 0, 8, 0)
        self.menus = Menus(self, self.actions_by_name, self.moves)
        self.addToolBar(self.play_bar)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.session_dock)
        self.setCentralWidget(self.panes)
        self.statusBar().addPermanentWidget(self.problems)
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self.resizeDocks([self.session_dock], [_DOCK_WIDTH], Qt.Orientation.Horizontal)
        self.panes.diagram.setFocus()

    def _make_file_actions(self) -> None:
        self.jobs = Jobs(self)
        messages = self.panes.messages
        self.jobs.progressed.connect(partial(messages.show_progress, stop=self.jobs.stop))
        self.jobs.stopped.connect(lambda job: messages.show_info(f"Stopped: {job}"))
        self.jobs.failed.connect(messages.show_error)
        self.context = ActionContext(
            self,
            self.actions_by_name,
            self.settings,
            self.theme,
            messages,
            self.jobs,
        )
        menus = self.menus.submenus
        self.exports = ExportActions(self.context, lambda: self.session)
        self.scenarios = ScenarioActions(self.context, self.machine, menus["menuRecentScenarios"])
        self.live = LiveActions(self.context, self.machine)
        self.traces = TraceActions(self.context, menus["menuRecentTraces"])
        self.coverage = CoverageActions(
            self.context, self.sessions, self.panes.diagram, self.exports
        )
        self.tour = TourActions(
            self.context, self.machine, self.sessions, self.play_bar, self.session_for
        )

    def _connect_actions(self) -> None:
        self.context.connect(
            {
                "actionNewSession": self.new_session,
                "actionCloseSession": self.close_session,
                "actionNextSession": lambda: self.show_neighbour(1),
                "actionPreviousSession": lambda: self.show_neighbour(-1),
                "actionFail": lambda: ask_to_fail(self.session, self),
                "actionCancel": lambda: ask_to_cancel(self.session, self),
                "actionCompare": self._compare,
                "actionQuit": self.close,
                "actionFilter": self._go_to_filter,
                "actionFollow": lambda: self.panes.log.table.follow(True),
                "actionClearLog": self.panes.log.clear_view,
                "actionShowCleared": self.panes.log.show_cleared,
                "actionZoomIn": self.panes.diagram.zoom_in,
                "actionZoomOut": self.panes.diagram.zoom_out,
                "actionZoomFit": self.panes.diagram.fit,
                "actionBreakpoint": self._toggle_chosen_breakpoint,
                "actionThemeSystem": lambda: self._choose_theme(ThemeChoice.SYSTEM),
                "actionThemeLight": lambda: self._choose_theme(ThemeChoice.LIGHT),
                "actionThemeDark": lambda: self._choose_theme(ThemeChoice.DARK),
                "actionShortcuts": lambda: tell_shortcuts(self.moves, self),
                "actionAbout": lambda: tell_about(self),
            }
        )
        self.actions_by_name["actionPresentation"].toggled.connect(self._present)
        shown = self.actions_by_name["actionSessionList"]
        shown.triggered.connect(lambda: self.session_dock.setVisible(shown.isChecked()))
        self.session_dock.visibilityChanged.connect(
            lambda: shown.setChecked(not self.session_dock.isHidden())
        )
        self.scenarios.opened.connect(self.play_scenario)
        self.play_bar.scenario_chosen.connect(self.play_scenario)
        self.session_list.chosen.connect(self._show_chosen)
        self.panes.timeline.sought.connect(self.traces.go_to)
        self.panes.log.event_chosen.connect(lambda index: self.traces.go_to(index + 1))
        self.actions_by_name["actionCollapseGaps"].toggled.connect(self._collapse_gaps)
        self.traces.opened.connect(self.add_session)
        self.live.found.connect(self.list_session)
        self.live.chosen.connect(self.show_session)
        self.panes.diagram.menu_wanted.connect(self._offer_for_state)

    def _synchronize(self) -> None:
        for name, command in (("actionFail", Fail()), ("actionCancel", Cancel())):
            self.context.set_available(name, self.session.why_not(command))
        count = self.session.problem_count
        self.problems.setText(f"{count} problem{'' if count == 1 else 's'}")
        self.setWindowTitle(f"{self.session.label}: {self.session.state} – exlab-gui")

    def _compare(self) -> None:
        others = [one for one in self.sessions.open_sessions if one is not self.session]
        compare(self.session, others, self)

    def _collapse_gaps(self, collapsing: bool) -> None:
        self.panes.timeline.collapse_gaps(collapsing)
        for session in self.sessions.open_sessions:
            self._collapse_gaps_of(session)

    def _collapse_gaps_of(self, session: SessionModel) -> None:
        collapsing = self.actions_by_name["actionCollapseGaps"].isChecked()
        session.request_if_possible(SetCollapsing(collapsing))

    def _show_chosen(self, session: SessionModel) -> None:
        if session is not self.session:
            self.show_session(session)

    def _go_to_filter(self) -> None:
        self.panes.log.filter.setFocus()
        self.panes.log.filter.selectAll()

    def _offer_for_state(self, state: str, place: QPoint) -> None:
        menu = state_menu(self.moves, state, self)
        stop = named(menu.addAction("Pause the play here"), "stateMenuBreakpoint")
        stop.setCheckable(True)
        stop.setChecked(state in self._breakpoints)
        stop.triggered.connect(lambda: self.toggle_breakpoint(state))
        menu.popup(place)

    def _toggle_chosen_breakpoint(self) -> None:
        self.toggle_breakpoint(self.panes.diagram.chosen_state or self.session.state)

    def toggle_breakpoint(self, state: str) -> None:
        """Pause the play on entering `state` from now on, or no more."""
        self._breakpoints ^= {state}
        self.settings.keep("session/breakpoints", sorted(self._breakpoints))
        self.panes.diagram.set_breakpoints(self._breakpoints)
        for session in self.sessions.open_sessions:
            session.request_if_possible(SetBreakpoints(self._breakpoints))

    def _choose_theme(self, choice: ThemeChoice) -> None:
        self.theme.choose(choice)
        self.settings.keep("window/theme", choice.value)

    def _present(self, presenting: bool) -> None:
        if presenting:
            parts = (self.menuBar(), self.play_bar, self.statusBar(), self.session_dock)
            self._put_away = [part for part in parts if not part.isHidden()]
        whole = Qt.WindowState.WindowFullScreen
        state = self.windowState()
        self.setWindowState(state | whole if presenting else state & ~whole)
        for part in self._put_away:
            part.setVisible(not presenting)
        self.panes.present(presenting)
