"""Bundled scenarios, and scenarios by name or file."""

from contextlib import suppress
from pathlib import Path

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario.file import ScenarioError, load_scenario
from exlab_gui.core.scenario.scenario import Scenario, along
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.paths import resources

DEFAULT_SCENARIO = "happy_path"
"""The name of the scenario that is played by default."""


def bundled_scenarios() -> dict[str, Path]:
    """Return the files of the bundled scenarios by name, the default first."""
    files = (resources() / "scenarios").glob("*.json")
    return {
        path.stem: path
        for path in sorted(files, key=lambda path: (path.stem != DEFAULT_SCENARIO, path.stem))
    }


def find_scenario(name_or_file: str, machine: StateMachine = CREATION_MACHINE) -> Scenario:
    """Return the bundled scenario, or load a file, such as ``./file``. Raises ScenarioError."""
    bundled = bundled_scenarios()
    if name_or_file in bundled:
        return load_scenario(bundled[name_or_file], machine)
    path = Path(name_or_file)
    if path.name == name_or_file and not path.suffix:
        raise ScenarioError(
            unknown_name_message(name_or_file, bundled, "a scenario of this program")
        )
    return load_scenario(path, machine)


def fitting_scenarios(machine: StateMachine) -> dict[str, Scenario]:
    """Return the bundled scenarios that are legal in `machine`, by name."""
    fitting = {}
    for name, path in bundled_scenarios().items():
        with suppress(ScenarioError):
            fitting[name] = load_scenario(path, machine)
    return fitting


def default_scenario(machine: StateMachine) -> Scenario:
    """Return the happy path, or if that is not legal, the shortest path to the regular end.

    If there is none, the path goes to a farthest state.
    """
    try:
        return find_scenario(DEFAULT_SCENARIO, machine)
    except ScenarioError:
        path = machine.spine
        if len(path) == 1:
            others = (state for state in machine.states if state != machine.initial)
            paths = (machine.path(machine.initial, state) for state in others)
            path = max(filter(None, paths), key=len, default=path)
        return along(path[1:], f"The shortest way to {path[-1]}")
