"""A recording with as many events as are asked for."""

from datetime import UTC, datetime, timedelta
from itertools import count

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.core.session import SessionStore
from exlab_gui.core.trace import Recording, new_header

START = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
STEP = timedelta(microseconds=137_421)


def long_recording(length: int) -> Recording:
    """Return a session of `length` events whose plugins report, warn, and ask again and again."""
    ticks = count()
    store = SessionStore(clock=lambda: START + next(ticks) * STEP)
    session = store.open("run", {"operator": "m.okafor"})
    for state in ("validating", "rendering", "plugin_pass"):
        store.transition(session.session_id, state)
    while len(session.history) < length - 4:
        done = len(session.history)
        store.emit(session.session_id, ProgressEnvelope("running_plugins", done % 40, 40))
        if done % 40 == 0:
            warning = "No sheet for tube S-0042; the plugin goes on with the default."
            store.emit(session.session_id, WarningEnvelope("running_plugins", warning))
        if done % 100 == 0 and done < length - 8:
            store.transition(session.session_id, "input_required")
            store.resume(session.session_id, {"sample_id": "S-0042", "run_date": "2026-03-17"})
    for state in ("cache_write", "post_validate", "sync_queued", "done"):
        store.transition(session.session_id, state)
    header = new_header(CREATION_MACHINE, "sim-1", "simulated", START, request=session.request)
    return Recording(header, session.history)
