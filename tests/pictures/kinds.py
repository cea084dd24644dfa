"""The sessions of which pictures are taken, each as a name and what opens it in a window."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import msgspec

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.envelopes import Envelope, Error, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.protocol.form import Field
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel, Command, Fail, Listen, Resume, WalkTo
from exlab_gui.sources.metadata import SessionInfo, Standing
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.sources.source import SessionSource, SourceTraits
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.lab import lab_recording
from tests.helpers.strategies import START

Kind = Callable[[MonitorWindow], object]

EQUIPMENT = ("CONFOCAL_01", "XRD_01", "SEM_02", "NMR_03")

FIELDS = tuple(
    Field(id=f"field_{number}", label=f"{label} {number}", type=kind, required=number % 2 == 0)
    for number in range(8)
    for label, kind in (
        ("Tube", "string"),
        ("Concentration after the second dilution", "string"),
        ("Collected", "date"),
    )
)
FIELDS = tuple(msgspec.structs.replace(one, id=f"f{n}") for n, one in enumerate(FIELDS))


class ServerSource(SessionSource):
    """A session as one of a server looks, without a server."""

    traits = SourceTraits(
        origin="live",
        short="Live",
        title="Live session",
        icon="live",
        commands=frozenset({Listen, Resume, Cancel}),
        refusal="Only ExLab-Wizard changes the state.",
    )

    def __init__(self, number: int, state: str, last: Envelope | None = None, **info: object):
        super().__init__()
        self.machine = CREATION_MACHINE
        way = ("pending", *spec.WAYS[state])
        self.history = list(_events(way, last))
        equipment = EQUIPMENT[number % len(EQUIPMENT)]
        known = SessionInfo(
            f"{equipment}/P-{number:04}/Run_{number}",
            equipment,
            f"P-{number:04}",
            f"Run_{number}",
            "http://lab-server-01.example.org:8321",
            connection="Watching (polling; other listeners are not affected).",
            reads_streams=False,
        )
        self._info = known._replace(**info)
        self.sent: list[Command] = []

    @property
    def info(self) -> SessionInfo:
        return self._info

    def now(self):
        return self.history[-1].at + timedelta(minutes=2)

    def _carry_out(self, command: Command) -> None:
        self.sent.append(command)

    def _why_not_now(self, command):
        return None


def _events(way: Iterable[str], last: Envelope | None) -> Iterable[Event]:
    before, states = None, list(way)
    for number, state in enumerate(states):
        at = START + timedelta(seconds=1.7 * number)
        envelope = entry_envelope(CREATION_MACHINE, before, state, at) if before else None
        if last is not None and number == len(states) - 1:
            envelope = last
        yield Event(number + 1, at, state, Origin.OBSERVED, envelope)
        before = state


def _show(window: MonitorWindow, *sources: SessionSource) -> None:
    for source in sources:
        window.session_actions.add(SessionModel(source))


def question(fields: tuple[Field, ...]) -> InputRequiredEnvelope:
    return InputRequiredEnvelope(fields, "SampleSheet.csv has no tube for lane 2.", "sample_sheet")


def simulated(_window: MonitorWindow) -> None:
    """Leave the simulated session with which the window opens."""


def in_state(state: str) -> Kind:
    return lambda window: window.session.request(WalkTo(state))


def waiting(window: MonitorWindow) -> None:
    """Show a live session that asks for three things."""
    _show(window, ServerSource(1, "input_required", question(FIELDS[:3])))


def long_form(window: MonitorWindow) -> None:
    _show(window, ServerSource(1, "input_required", question(FIELDS)))


def lost(window: MonitorWindow) -> None:
    """Show a live session whose server does not answer any more."""
    _show(
        window,
        ServerSource(
            2,
            "plugin_pass",
            standing=Standing.LOST,
            connection="No response from http://lab-server-01.example.org:8321. Reconnecting…",
            seen=START,
        ),
    )


def failed(window: MonitorWindow) -> None:
    window.session.request(WalkTo("plugin_pass"))
    window.session.request(Fail(Error("disk_space_insufficient", "There is no space left. " * 8)))


def recorded(window: MonitorWindow) -> None:
    _show(
        window,
        ReplaySource(
            "CONFOCAL_01/P-0007/Run_of_the_whole_night_with_a_long_name" * 2, lab_recording(7)
        ),
    )


def past(window: MonitorWindow) -> None:
    """Look back at a question that was answered."""
    window.session.request(WalkTo("input_required"))
    window.session.request(WalkTo("plugin_pass"))
    window.session.go_to(window.session.count - 1)


def many(window: MonitorWindow) -> None:
    states = spec.STATES
    _show(window, *(ServerSource(n, states[n % len(states)]) for n in range(200)))


def with_message(window: MonitorWindow) -> None:
    waiting(window)
    window.panes.messages.show_error("No response from http://lab-server-01.example.org. " * 4)


def presented(window: MonitorWindow) -> None:
    waiting(window)
    window.presenting.present(True)


KINDS: dict[str, Kind] = {
    "simulated": simulated,
    "waiting": waiting,
    "long_form": long_form,
    "lost": lost,
    "failed": failed,
    "recorded": recorded,
    "past": past,
    "many": many,
    "message": with_message,
    "presented": presented,
    **{f"in_{state}": in_state(state) for state in spec.STATES[1:]},
}
