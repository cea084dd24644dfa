"""A recording to test with, and its file's bytes."""

from datetime import UTC, datetime, timedelta

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.session import SessionStore
from exlab_gui.core.trace import Recording, new_header

START = datetime(2026, 1, 31, 12, 0, 0, 123456, UTC)


def recording(*states):
    """Return a recording of a session that went through `states`, with some progress before."""
    ticks = (START + timedelta(seconds=n) for n in range(1000))
    store = SessionStore(clock=lambda: next(ticks))
    session = store.open("run", {"operator": "Ada"})
    for state in states:
        store.transition(session.session_id, state)
        if session.current_phase and not session.is_over:
            store.emit(session.session_id, ProgressEnvelope(session.current_phase, 1, 2))
    header = new_header(CREATION_MACHINE, "sim-1", "simulated", START, request=session.request)
    return Recording(header, session.history)


def file_bytes(of):
    """Return what the file of a recording holds."""
    return b"".join(of.lines())


SHORT = recording("validating", "rendering", "plugin_pass", "failed")
