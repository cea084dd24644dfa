"""The command line: the window, and the commands that need none.

Qt is imported by the commands that draw, and only once their options have been checked.
"""

import io
import platform
import sys
from datetime import datetime

import click

from exlab_gui import __version__
from exlab_gui.commands import options
from exlab_gui.core.scenario import Scenario
from exlab_gui.scenarios import DEFAULT_SCENARIO, find_scenario

SPEEDS = (0.25, 16.0)
"""The slowest and the fastest that a scenario is played."""

EXAMPLES = """
\b
Examples:
  exlab-gui                                    a fresh simulated session
  exlab-gui --scenario asks_once --play        a demonstration, from the start
  exlab-gui --scenario my.json --play --speed 4
  exlab-gui simulate --scenario plugin_fails   what it emits, as text
  exlab-gui simulate --path validating,rendering,failed --json
  exlab-gui diagram -o machine.svg --state plugin_pass

\b
Completion of commands, options, scenarios and states by the shell (zsh and fish likewise):
  eval "$(_EXLAB_GUI_COMPLETE=bash_source exlab-gui)"
"""


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        pyside = version("PySide6-Essentials")
    except PackageNotFoundError:
        pyside = "not installed"
    click.echo(f"exlab-gui {__version__}\nPython {platform.python_version()}\nPySide6 {pyside}")
    context.exit()


def _check_speed(
    _context: click.Context, _option: click.Parameter, speed: float | None
) -> float | None:
    slowest, fastest = SPEEDS
    if speed is not None and not slowest <= speed <= fastest:
        raise click.BadParameter(f"{speed:g} is not between {slowest:g} and {fastest:g}.")
    return speed


@click.group(
    invoke_without_command=True,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--scenario",
    metavar="NAME_OR_FILE",
    callback=options.scenario,
    shell_complete=options.complete_scenario,
    help="Open the window with this scenario: one that comes with the program, or a file.",
)
@click.option("--play", is_flag=True, help="Play at once.")
@click.option(
    "--speed",
    type=float,
    callback=_check_speed,
    help="Play so many times as fast as real time, 0.25 to 16.  [default: as last time]",
)
@click.option(
    "--theme",
    type=click.Choice(["system", "light", "dark"]),
    help="The window's colours.  [default: as last time]",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions of exlab-gui, Python and PySide6.",
)
@click.pass_context
def main(
    context: click.Context,
    scenario: Scenario | None,
    play: bool,
    speed: float | None,
    theme: str | None,
) -> None:
    """Show creation sessions of ExLab-Wizard: live in a window, or as text.

    Without a command the window opens.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no arrow is told of one, and not stopped by it.
            stream.reconfigure(errors="backslashreplace")
    if context.invoked_subcommand is not None:
        _refuse_window_options(context)
        return
    from exlab_gui.app import run

    context.exit(run(scenario, play=play, speed=speed, theme=theme))


def _refuse_window_options(context: click.Context) -> None:
    for option in context.command.params:
        given = option.name and context.get_parameter_source(option.name)
        if given == click.core.ParameterSource.COMMANDLINE:
            command = context.invoked_subcommand
            raise click.UsageError(f"{option.opts[0]} is for the window; {command} opens none.")


@main.command()
@click.option(
    "--scenario",
    metavar="NAME_OR_FILE",
    callback=options.scenario,
    shell_complete=options.complete_scenario,
    help="What happens: a scenario that comes with the program, or a file.  [default: happy_path]",
)
@click.option(
    "--path",
    metavar="STATE,STATE,…",
    callback=options.path,
    shell_complete=options.complete_path,
    help="What happens: these states, one after the other.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option(
    "--start",
    metavar="TIME",
    type=click.DateTime(),
    callback=options.start,
    help="When the session is opened, in UTC, e.g. 2026-03-17T09:30:00.  [default: now]",
)
def simulate(
    scenario: Scenario | None, path: list[str] | None, as_json: bool, start: datetime
) -> None:
    """Print what a simulated session emits, one line per event.

    The columns are number, time, state, kind, phase, and what happened. Time is simulated: nothing
    is waited for. The exit code is 1 where a step of the path is not legal, and 2 for wrong use.
    """
    from exlab_gui.commands.simulate import along, print_events

    if scenario and path:
        raise click.UsageError("--scenario and --path exclude each other.")
    if path:
        scenario = along(path)
    print_events(scenario or find_scenario(DEFAULT_SCENARIO), start, as_json=as_json)
