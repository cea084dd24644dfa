"""``exlab-gui simulate``: prints what a simulated session emits, without waiting for it."""

from collections.abc import Sequence
from datetime import datetime

import click
import msgspec

from exlab_gui.core.analysis.tour import tour
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario, along
from exlab_gui.core.scenario.simulation import StepError, simulate
from exlab_gui.core.text.event_lines import EventLines


def print_events(
    scenario: Scenario, machine: StateMachine, start: datetime, *, as_json: bool
) -> None:
    """Print one line for each event of a session of `machine` that is opened at `start`.

    Raises ClickException at a step that is not legal; what came before it has been printed.
    """
    lines = EventLines(machine)
    before = None
    try:
        for event in simulate(scenario, machine, start):
            click.echo(msgspec.json.encode(event) if as_json else lines.line(event, before))
            before = event.state
    except StepError as error:
        raise click.ClickException(f"step {error.index + 1}, {error}") from None


def print_tour(machine: StateMachine, start: datetime, *, as_json: bool) -> None:
    """Print the events of sessions that together take every legal transition of `machine`.

    The first is opened at `start`, as each of the others is; a blank line is between two.
    """
    for number, walk in enumerate(tour(machine)):
        if number and not as_json:
            click.echo()
        print_events(by_path(walk, machine), machine, start, as_json=as_json)


def by_path(path: Sequence[str], machine: StateMachine) -> Scenario:
    """Return a scenario that enters the states of `path`; the initial one may begin it."""
    entered = path[1:] if path[0] == machine.initial else path
    return along(entered, " → ".join(path))
