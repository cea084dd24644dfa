"""``exlab-gui simulate``: prints the events of a simulated session."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from exlab_gui.bundled_scenarios import default_scenario
from exlab_gui.commands.shared import options
from exlab_gui.commands.shared.output import echo_json
from exlab_gui.commands.shared.output_files import output_folder, output_option, write_output
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario, along
from exlab_gui.core.scenario.simulation import StepError
from exlab_gui.core.scenario.simulation import simulate as simulated
from exlab_gui.core.text.event_lines import EventLines
from exlab_gui.core.text.json_text import to_json

if TYPE_CHECKING:
    from exlab_gui.core.protocol.events import Event


@click.command()
@options.machine_option
@options.scenario_option(
    "The scenario to play: one that comes with the program, or a file.  [default: happy_path, or "
    "if it is not legal, the shortest path to the regular end]"
)
@click.option(
    "--path",
    metavar="STATE,STATE,…",
    callback=options.path,
    shell_complete=options.complete_path,
    help="The states to enter, one after the other.",
)
@click.option(
    "--tour",
    is_flag=True,
    help="Sessions that together take every legal transition, in the fewest steps.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option(
    "--start",
    metavar="TIME",
    type=options.Start(),
    callback=options.start,
    help="When the session is opened, in UTC, e.g. 2026-03-17T09:30:00.  [default: now]",
)
@output_option(
    "Write a recording to this file, and print nothing; - is standard output. With --tour, write "
    "one per session into this folder. An existing file is overwritten.",
    required=False,
)
def simulate(
    machine: StateMachine,
    scenario: Scenario | None,
    path: list[str] | None,
    tour: bool,
    as_json: bool,
    start: datetime,
    output: str | None,
) -> None:
    """Print what a simulated session emits, one line per event.

    The columns are number, time, state, kind, phase, and what happened. Time is simulated: nothing
    is waited for. The exit code is 1 if a step of the path is not legal, and 2 for wrong use.
    """
    if sum(map(bool, (scenario, path, tour))) > 1:
        raise click.UsageError("Of --scenario, --path and --tour only one can be given.")
    if output is not None and as_json:
        raise click.UsageError("-o writes recordings: leave out --json.")
    if tour and output is not None:
        _record_tour(machine, start, output)
    elif tour:
        _print_tour(machine, start, as_json=as_json)
    else:
        chosen = _by_path(path, machine) if path else scenario or default_scenario(machine)
        if output is None:
            _print_events(chosen, machine, start, as_json=as_json)
        else:
            _record(chosen, machine, start, output)


def _record(scenario: Scenario, machine: StateMachine, start: datetime, output: str) -> None:
    """Write the session, up to a step that is not legal."""
    from uuid import NAMESPACE_URL, uuid5  # most are only printed, which then takes less time

    import msgspec

    from exlab_gui.core.machine_data import MachineData
    from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
    from exlab_gui.core.trace import Recording, new_header
    from exlab_gui.export.recording import RECORDING

    played = msgspec.json.encode((start, scenario, MachineData.of(machine)), order="deterministic")
    header = new_header(
        machine,
        sanitize(scenario.title, MAX_NAME),
        "simulated",
        start,
        session_id=str(uuid5(NAMESPACE_URL, played.decode())),  # the same session has the same one
        kind=scenario.kind,
        request=scenario.request,
    )
    events: list[Event] = []
    fault = None
    try:
        events.extend(simulated(scenario, machine, start))
    except StepError as error:
        fault = click.ClickException(f"step {error.index + 1}, {error}")
    write_output(output, RECORDING, Recording(header, events))
    if fault is not None:
        raise fault


def _print_events(
    scenario: Scenario, machine: StateMachine, start: datetime, *, as_json: bool
) -> None:
    """Print one line per event, up to a step that is not legal."""
    lines = EventLines(machine)
    before = None
    try:
        for event in simulated(scenario, machine, start):
            if as_json:
                echo_json(to_json(event))
            else:
                click.echo(lines.line(event, before))
            before = event
    except StepError as error:
        raise click.ClickException(f"step {error.index + 1}, {error}") from None


def _print_tour(machine: StateMachine, start: datetime, *, as_json: bool) -> None:
    from exlab_gui.core.analysis.tour import tour

    for number, walk in enumerate(tour(machine)):
        if number and not as_json:
            click.echo()
        _print_events(_by_path(walk, machine), machine, start, as_json=as_json)


def _record_tour(machine: StateMachine, start: datetime, output: str) -> None:
    from exlab_gui.core.analysis.tour import tour
    from exlab_gui.core.trace import ENDING

    folder = output_folder(output)
    walks = tour(machine)
    digits = len(str(len(walks)))
    for number, walk in enumerate(walks, 1):
        path = folder / f"tour-{number:0{digits}}{ENDING}"
        _record(_by_path(walk, machine), machine, start, str(path))


def _by_path(path: Sequence[str], machine: StateMachine) -> Scenario:
    """Return a scenario that enters the states of `path`, which may begin with the initial one."""
    entered = path[1:] if path[0] == machine.initial else path
    return along(entered, " → ".join(path))
