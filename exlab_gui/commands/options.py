"""What the options of several commands take, checked before anything is done."""

import platform
from datetime import UTC, datetime

import click
from click.shell_completion import CompletionItem

from exlab_gui import __version__
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario.file import ScenarioError
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.scenarios import bundled_scenarios, find_scenario

SPEEDS = (0.25, 16.0)
"""The slowest and the fastest that a scenario is played, as times of real time."""

LATEST_START = datetime(9000, 1, 1, tzinfo=UTC)
"""Simulated time has to end before the calendar does."""


class UnusableError(click.ClickException):
    """A file that cannot be used; the message says it all, without the command's usage."""

    exit_code = click.UsageError.exit_code


def machine(
    _context: click.Context, _option: click.Parameter, module_or_file: str | None
) -> StateMachine:
    """Return the machine that `module_or_file` exports; ends with why not, and exit code 2."""
    if module_or_file is None:
        return CREATION_MACHINE
    from exlab_gui.machines import MachineError, load_machine

    try:
        return load_machine(module_or_file)
    except MachineError as error:
        raise UnusableError(str(error)) from None


machine_option = click.option(
    "--machine",
    metavar="MODULE_OR_FILE",
    is_eager=True,  # what scenarios and states are good depends on it
    callback=machine,
    help="The state machine of another module, or of a file that ends in .py.",
)
"""The option of every command that takes another machine than this program's own."""


def scenario(context: click.Context, _option: click.Parameter, name: str | None) -> Scenario | None:
    """Return the scenario that `name` stands for; ends with its message and exit code 2."""
    try:
        return None if name is None else find_scenario(name, _machine_in(context))
    except ScenarioError as error:
        raise UnusableError(str(error)) from None


def complete_scenario(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the bundled scenarios that begin like `incomplete`; files where none does."""
    names = [name for name in bundled_scenarios() if name.startswith(incomplete)]
    return [*map(CompletionItem, names)] or [CompletionItem(incomplete, type="file")]


def state(context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    """Return `name`, the name of a state."""
    known = _machine_in(context).states
    if name is not None and name not in known:
        raise click.BadParameter(unknown_name_message(name, known, "a state"))
    return name


def complete_state(
    context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the states that begin like `incomplete`."""
    states = _machine_in(context).states
    return [CompletionItem(name) for name in states if name.startswith(incomplete)]


def path(context: click.Context, option: click.Parameter, names: str | None) -> list[str] | None:
    """Return the states that `names` lists, with commas between them."""
    if names is None:
        return None
    states = [name.strip() for name in names.split(",")]
    for name in states:
        state(context, option, name)
    return states


def complete_path(
    context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return each legal way to go on from the path that `incomplete` begins."""
    *before, begun = incomplete.split(",")
    machine = _machine_in(context)
    initial = machine.initial
    following = machine.following(before[-1] if before else initial)
    names = following if before else (initial, *following)
    return [CompletionItem(",".join((*before, name))) for name in names if name.startswith(begun)]


def start(_context: click.Context, _option: click.Parameter, time: datetime | None) -> datetime:
    """Return `time`, which is given in UTC, or the time now."""
    if time is None:
        return datetime.now(UTC)
    time = time.replace(tzinfo=UTC)
    if time > LATEST_START:
        raise click.BadParameter(f"the latest is {LATEST_START:%Y-%m-%d}")
    return time


def speed(_context: click.Context, _option: click.Parameter, factor: float | None) -> float | None:
    """Return `factor`, how many times as fast as real time a scenario is played."""
    slowest, fastest = SPEEDS
    if factor is not None and not slowest <= factor <= fastest:
        raise click.BadParameter(f"{factor:g} is not between {slowest:g} and {fastest:g}.")
    return factor


def print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the versions of what the program stands on, without importing Qt, and end."""
    if not wanted or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        pyside = version("PySide6-Essentials")
    except PackageNotFoundError:
        pyside = "not installed"
    click.echo(f"exlab-gui {__version__}\nPython {platform.python_version()}\nPySide6 {pyside}")
    context.exit()


def _machine_in(context: click.Context) -> StateMachine:
    """Return the machine that the command is for: its option is handled before all others."""
    chosen = context.params.get("machine")
    return chosen if isinstance(chosen, StateMachine) else CREATION_MACHINE
