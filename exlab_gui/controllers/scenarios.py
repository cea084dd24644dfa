"""Scenario files in the window: opened, and opened again."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.recent_files import show_recent
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.file import ScenarioError, load_scenario

SCENARIO_FILES = ("Scenarios (*.json)",)


class ScenarioActions(QObject):
    """Opens scenarios of `machine`; `opened` brings one."""

    opened = Signal(object)

    def __init__(self, context: ActionContext, machine: StateMachine, recent: QMenu) -> None:
        super().__init__(context.window)
        self._context = context
        self._machine = machine
        reopen = partial(show_recent, recent, context.settings, "scenarios", self.open)
        recent.aboutToShow.connect(reopen)
        context.connect({"actionOpenScenario": self._ask})

    def open(self, path: Path) -> None:
        """Open the scenario in `path`, or tell what is wrong with it and change nothing."""
        try:
            scenario = load_scenario(path, self._machine)
        except ScenarioError as error:
            self._context.messages.show_error(str(error))
            return
        self._context.settings.opened_file("scenarios", path)
        self._context.messages.dismiss()
        self.opened.emit(scenario)

    def _ask(self) -> None:
        self._context.ask_for_file("Open scenario", SCENARIO_FILES, self.open)
