"""The options and arguments that several commands share, and their validation."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from math import isnan
from platform import python_version
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exlab_gui import __version__
from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.commands.shared.interrupts import CutOffError
from exlab_gui.core.clock import EARLIEST, LATEST, can_be_shown
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario.file import ScenarioError
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.sources.live.listening.choice import StreamChoice

if TYPE_CHECKING:  # only a shell that completes needs it
    from click.shell_completion import CompletionItem

SPEEDS = (0.25, 16.0)
"""The slowest and fastest playing of a scenario, in times of real time."""

Decorated = TypeVar("Decorated", bound=Callable[..., object])


class NumberRange(click.FloatRange):
    """A range of numbers; unlike click's, it does not hold NaN, which no comparison refuses."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number: float = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(f"{value} is not a number.", param, ctx)
        return number


class UnusableError(click.ClickException):
    """A file cannot be used; click does not add the command's usage."""

    exit_code = click.UsageError.exit_code


def machine(
    _context: click.Context, _option: click.Parameter, module_or_file: str | None
) -> StateMachine:
    return CREATION_MACHINE if module_or_file is None else load_machine(module_or_file)


def load_machine(module_or_file: str) -> StateMachine:
    """Return the machine of a module or file, and print a warning about it on standard error.

    Raises UnusableError, and CutOffError if the user ends its import.
    """
    from exlab_gui import machines
    from exlab_gui.core.text.showable import concern_about

    try:
        machine = machines.load_machine(module_or_file)
        context = click.get_current_context(silent=True)
        is_completing = context is not None and context.resilient_parsing
        if not is_completing and (concern := concern_about(machine)):
            click.echo(f"Warning: {sanitize(module_or_file)}: {concern}", err=True)
        return machine
    except machines.MachineError as error:
        raise UnusableError(str(error)) from None
    except KeyboardInterrupt:
        raise CutOffError(f"{sanitize(module_or_file)}: the import was interrupted.") from None


def complete_file(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


machine_option = click.option(
    "--machine",
    metavar="MODULE_OR_FILE",
    is_eager=True,  # the check of scenarios and states depends on it
    callback=machine,
    shell_complete=complete_file,
    help="The state machine of another module (module:Name for one object in it), or of a file: "
    "Python, SCXML or JSON of XState.",
)
interval_option = click.option(
    "--interval",
    metavar="SECONDS",
    type=NumberRange(0.02, 600),
    help="Poll the list of sessions so often.  [default: every 0.05 s while sessions change, else "
    "every 0.25 s; every 1 s on another computer]",
)


def events_option(default: str, *, auto: StreamChoice | None) -> Callable[[Decorated], Decorated]:
    """Return the option ``--events``; without it the command gets `auto`, told as `default`."""
    return click.option(
        "--events",
        type=click.Choice([choice.value for choice in StreamChoice]),
        callback=lambda _context, _option, given: given and StreamChoice(given),
        default=auto and auto.value,
        help="Read the event streams of sessions: exact, but other listeners stop receiving them; "
        "or poll only; or (auto) read them on this computer from a version of ExLab-Wizard that "
        f"is known not to read them itself.  [default: {default}]",
    )


theme_option = click.option(
    "--theme",
    type=click.Choice(["system", "light", "dark", "contrast"]),
    help="The window's colours.  [default: as last time]",
)


class Start(click.DateTime):
    """A time to start at; unlike click's, it is refused without the letters of a format."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            example = "a date (2026-03-17) or a time (2026-03-17T09:30:00)"
            self.fail(f'"{value}" is no time: give {example}.', param, ctx)


def session_id(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    from exlab_gui.sources.live.responses import is_usable_id

    if given is not None and not is_usable_id(given):
        raise click.BadParameter(
            "an id has 1 to 100 letters, digits and . _ ~ - and begins with a letter or a digit."
        )
    return given


def session_option(help_text: str) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--session", "session_id", metavar="ID", callback=session_id, help=help_text
    )


def scenario(context: click.Context, _option: click.Parameter, name: str | None) -> Scenario | None:
    try:
        return None if name is None else find_scenario(name, _machine_in(context))
    except ScenarioError as error:
        raise UnusableError(str(error)) from None


def complete_scenario(
    context: click.Context, option: click.Parameter, incomplete: str
) -> "list[str] | list[CompletionItem]":
    """Return the bundled scenarios that start with `incomplete`, else files."""
    names = [name for name in bundled_scenarios() if name.startswith(incomplete)]
    return names or complete_file(context, option, incomplete)


def scenario_option(help_text: str) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--scenario",
        metavar="NAME_OR_FILE",
        callback=scenario,
        shell_complete=complete_scenario,
        help=help_text,
    )


def need_display(instead: str) -> None:
    """Raise ClickException without a display; `instead` says what needs none."""
    from exlab_gui.system.display import why_no_display

    if why_not := why_no_display():
        raise click.ClickException(f"{why_not} {instead}")


def state(context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    known = _machine_in(context).states
    if name is not None and name not in known:
        raise click.BadParameter(unknown_name_message(name, known, "a state"))
    return name


def complete_state(context: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
    states = _machine_in(context).states
    return [name for name in states if name.startswith(incomplete)]


def path(context: click.Context, option: click.Parameter, names: str | None) -> list[str] | None:
    if names is None:
        return None
    states = [name.strip() for name in names.split(",")]
    for name in states:
        state(context, option, name)
    return states


def complete_path(context: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
    """Return each legal continuation of the path `incomplete`."""
    *before, begun = incomplete.split(",")
    machine = _machine_in(context)
    initial = machine.initial
    following = machine.following(before[-1] if before else initial)
    names = following if before else (initial, *following)
    return [",".join((*before, name)) for name in names if name.startswith(begun)]


def start(_context: click.Context, _option: click.Parameter, time: datetime | None) -> datetime:
    if time is None:
        return datetime.now(UTC)
    time = time.replace(tzinfo=UTC)
    if not can_be_shown(time):
        raise click.BadParameter(f"times are from {EARLIEST:%Y-%m-%d} to {LATEST:%Y-%m-%d}.")
    return time


def speed(_context: click.Context, _option: click.Parameter, factor: float | None) -> float | None:
    slowest, fastest = SPEEDS
    if factor is not None and not slowest <= factor <= fastest:
        raise click.BadParameter(f"{factor:g} is not between {slowest:g} and {fastest:g}.")
    return factor


def print_version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    """Print the versions without importing Qt, and exit; with --json, all that a report needs.

    This is called for --version and for --json, in the order in which they are given.
    """
    given: dict[str | None, bool] = context.meta.setdefault(f"{__name__}.version", {})
    given[option.name] = wanted
    if len(given) < 2 or context.resilient_parsing:
        return
    if not given["version"]:
        if given["as_json"]:
            raise click.UsageError("--json is for --version, or stands after the command.")
        return
    from exlab_gui.diagnostics import diagnostics, package_version

    if given["as_json"]:
        click.echo(json.dumps(diagnostics(), indent=2))  # escapes what a terminal would not print
    else:
        pyside = package_version("PySide6-Essentials")
        click.echo(f"exlab-gui {__version__}\nPython {python_version()}\nPySide6 {pyside}")
    context.exit()


def _machine_in(context: click.Context) -> StateMachine:
    """Return the chosen machine; its eager option is already parsed."""
    chosen = context.params.get("machine")
    return chosen if isinstance(chosen, StateMachine) else CREATION_MACHINE
