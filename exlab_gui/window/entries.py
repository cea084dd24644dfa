"""All actions and submenus of the window, in the order of the menus."""

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.archive.charts import ArchiveCharts
from exlab_gui.controllers.archive.history import ArchiveHistory
from exlab_gui.controllers.archive.keeping import ArchiveKeeping
from exlab_gui.controllers.coverage import CoverageActions
from exlab_gui.controllers.diagram.times import TimesActions
from exlab_gui.controllers.exports import ExportActions
from exlab_gui.controllers.help import HelpActions
from exlab_gui.controllers.history import HistoryActions
from exlab_gui.controllers.notifier import Notifier
from exlab_gui.controllers.pane_actions import PaneActions
from exlab_gui.controllers.playing import PlayActions
from exlab_gui.controllers.presenting import Presenting
from exlab_gui.controllers.program import ProgramActions
from exlab_gui.controllers.recordings import RecordingActions
from exlab_gui.controllers.scenarios import ScenarioActions
from exlab_gui.controllers.servers import ServerActions
from exlab_gui.controllers.sessions import SessionActions
from exlab_gui.controllers.telemetry import Tracing
from exlab_gui.controllers.tour import TourActions
from exlab_gui.controllers.view import ViewActions

CONTROLLERS: tuple[type[Controller], ...] = (
    SessionActions,
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
    HelpActions,
    ProgramActions,
)

ENTRIES = tuple(entry for controller in CONTROLLERS for entry in controller.entries())

ACTIONS = tuple(entry for entry in ENTRIES if isinstance(entry, Action))
