"""A process that records, to be killed: it tells of each event when it is recorded."""

from datetime import UTC, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.trace import TraceWriter, new_header

AT = datetime(2026, 1, 31, 12, 0, 0, 123456, UTC)


def event(seq: int) -> Event:
    """Return the event that is recorded as number `seq`."""
    envelope = ProgressEnvelope("running_plugins", seq, 2 * seq)
    return Event(seq, AT, "plugin_pass", Origin.SIMULATED, envelope)


def record(path: Path, shown: Connection) -> None:
    """Record one event after another without end, and send the number of each to `shown`."""
    with TraceWriter(path, new_header(CREATION_MACHINE, "sim-1", "simulated", AT)) as writer:
        for seq in count(1):
            writer.append(event(seq))
            shown.send_bytes(seq.to_bytes(8, "big"))
