"""Playing a scenario."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QSlider,
)

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.scenario.file import parse_scenario
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.testing.driver.acting import Acting, acts
from exlab_gui.testing.form_filling import choose
from exlab_gui.testing.user_input import (
    press,
)
from exlab_gui.widgets.play_bar import SPEEDS

Playable = str | Path | Scenario | Mapping[str, Any]
"""The name of a scenario of the program, the path of a file, a scenario, or what its file holds."""


class PlayDriver(Acting):
    @acts
    def choose(self, scenario: Playable) -> None:
        """Choose the scenario that the session is to play.

        If the list of scenarios lacks it, it is added first. If the session has begun, a new one
        opens. Raises ScenarioError if there is no such scenario.
        """
        if isinstance(scenario, str | Path):
            scenario = find_scenario(str(scenario))
        elif not isinstance(scenario, Scenario):
            scenario = parse_scenario(msgspec.json.encode(scenario), "the scenario")
        self.window.play_bar.offer(scenario)
        box = self._find(QComboBox, "scenarioCombo")
        choose(box, next(n for n in range(box.count()) if box.itemData(n) == scenario))

    @acts
    def play(self, scenario: Playable | None = None, *, speed: float = SPEEDS[-1]) -> None:
        """Play `scenario` (None: the one that is chosen), `speed` times as fast as real time.

        Returns as soon as it plays; `wait_for` waits for what comes. Raises ValueError for a speed
        that the slider does not have.
        """
        if speed not in SPEEDS:
            raise ValueError(f"{speed} is not among {', '.join(f'{one:g}' for one in SPEEDS)}")
        if scenario is not None:
            self.choose(scenario)
        self._find(QSlider, "speedSlider").setFocus()
        press(self.window, Qt.Key.Key_Home)
        for _ in range(SPEEDS.index(speed)):
            press(self.window, Qt.Key.Key_Right)
        self._trigger("actionPlay")

    @acts
    def pause(self) -> None:
        self._trigger("actionPause")

    @acts
    def step(self) -> None:
        """Do the scenario's next step."""
        self._trigger("actionStep")
