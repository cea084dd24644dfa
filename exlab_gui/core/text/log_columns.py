"""The columns of the log in the window, in files and in lines of text: one record each."""

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import NamedTuple

import msgspec

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol import envelopes
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.text.describe import describe, reservation
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.core.text.sanitize import MAX_NAME, as_cell, sanitize
from exlab_gui.core.text.translation import joined

KINDS: tuple[str, ...] = (*envelopes.KINDS, "transition", "problem")
"""The values of the column of kinds, in the order in which filters list them."""


class Entry(NamedTuple):
    """An event of the log in its context; `remarks` are the check's, `utc` is for other zones."""

    event: Event
    before: Event | None
    machine: StateMachine
    remarks: Sequence[str] = ()
    utc: bool = False


Text = Callable[[Entry], str]


class Column(msgspec.Struct, frozen=True):
    """A column: its name in code and in the window, its meaning, and its text for an entry.

    It is at first as wide as the text `widest`. A `numeric` one is aligned to the right. `exact` is
    its title and its text in files. `line` is its width in lines of text, in characters, for a
    machine; None: it is left out there.
    """

    key: str
    title: str
    hint: str
    widest: str
    text: Text
    numeric: bool = False
    exact: tuple[str, Text] | None = None
    line: Callable[[StateMachine], int] | None = None

    @property
    def in_files(self) -> tuple[str, Text]:
        """The title and the text of the column in files."""
        return self.exact or (self.title, self.text)

    def cell(self, text: str) -> str:
        """Return a `text` of this column for a spreadsheet: a number, or what stays a text."""
        return text if self.numeric else as_cell(text)


def kind(event: Event, machine: StateMachine) -> str:
    """Return the kind of `event` that the log shows and filters by, one of `KINDS`.

    A session that is polled, not listened to, fails without an envelope. A message that could not
    be understood is a ``problem``. That plugins failed, which is found out later, is a ``warning``.
    """
    if event.envelope is not None:
        return event.envelope.kind
    if event.wire is not None:
        return "problem"
    if event.origin is Origin.OBSERVED and machine.emits(event.state) == "failed":
        return "failed"
    if isinstance(event.cause, Explained) and event.cause.failures:
        return "warning"
    return "transition"


def _phase(entry: Entry) -> str:
    """Return the phase that the event bears, else that of its state."""
    phase = entry.event.phase or entry.machine.phase(entry.event.state) or ""
    return sanitize(phase, MAX_NAME)


def _detail(entry: Entry) -> str:
    """Return the remarks about the event, and its description."""
    before = entry.before.state if entry.before else None
    described = describe(entry.event, before), reservation(entry.event)
    return joined(filter(str.strip, (*entry.remarks, *described)), "  ")


def _delta(entry: Entry) -> str:
    return duration(entry.event.at - entry.before.at, 3) if entry.before else ""


def _seconds(entry: Entry) -> str:
    if entry.before is None:
        return ""
    return f"{(entry.event.at - entry.before.at).total_seconds():.6f}"


def _time(entry: Entry) -> str:
    return time_of_day(entry.event.at, "milliseconds", UTC if entry.utc else None)


def _utc(entry: Entry) -> str:
    # Without "T" and "Z", which keep spreadsheets from taking it for a time.
    return entry.event.at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


COLUMNS = (
    Column(
        key="number",
        title="#",
        hint="Number of the event",
        widest="0000",
        text=lambda entry: str(entry.event.seq),
        numeric=True,
        line=lambda _machine: 3,
    ),
    Column(
        key="time",
        title="Time",
        hint="Local time of arrival",
        widest="00:00:00.000",
        text=_time,
        numeric=True,
        exact=("Time (UTC)", _utc),
        line=lambda _machine: len("00:00:00.000"),
    ),
    Column(
        key="delta",
        title="Δ",
        hint="Time since the event before",
        widest="59.999 s",
        text=_delta,
        numeric=True,
        exact=("Δ (s)", _seconds),
    ),
    Column(
        key="state",
        title="State",
        hint="State after the event",
        widest="input_required",
        text=lambda entry: entry.event.state,
        line=lambda machine: max(map(len, machine.states)),
    ),
    Column(
        key="kind",
        title="Kind",
        hint="Kind of the envelope; transition: a change of state that emits none; problem: "
        "a message that could not be understood",
        widest="input_required",
        text=lambda entry: kind(entry.event, entry.machine),
        line=lambda _machine: max(map(len, KINDS)),
    ),
    Column(
        key="phase",
        title="Phase",
        hint="Phase that the event reports, or else its state",
        widest="validating_post_creation",
        text=_phase,
        line=lambda machine: max(len(machine.phase(state) or "") for state in machine.states),
    ),
    Column(
        key="detail",
        title="Detail",
        hint="Description of the event",
        widest="opened",  # the least: it takes what room there is
        text=_detail,
        line=lambda _machine: 0,
    ),
)

KEYS: tuple[str, ...] = tuple(column.key for column in COLUMNS)
