"""A recording as a value."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.progress import Progress, no_progress
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace.correction import corrected
from exlab_gui.core.trace.header import Header, encode_header
from exlab_gui.core.trace.line import encode_event
from exlab_gui.core.trace.reader import Problem, TraceReader

ENDING = ".exlab.jsonl"
"""The end of the name of a recording's file."""

TEST_ENDING = ".exlab-trace"
"""The end of the name of the file with the trace of a test, which holds recordings."""


class Recording(msgspec.Struct, dict=True):
    """A session's header and its events in the order of their arrival.

    `events` are those as they happened: late messages stand where they belong.

    One that was read from a file also has its `problems`, and the `originals` with which the same
    bytes are written again: the header's line at 0, at n the line of the n-th event with the lines
    before it that hold none, if this program would write them differently.
    """

    header: Header
    arrivals: Sequence[Event]
    problems: list[Problem] = msgspec.field(default_factory=list)
    originals: dict[int, bytes] = msgspec.field(default_factory=dict)

    @cached_property
    def machine(self) -> StateMachine:
        return self.header.machine.restored()

    @cached_property
    def events(self) -> Sequence[Event]:
        return corrected(self.machine, self.arrivals)

    def lines(self) -> Iterator[bytes]:
        """Yield the content of its file, in pieces of whole lines."""
        yield self.originals.get(0) or encode_header(self.header)
        for number, event in enumerate(self.arrivals, 1):
            yield self.originals.get(number) or encode_event(event)
        yield self.originals.get(len(self.arrivals) + 1, b"")


def load(path: str | Path, progress: Progress = no_progress) -> Recording:
    """Return the recording in the file at `path`, as far as it can be read.

    `progress` counts bytes. Raises TraceError if nothing can be shown.
    """
    events: list[Event] = []
    shared: dict[Any, Any] = {}
    with TraceReader(path) as reader:
        for block in reader:
            _share(block, shared)
            events += block
            progress(reader.done, reader.size)
        return Recording(reader.header, events, reader.problems, reader.originals)


def _share(events: list[Event], shared: dict[Any, Any]) -> None:
    """Make equal states, phases and questions of `events` one object each.

    A million events name a dozen states: without this, half of their memory would be names.
    """
    share = shared.setdefault
    change = msgspec.structs.force_setattr  # to an equal value: a frozen struct stays what it is
    for event in events:
        change(event, "state", share(event.state, event.state))
        envelope = event.envelope
        if type(envelope) is InputRequiredEnvelope:
            change(event, "envelope", share(envelope, envelope))
        elif envelope is not None and (phase := envelope.phase) is not None:
            change(envelope, "phase", share(phase, phase))
