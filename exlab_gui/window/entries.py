"""All actions and submenus of the window, in the order of the menus."""

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.archive.charts import ArchiveCharts
from exlab_gui.controllers.archive.history import ArchiveHistory
from exlab_gui.controllers.archive.recording import ArchiveKeeping
from exlab_gui.controllers.command_palette import CommandPalette
from exlab_gui.controllers.compare import CompareActions
from exlab_gui.controllers.coverage import CoverageActions
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
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.transition_actions import TransitionActions

CONTROLLERS: tuple[type[Controller], ...] = (
    SessionActions,
    CompareActions,
    ScenarioActions,
    RecordingActions,
    ArchiveHistory,
    ArchiveCharts,
    ExportActions,
    HistoryActions,
    PlayActions,
    TourActions,
    CoverageActions,
    TimesActions,
    ServerActions,
    Notifier,
    ArchiveKeeping,
    Tracing,
    ViewActions,
    PaneActions,
    Presenting,
    NoticeActions,
    HelpActions,
    CommandPalette,
    ProgramActions,
)

ENTRIES = tuple(entry for controller in CONTROLLERS for entry in controller.entries())

ACTIONS = tuple(entry for entry in ENTRIES if isinstance(entry, Action))


def keyboard(moves: TransitionActions) -> list[tuple[str, str]]:
    """Return all keys of the window, each with what it does."""
    rows = [(keys, tr(record.tip)) for record in ACTIONS for keys in record.shortcuts]
    goes = ((move.shortcut().toString(), state) for state, move in moves.go.items())
    return rows + [(keys, tr("Go to {state}", state=state)) for keys, state in goes if keys]
