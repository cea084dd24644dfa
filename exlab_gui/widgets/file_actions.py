"""Files in and out: scenarios opened, the log and the diagram exported.

What writes the exports is imported with the first one: the window opens sooner without it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario_file import ScenarioError, load_scenario
from exlab_gui.core.status import edge_status, state_status
from exlab_gui.models.background import Background, Proceed
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.settings import Settings
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.message_bar import MessageBar
from exlab_gui.widgets.naming import named

SCENARIO_FILES = ("Scenarios (*.json)",)
LOG_FILES = ("JSON Lines (*.jsonl)", "CSV for spreadsheets (*.csv)")
DIAGRAM_FILES = (
    "SVG (*.svg)",
    "PNG (*.png)",
    "PDF (*.pdf)",
    "Mermaid (*.mmd)",
    "DOT for Graphviz (*.dot)",
)


class FileActions(QObject):
    """Asks for names of files, reads and writes them, and tells in the message bar how it went."""

    scenario_opened = Signal(object)

    def __init__(
        self,
        window: QWidget,
        machine: StateMachine,
        settings: Settings,
        theme: Theme,
        messages: MessageBar,
        recent: QMenu,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._machine = machine
        self._settings = settings
        self._theme = theme
        self._messages = messages
        self._recent = recent
        self._background = Background(self)
        self._background.progressed.connect(messages.work)
        self._background.failed.connect(messages.complain)
        messages.stopped.connect(self._background.stop)
        recent.aboutToShow.connect(self._show_recent)

    def close(self) -> None:
        """Stop what is still being written."""
        self._background.close()

    def ask_for_scenario(self) -> None:
        """Let the user pick a scenario file, and open it."""
        self._ask("Open a scenario", SCENARIO_FILES, self.open_scenario)

    def open_scenario(self, path: Path) -> None:
        """Open the scenario in `path`, or tell what is wrong with it and change nothing."""
        try:
            scenario = load_scenario(path, self._machine)
        except ScenarioError as error:
            self._messages.complain(str(error))
            return
        self._settings.opened_file(path)
        self._messages.dismiss()
        self.scenario_opened.emit(scenario)

    def ask_for_log(self, session: SessionModel) -> None:
        """Let the user say where the log of `session` is to be saved, and save it."""
        save = partial(self.save_log, session)
        self._ask("Export the log", LOG_FILES, save, new=f"{session.label}.jsonl")

    def save_log(self, session: SessionModel, path: Path) -> None:
        """Write every event of `session` to `path`."""
        from exlab_gui.core.log_export import export_log

        events, machine = session.history[: session.count], session.machine

        def work(proceed: Proceed) -> bool:
            try:
                return export_log(machine, events, path, proceed)
            except OSError as error:
                raise ValueError(_why_not_written(path, error)) from None

        self._background.run(
            f"Writing {path.name}", work, lambda whole: self._tell_saved(path, whole)
        )

    def ask_for_diagram(self, session: SessionModel) -> None:
        """Let the user say where the diagram of `session` is to be saved, and save it."""
        save = partial(self.save_diagram, session)
        self._ask("Export the diagram", DIAGRAM_FILES, save, new=f"{session.label}.svg")

    def save_diagram(self, session: SessionModel, path: Path) -> None:
        """Write the diagram as it is now to `path`, in the form that its ending names."""
        from exlab_gui.diagram_file import save_diagram

        walk = session.walk
        edges = (*session.machine.edges, *walk.violations())
        try:
            save_diagram(
                path,
                session.machine,
                self._theme.colours,
                states={state: state_status(walk, state) for state in session.machine.states},
                edges={edge: edge_status(walk, edge) for edge in edges},
            )
        except (OSError, ValueError) as error:
            self._messages.complain(_why_not_written(path, error))
        else:
            self._tell_saved(path, True)

    def _tell_saved(self, path: Path, whole: bool) -> None:
        if whole:
            self._settings.used_file(path)
            self._messages.say(f"Saved {path}")
        else:
            self._messages.say(f"Stopped: {path.name} was not written.")

    def _ask(
        self,
        title: str,
        kinds: Sequence[str],
        then: Callable[[Path], None],
        new: str | None = None,
    ) -> None:
        """Open a file dialog: for a file that exists, or with `new` as the name of a new one."""
        dialog = named(QFileDialog(self._window, title, self._settings.last_folder), "fileDialog")
        dialog.setNameFilters(list(kinds))
        if new is not None:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(Path(new).suffix)
            dialog.filterSelected.connect(
                lambda kind: dialog.setDefaultSuffix(kind.rpartition("*")[2].rstrip(")"))
            )
            dialog.selectFile(new)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_recent(self) -> None:
        self._recent.clear()
        for name in self._settings.names("files/recent"):
            path = Path(name)
            entry = self._recent.addAction(path.name.replace("&", "&&"))
            entry.setToolTip(plain_tip(name))
            entry.triggered.connect(lambda _=False, p=path: self.open_scenario(p))
        if self._recent.isEmpty():
            self._recent.addAction("No file was opened yet").setEnabled(False)


def _why_not_written(path: Path, error: OSError | ValueError) -> str:
    """Return what to tell the user, who has no use for the number of an error."""
    if isinstance(error, OSError):
        return f"{path.name} cannot be written: {error.strerror or error}."
    return str(error)
