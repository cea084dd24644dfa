"""Files in and out: scenarios opened, the log and the diagram exported.

What writes the exports is imported with the first one: the window opens sooner without it.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.recent_files import show_recent
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.analysis.status import edge_status, state_status, uncertain
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.progress import Progress
from exlab_gui.core.scenario.file import ScenarioError, load_scenario
from exlab_gui.export.atomic_file import why_not_written
from exlab_gui.models.session_model import SessionModel

SCENARIO_FILES = ("Scenarios (*.json)",)
XES_FILES = ("XES for process mining (*.xes)",)
REPORT_FILES = ("HTML (*.html)",)
COVERAGE_FILES = ("JSON (*.json)",)
TEST_FILES = ("Python (*.py)",)
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

    def __init__(self, context: ActionContext, machine: StateMachine, recent: QMenu) -> None:
        super().__init__(context.window)
        self._context = context
        self._machine = machine
        reopen = partial(show_recent, recent, context.settings, "scenarios", self.open_scenario)
        recent.aboutToShow.connect(reopen)

    def ask_for_scenario(self) -> None:
        """Let the user pick a scenario file, and open it."""
        self._context.ask_for_file("Open a scenario", SCENARIO_FILES, self.open_scenario)

    def open_scenario(self, path: Path) -> None:
        """Open the scenario in `path`, or tell what is wrong with it and change nothing."""
        try:
            scenario = load_scenario(path, self._machine)
        except ScenarioError as error:
            self._context.messages.show_error(str(error))
            return
        self._context.settings.opened_file("scenarios", path)
        self._context.messages.dismiss()
        self.scenario_opened.emit(scenario)

    def ask_for_log(self, session: SessionModel) -> None:
        """Let the user say where the log of `session` is to be saved, and save it."""
        save = partial(self.save_log, session)
        self._context.ask_for_file("Export the log", LOG_FILES, save, new=f"{session.label}.jsonl")

    def save_log(self, session: SessionModel, path: Path) -> None:
        """Write every event of `session` to `path`."""
        from exlab_gui.export.log import export_log

        events, machine = session.history[: session.count], session.machine

        self._write(path, partial(export_log, machine, events, path))

    def ask_for_xes(self, session: SessionModel) -> None:
        """Let the user say where `session` is to be saved for process mining, and save it."""
        save = partial(self.save_xes, session)
        self._context.ask_for_file("Export XES", XES_FILES, save, new=f"{session.label}.xes")

    def save_xes(self, session: SessionModel, path: Path) -> None:
        """Write `session` as XES to `path`."""
        from exlab_gui.export.session import save_xes

        recording = session.source.recording()

        def work(_progress: Progress) -> None:
            save_xes(path, recording)

        self._write(path, work)

    def ask_for_report(self, session: SessionModel, *, redacted: bool) -> None:
        """Let the user say where a report of `session` is to be saved, and save it.

        A redacted one has placeholders for operator, paths, labels and answers.
        """
        save = partial(self.save_report, session, redacted=redacted)
        title = "Export a report without names" if redacted else "Export a report"
        self._context.ask_for_file(title, REPORT_FILES, save, new="report.html")

    def save_report(self, session: SessionModel, path: Path, *, redacted: bool) -> None:
        """Write a report of `session` to `path`."""
        from exlab_gui.export.session import save_report

        recording, colours = session.source.recording(), self._context.theme.colours

        def work(_progress: Progress) -> None:
            save_report(path, recording, colours, redacted=redacted)

        self._write(path, work)

    def ask_for_test(self, session: SessionModel) -> None:
        """Let the user say where a test that goes the way of `session` is to be saved, and save it.

        Where there can be none, say why and ask nothing.
        """
        from exlab_gui.export.pytest_source import to_pytest
        from exlab_gui.export.reproduce import RetellingError

        try:
            source = to_pytest(session.source.recording())
        except RetellingError as error:
            self._context.messages.show_error(f"No test can be made of {session.label}: {error}")
            return
        name = re.sub(r"\W+", "_", session.label, flags=re.ASCII)
        save = partial(self.save_test, source)
        self._context.ask_for_file("Save as a test", TEST_FILES, save, new=f"test_{name}.py")

    def save_test(self, source: str, path: Path) -> None:
        """Write the source of a test to `path`."""
        from exlab_gui.export.atomic_file import atomic_write

        def work(_progress: Progress) -> None:
            with atomic_write(path) as file:
                file.write(source.encode())

        self._write(path, work)

    def ask_for_coverage(self, coverage: Coverage) -> None:
        """Let the user say where `coverage` is to be saved, and save it."""
        save = partial(self.save_coverage, coverage)
        self._context.ask_for_file("Save the coverage", COVERAGE_FILES, save, new="coverage.json")

    def save_coverage(self, coverage: Coverage, path: Path) -> None:
        """Write `coverage` as JSON to `path`."""
        from exlab_gui.export.atomic_file import atomic_write

        def work(_progress: Progress) -> None:
            with atomic_write(path) as file:
                file.write(msgspec.json.encode(coverage.data()))

        self._write(path, work)

    def ask_for_diagram(self, session: SessionModel) -> None:
        """Let the user say where the diagram of `session` is to be saved, and save it."""
        save = partial(self.save_diagram, session)
        self._context.ask_for_file(
            "Export the diagram", DIAGRAM_FILES, save, new=f"{session.label}.svg"
        )

    def save_diagram(self, session: SessionModel, path: Path) -> None:
        """Write the diagram as it is now to `path`, in the form that its ending names."""
        from exlab_gui.export.diagram import save_diagram

        visits = session.visits
        position = session.position
        edges = (*session.machine.edges, *visits.off_table(position))
        try:
            save_diagram(
                path,
                session.machine,
                self._context.theme.colours,
                states={
                    state: state_status(visits, state, position) for state in session.machine.states
                },
                edges={edge: edge_status(visits, edge, position) for edge in edges},
                uncertain=uncertain(visits, position),
            )
        except OSError as error:
            self._context.messages.show_error(why_not_written(path, error))
        except ValueError as error:
            self._context.messages.show_error(str(error))
        else:
            self._tell_saved(path)

    def _write(self, path: Path, work: Callable[[Progress], None]) -> None:
        def carefully(progress: Progress) -> None:
            try:
                work(progress)
            except OSError as error:
                raise ValueError(why_not_written(path, error)) from None

        self._context.jobs.run(f"Writing {path.name}", carefully, lambda _: self._tell_saved(path))

    def _tell_saved(self, path: Path) -> None:
        self._context.settings.used_file(path)
        self._context.messages.show_info(f"Saved {path}")
