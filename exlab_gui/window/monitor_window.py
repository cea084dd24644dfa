"""The main window: panes and controllers."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from exlab_gui.controllers.announcer import Announcer
from exlab_gui.controllers.archive.charts import ArchiveCharts
from exlab_gui.controllers.archive.history import ArchiveHistory
from exlab_gui.controllers.archive.recording import ArchiveKeeping
from exlab_gui.controllers.archive.usual_times import ArchiveUsualTimes
from exlab_gui.controllers.command_palette import CommandPalette
from exlab_gui.controllers.compare import CompareActions
from exlab_gui.controllers.context import ActionContext, make_actions
from exlab_gui.controllers.coverage import CoverageActions
from exlab_gui.controllers.diagram.overlay_place import OverlayPlace
from exlab_gui.controllers.diagram.times import TimesActions
from exlab_gui.controllers.exports import ExportActions
from exlab_gui.controllers.help import HelpActions
from exlab_gui.controllers.history import HistoryActions
from exlab_gui.controllers.notices import NoticeActions
from exlab_gui.controllers.notifier import Notifier
from exlab_gui.controllers.pane_actions import PaneActions
from exlab_gui.controllers.playback import PlayActions
from exlab_gui.controllers.presenting import Presenting
from exlab_gui.controllers.program import ProgramActions
from exlab_gui.controllers.recordings import RecordingActions
from exlab_gui.controllers.scenarios import ScenarioActions
from exlab_gui.controllers.servers import ServerActions
from exlab_gui.controllers.sessions import SessionActions
from exlab_gui.controllers.telemetry import Tracing
from exlab_gui.controllers.tour import TourActions
from exlab_gui.controllers.view import ViewActions
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import Play
from exlab_gui.theme.icons import icon
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.drops import leave_drops_to_window
from exlab_gui.widgets.controls.front import bring_to_front
from exlab_gui.widgets.controls.menu_style import tell_why_disabled
from exlab_gui.widgets.controls.wheel import need_focus_for_wheel
from exlab_gui.widgets.message_bar import MessageBar
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.play_bar import PlayBar
from exlab_gui.widgets.sessions.session_pane import SessionPane
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.window.entries import ACTIONS, ENTRIES, keyboard
from exlab_gui.window.explanations import explain_panes
from exlab_gui.window.focus_guard import FocusGuard
from exlab_gui.window.menu_bar import fill_menus, path_of
from exlab_gui.window.panes import Panes
from exlab_gui.window.session_dock import SessionDock
from exlab_gui.window.stage import Stage
from exlab_gui.window.status_line import StatusLine
from exlab_gui.window.steps import show_steps
from exlab_gui.window.window_state import remember, reset, restore


class MonitorWindow(QMainWindow):
    """Shows one of the open sessions in all panes; opens with a simulated one of `machine`.

    `painted` is emitted once, after the window is on the screen for the first time: then comes what
    nobody waits for. After `closed`, call `shutdown`.
    """

    painted = Signal()
    closed = Signal()

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        machine: StateMachine = CREATION_MACHINE,
        archive: Path | None = None,
    ) -> None:
        super().__init__()
        named(self, "monitorWindow")
        self.setWindowIcon(icon("app"))
        self.settings = settings
        self.theme = theme
        self.machine = machine
        self.sessions = SessionListModel(self)
        self._painted = False
        with theme.styling_once():
            self._make_views()
        self.panes.fit()
        self.statusBar().setMinimumHeight(self.panes.messages.sizeHint().height())
        self._make_controllers(archive)
        self._connect()
        FocusGuard(self, self.panes.diagram)
        self.session_actions.open()
        fill_menus(self, ENTRIES, self.actions_by_name, self.context.fills)
        restore(self)

    @property
    def session(self) -> SessionModel:
        return self.context.session

    async def shutdown(self) -> None:
        """Stop all jobs, connections and sessions."""
        await self.tour.close()
        self.notifier.close()
        await self.archive_charts.close()
        await self.usual_times.close()
        await self.times.close()
        await self.archive_history.close()
        await self.context.jobs.close()
        await self.servers.close()
        await self.sessions.close()
        await self.archive_keeping.close()
        await self.tracing.close()

    def end(self) -> None:
        """End as if the user had closed the window, without a question."""
        remember(self)
        self.closed.emit()

    def open_files(self, paths: Sequence[Path], event: int | None = None) -> None:
        """Open recordings, shown as they were after `event` (None: the last), and scenarios."""
        # Recordings first: whatever fails is then told together, when all have been read.
        for path in sorted(paths, key=_is_scenario):
            if _is_scenario(path):
                self.scenarios.open(path)
            else:
                self.recordings.open(path, then=partial(self.recordings.go_to_event, event))

    def open_from_desktop(self, paths: Sequence[Path], event: int | None = None) -> None:
        """Open the files, and come to the front: the user looks for them there."""
        bring_to_front(self)
        self.open_files(paths, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)  # its panes are painted after it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.open_files([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        for url in urls:
            if not url.isLocalFile():
                shown = sanitize(url.toString())
                self.context.jobs.fail(
                    phrase("{shown}: only files on this computer can be opened.", shown=shown)
                )
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():  # the user, not the program
            event.ignore()
            self.program.quit()
            return
        super().closeEvent(event)
        self.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.presenting.presenting:
            self.presenting.end()
        elif not self.help.end_welcome() and self.panes.messages.isVisible():
            self.panes.messages.end()

    def _make_views(self) -> None:
        self.actions_by_name = make_actions(self, ACTIONS)
        self.moves = TransitionActions(self)
        self.play_bar = PlayBar(self.actions_by_name, self.theme, self)
        self.panes = Panes(
            self.actions_by_name, self.moves, self.theme, MessageBar(self.theme, self)
        )
        self.panes.details.others = self.sessions.comparable_histories
        self.session_pane = SessionPane(
            self.sessions, self.theme, self.actions_by_name["actionCloseFinished"]
        )
        self.session_list = self.session_pane.view
        self.session_dock = SessionDock(self, self.session_pane)
        self.addToolBar(self.play_bar)
        self.setCentralWidget(self.panes)
        self.places = self.panes.place_in(self)
        self.status = StatusLine(self)
        self.panes.messages.stand_on(self.statusBar(), *self.status.parts)
        explain_panes(self.panes, self.session_list, self.play_bar)
        self.painted.connect(self._finish)
        self.setAcceptDrops(True)
        self.panes.diagram.setFocus()

    def _finish(self) -> None:
        """Do what only a user can notice, who cannot before the window is there."""
        need_focus_for_wheel(self)
        leave_drops_to_window(self)
        self.setAcceptDrops(True)

    def _make_controllers(self, archive: Path | None) -> None:
        panes, sessions, play_bar, moves = self.panes, self.sessions, self.play_bar, self.moves
        context = self.context = ActionContext(
            self, self.actions_by_name, self.settings, self.theme, panes.messages
        )
        for view in (moves, play_bar, panes):  # before the controllers, which depend on the views
            context.shown.connect(view.set_session)
        self.session_actions = SessionActions(
            context, self.machine, sessions, self.session_list, play_bar, moves
        )
        self.scenarios = ScenarioActions(context, self.machine)
        self.comparing = CompareActions(context, sessions)
        self.recordings = RecordingActions(context)
        self.exports = ExportActions(context)
        self.history = HistoryActions(context)
        self.playback = PlayActions(
            context, sessions, play_bar, panes.diagram, panes.timeline, moves
        )
        self.tour = TourActions(
            context, self.machine, sessions, play_bar, self.session_actions.session_for
        )
        overlay = OverlayPlace(panes.diagram, self.exports)
        self.coverage = CoverageActions(context, sessions, self.exports, overlay)
        self.notifier = Notifier(context)
        self.notices = NoticeActions(context, self.notifier, self.status.notices)
        self.announcer = Announcer(context)
        self.servers = ServerActions(context, self.machine, self.notifier, panes.connection)
        self.archive_keeping = ArchiveKeeping(context, archive)
        self.archive_history = ArchiveHistory(context, archive, self.recordings, self.comparing)
        self.usual_times = ArchiveUsualTimes(self.archive_history, self)
        self.archive_charts = ArchiveCharts(context, self.archive_history)
        self.times = TimesActions(context, sessions, panes.diagram, overlay, self.archive_history)
        self.tracing = Tracing(context)
        self.view = ViewActions(context, panes.diagram, panes.tabs, self.session_dock)
        self.pane_actions = PaneActions(context, self.places, panes.form, self.session_list)
        self.presenting = Presenting(context)
        self.stage = Stage(self)
        self.help = HelpActions(context, panes)
        self.palette_of_commands = CommandPalette(
            context, ENTRIES, path_of, sessions, self.session_actions.show
        )
        self.program = ProgramActions(context, sessions, partial(keyboard, moves))

    def _connect(self) -> None:
        self.context.refreshed.connect(lambda: self.status.show(self.session))
        self.panes.details.archived = self.usual_times.of
        self.usual_times.changed.connect(self.panes.details.show_usual_anew)
        self.moves.rebuilt.connect(lambda: self.addActions(list(self.moves.go.values())))
        self.sessions.rowsInserted.connect(self._show_list_of_two)
        for listed in (self.session_actions.listed, self.session_actions.reopened):
            listed.connect(self.playback.prepare)
            listed.connect(self.archive_keeping.follow)
            listed.connect(self.tracing.follow)
        self.scenarios.opened.connect(self.session_actions.play)
        self.panes.timeline.sought.connect(self.history.go_to)
        self.panes.tabs.event_chosen.connect(lambda index: self.history.go_to(index + 1))
        for brought in (self.recordings.opened, self.history.forked):
            brought.connect(self.session_actions.add)
        self.servers.found.connect(self.session_actions.put_on_list)
        for chosen in (self.servers.chosen, self.notifier.chosen, self.notices.chosen):
            chosen.connect(self.session_actions.show)
        self.notifier.notified.connect(self.announcer.hear_of)
        self.servers.troubled.connect(self.announcer.hear_of_servers)
        self.recordings.traced.connect(partial(show_steps, self))
        self.settings.failed.connect(self.panes.messages.show_error)
        self.presenting.presented.connect(self.stage.present)
        self.view.reset_wanted.connect(self._reset_layout)
        self.help.demo_wanted.connect(self._play_demo)

    def _show_list_of_two(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first <= 1 <= last:
            self.stage.when_over(self.session_dock.show_list)

    def _play_demo(self) -> None:
        chosen = self.play_bar.chosen
        session = self.session_actions.session_for(chosen) if chosen else self.session
        session.request_if_possible(Play())

    def createPopupMenu(self) -> QMenu:
        """Return the menu of the titles of docks: the panes, and the list of sessions."""
        menu = QMenu(self)
        tell_why_disabled(menu)
        menu.addAction(self.actions_by_name["actionSessionList"])
        self.context.fills["menuPanes"](menu)
        return menu

    def _reset_layout(self) -> None:
        self.presenting.present(False)
        reset(self)


def _is_scenario(path: Path) -> bool:
    return path.suffix.lower() == ".json"
