"""Histories for the tests of what is checked in them, and what is found."""

from datetime import UTC, datetime, timedelta

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.session import SessionStore

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def history(*states):
    """Return what a simulated session records that goes through `states`, a second apart."""
    ticks = (START + timedelta(seconds=n) for n in range(1000))
    store = SessionStore(clock=lambda: next(ticks))
    session = store.open("run")
    for state in states:
        store.transition(session.session_id, state)
        if session.current_phase and not session.is_over:
            store.emit(session.session_id, ProgressEnvelope(session.current_phase, 1, 2))
    return list(session.history)


def rules(events, machine=CREATION_MACHINE):
    """Return which rules are broken by which events, by their position."""
    findings = check(machine, events)
    return {
        (finding.event_index, finding.rule)
        for finding in findings
        if finding.severity is Severity.VIOLATION
    }


def seen(*states, origin=Origin.OBSERVED):
    """Return what is recorded of a session that is only asked for its state now and then."""
    return [Event(seq, START, state, origin) for seq, state in enumerate(states, 1)]
