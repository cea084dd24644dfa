"""``exlab-gui simulate``: prints what a simulated session emits, without waiting for it."""

from collections.abc import Sequence
from datetime import datetime

import click
import msgspec

from exlab_gui.core.describe import describe
from exlab_gui.core.envelopes import KINDS
from exlab_gui.core.events import Event
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario import Enter, Scenario
from exlab_gui.core.simulation import StepError, simulate


def print_events(scenario: Scenario, start: datetime, *, as_json: bool) -> None:
    """Print one line for each event of a session that is opened at `start`.

    Raises ClickException at a step that is not legal; what came before it has been printed.
    """
    columns = Columns(CREATION_MACHINE)
    before = None
    try:
        for event in simulate(scenario, CREATION_MACHINE, start):
            click.echo(msgspec.json.encode(event) if as_json else columns.line(event, before))
            before = event.state
    except StepError as error:
        raise click.ClickException(f"step {error.index + 1}, {error}") from None


def along(path: Sequence[str]) -> Scenario:
    """Return a scenario that enters the states of `path`; the initial one may begin it."""
    entered = path[1:] if path[0] == CREATION_MACHINE.initial else path
    return Scenario(title=" → ".join(path), steps=tuple(Enter(state) for state in entered))


class Columns:
    """Events as lines of columns that line up, however long the machine's names are."""

    def __init__(self, machine: StateMachine) -> None:
        self._machine = machine
        self._state = max(map(len, machine.states))
        self._kind = max(map(len, (*KINDS, "transition")))
        self._phase = max(len(machine.phase(state) or "") for state in machine.states)

    def line(self, event: Event, before: str | None) -> str:
        """Return number, time, state, kind, phase and what happened."""
        phase = self._machine.phase(event.state) or ""
        return (
            f"{event.seq:>3}  {event.at:%H:%M:%S}.{event.at.microsecond // 1000:03}  "
            f"{event.state:<{self._state}}  {event.kind:<{self._kind}}  {phase:<{self._phase}}  "
            f"{describe(event, before)}"
        ).rstrip()
