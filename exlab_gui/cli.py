"""The command line: the window, and the commands that need none.

Qt is imported by the commands that draw, and only once their options have been checked.
"""

import io
import sys
from datetime import datetime
from pathlib import Path

import click

from exlab_gui.commands import options
from exlab_gui.commands.attach import attach
from exlab_gui.commands.demo_server import demo_server
from exlab_gui.commands.machine import machine as machine_command
from exlab_gui.commands.record import record
from exlab_gui.commands.watch import watch
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.scenarios import default_scenario

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
    callback=options.speed,
    help="Play so many times as fast as real time, 0.25 to 16.  [default: as last time]",
)
@click.option(
    "--theme",
    type=click.Choice(["system", "light", "dark"]),
    help="The window's colours.  [default: as last time]",
)
@options.machine_option
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=options.print_version,
    help="Show the versions of exlab-gui, Python and PySide6.",
)
@click.pass_context
def main(
    context: click.Context,
    scenario: Scenario | None,
    play: bool,
    speed: float | None,
    theme: str | None,
    machine: StateMachine,
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

    context.exit(run(scenario, play=play, speed=speed, theme=theme, machine=machine))


def _refuse_window_options(context: click.Context) -> None:
    for option in context.command.params:
        given = option.name and context.get_parameter_source(option.name)
        if given == click.core.ParameterSource.COMMANDLINE:
            name, said = context.invoked_subcommand or "", option.opts[0]
            if any(said in other.opts for other in main.commands[name].params):
                raise click.UsageError(f"{said} has to stand after {name}, not before it.")
            raise click.UsageError(f"{said} is for the window; {name} opens none.")


@main.command()
@options.machine_option
@click.option(
    "--scenario",
    metavar="NAME_OR_FILE",
    callback=options.scenario,
    shell_complete=options.complete_scenario,
    help="What happens: a scenario that comes with the program, or a file.  [default: happy_path, "
    "or where it is not legal, the shortest way to the regular end]",
)
@click.option(
    "--path",
    metavar="STATE,STATE,…",
    callback=options.path,
    shell_complete=options.complete_path,
    help="What happens: these states, one after the other.",
)
@click.option(
    "--tour",
    is_flag=True,
    help="What happens: sessions that together take every legal transition, in the fewest steps.",
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
    machine: StateMachine,
    scenario: Scenario | None,
    path: list[str] | None,
    tour: bool,
    as_json: bool,
    start: datetime,
) -> None:
    """Print what a simulated session emits, one line per event.

    The columns are number, time, state, kind, phase, and what happened. Time is simulated: nothing
    is waited for. The exit code is 1 where a step of the path is not legal, and 2 for wrong use.
    """
    from exlab_gui.commands.simulate import by_path, print_events, print_tour

    if sum(map(bool, (scenario, path, tour))) > 1:
        raise click.UsageError("Of --scenario, --path and --tour only one can be given.")
    if tour:
        print_tour(machine, start, as_json=as_json)
        return
    if path:
        scenario = by_path(path, machine)
    print_events(scenario or default_scenario(machine), machine, start, as_json=as_json)


@main.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--theme",
    type=click.Choice(["system", "light", "dark"]),
    help="The window's colours.  [default: as last time]",
)
@click.pass_context
def open_recording(context: click.Context, file: Path, theme: str | None) -> None:
    """Show a recording in the window: to replay it, look at any moment of it, or fork it."""
    from exlab_gui.display import has_display

    if not has_display():
        raise click.ClickException("There is no display. 'exlab-gui check' needs none.")
    from exlab_gui.app import run

    context.exit(run(recording=file, theme=theme))


@main.command()
@options.machine_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(),
    help="The file; - is standard output. It is overwritten where it exists.",
)
@click.option(
    "--format",
    "form",
    metavar="FORM",
    help="svg, png, pdf, mmd (Mermaid) or dot (Graphviz).  [default: as FILE ends]",
)
@click.option(
    "--state",
    metavar="STATE",
    callback=options.state,
    shell_complete=options.complete_state,
    help="Show a session in this state, and where it may go.",
)
@click.option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help="The colours of SVG, PNG and PDF.",
)
def diagram(
    machine: StateMachine, output: str, form: str | None, state: str | None, theme: str
) -> None:
    """Write the state machine to a file, as a picture or as text.

    The form is that of the file's ending: .svg, .png, .pdf, .mmd or .mermaid, .dot or .gv. No
    display is needed, and Qt only for .png and .pdf. The exit code is 1 where the file cannot be
    written, and 2 for wrong use.
    """
    from exlab_gui.commands.diagram import write_diagram

    write_diagram(machine, output, form, state, theme)


@main.command()
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per recording and line.")
@click.option(
    "--junit",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write a report for CI systems to this file too.",
)
@click.pass_context
def check(
    context: click.Context, files: tuple[Path, ...], as_json: bool, junit: Path | None
) -> None:
    """Check whether recordings obey the state machine that each brings with it.

    Prints a line for each violation and each note. The exit code is 0 where every recording
    conforms (a note is no violation), 1 where one does not, and 2 where one could not be read to
    its end.
    """
    from exlab_gui.commands.check import run

    context.exit(run(files, as_json=as_json, junit=junit))


@main.command()
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the table.")
@click.option(
    "--fail-under",
    metavar="N",
    type=click.FloatRange(0, 100),
    help="Exit with 1 where fewer than N % of the states or of the transitions were taken.",
)
@click.pass_context
def coverage(
    context: click.Context, files: tuple[Path, ...], as_json: bool, fail_under: float | None
) -> None:
    """Count how often recordings took each state and each transition.

    All have to be of the same state machine. The exit code is 1 where fewer were taken than
    --fail-under wants, and 2 where a recording is of another machine or could not be read to its
    end.
    """
    from exlab_gui.commands.coverage import run

    context.exit(run(files, as_json=as_json, fail_under=fail_under))


@main.command("make-test")
@click.argument("file", metavar="RECORDING", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(allow_dash=True),
    help="The file, such as test_x.py; - is standard output. It is overwritten where it exists.",
)
def make_test(file: Path, output: str) -> None:
    """Write a pytest-qt test that goes the way of a recording, with the same answers.

    The exit code is 1 where the recording cannot be read or made into a test, or the file not
    written.
    """
    from exlab_gui.commands.make_test import write_test

    write_test(file, output)


main.add_command(attach)
main.add_command(demo_server)
main.add_command(machine_command)
main.add_command(record)
main.add_command(watch)
