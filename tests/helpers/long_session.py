"""Sessions with many events."""

from datetime import timedelta

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.models.session_model import SessionModel
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START


def walking(length: int, *states: str) -> list[Event]:
    """Return a history that enters the next one of `states` with each event, again and again."""
    states = states or ("plugin_pass", "input_required")
    return [
        Event(seq, START + timedelta(seconds=seq), states[seq % len(states)], Origin.OBSERVED)
        for seq in range(1, length + 1)
    ]


def show_long_session(window: MonitorWindow, length: int, *states: str) -> SessionModel:
    """Show a recorded session with such a history, and return it."""
    session = SessionModel(RecordedSource(CREATION_MACHINE, walking(length, *states)))
    window.session_actions.add(session)
    return session
