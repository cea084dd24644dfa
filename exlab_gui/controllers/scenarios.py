"""Opening scenarios."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.action import Action, Controller, Submenu
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.recent_files import show_recent
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.file import ScenarioError, load_scenario
from exlab_gui.core.text.translation import translatable

SCENARIO_FILES = translatable(("Scenarios (*.json)",))


class ScenarioActions(Controller):
    """Opens scenarios of `machine`; `opened` gives them."""

    opened = Signal(object)

    def __init__(self, context: ActionContext, machine: StateMachine) -> None:
        super().__init__(context)
        self._machine = machine

    def open(self, path: Path) -> None:
        try:
            scenario = load_scenario(path, self._machine)
        except ScenarioError as error:
            self.context.jobs.fail(str(error))
            return
        self.context.settings.opened_file("scenarios", path)
        self.context.messages.dismiss()
        self.opened.emit(scenario)

    @Action("actionOpenScenario", "&Open scenario…", "Ctrl+Shift+O", "Session", 4, icon="open")
    def _ask(self) -> None:
        """Open a scenario file."""
        self.context.ask_for_file("Open scenario", SCENARIO_FILES, self.open)

    @Submenu("menuRecentScenarios", "R&ecent scenarios", "Session", 4)
    def _offer_again(self, menu: QMenu) -> None:
        show_recent(menu, self.context.settings, "scenarios", self.open)
