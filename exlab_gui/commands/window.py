"""``exlab-gui`` without a command: opens the window."""

import click
from click.core import ParameterSource

from exlab_gui.commands.shared import options
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario

EXAMPLES = """
\b
Examples:
  exlab-gui                                    a fresh simulated session
  exlab-gui --scenario asks_once --play        a demonstration, from the start
  exlab-gui --scenario my.json --play --speed 4
  exlab-gui simulate --scenario plugin_fails   what it emits, as text
  exlab-gui simulate --path validating,rendering,failed --json
  exlab-gui diagram -o machine.svg --state plugin_pass
  exlab-gui --machine exlab_gui.core.state_machine
  exlab-gui check kept.exlab.jsonl --junit report.xml
  exlab-gui coverage kept.exlab.jsonl --json
  exlab-gui make-test kept.exlab.jsonl -o test_kept.py

\b
Completion of commands, options, scenarios and states by the shell (zsh and fish likewise):
  eval "$(_EXLAB_GUI_COMPLETE=bash_source exlab-gui)"
"""


@options.scenario_option(
    "Open the window with this scenario: one that comes with the program, or a file."
)
@click.option("--play", is_flag=True, help="Play at once.")
@click.option(
    "--speed",
    type=float,
    callback=options.speed,
    help="Play so many times as fast as real time, 0.25 to 16.  [default: as last time]",
)
@options.theme_option
@options.machine_option
@click.option("--debug", is_flag=True, help="Write the program's own log to the terminal too.")
@click.option(
    "--reset-settings", is_flag=True, help="Forget the window's look and all choices, and start."
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=options.print_version,
    help="Show the versions of exlab-gui, Python and PySide6.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=options.print_version,
    help="With --version: show as JSON all that a report of a fault needs.",
)
@click.pass_context
def window(
    context: click.Context,
    scenario: Scenario | None,
    play: bool,
    speed: float | None,
    theme: str | None,
    machine: StateMachine,
    debug: bool,
    reset_settings: bool,
) -> None:
    """Show creation sessions of ExLab-Wizard: live in a window, or as text.

    Without a command the window opens.
    """
    if context.invoked_subcommand is not None:
        _refuse_window_options(context, context.invoked_subcommand)
        return
    from exlab_gui.window_program import run

    context.exit(
        run(
            scenario,
            play=play,
            speed=speed,
            theme=theme,
            machine=machine,
            debug=debug,
            reset_settings=reset_settings,
        )
    )


def _refuse_window_options(context: click.Context, name: str) -> None:
    assert isinstance(context.command, click.Group)
    command = context.command.get_command(context, name)
    own = (
        {name_given for option in command.params for name_given in option.opts}
        if command
        else set()
    )
    for option in context.command.params:
        if context.get_parameter_source(option.name or "") == ParameterSource.COMMANDLINE:
            name_given = option.opts[0]
            if name_given in own:
                raise click.UsageError(f"{name_given} has to stand after {name}, not before it.")
            raise click.UsageError(f"{name_given} is for the window; {name} opens none.")
