"""A recording as a session: shown as it was read, and never changed."""

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import Recording, new_header
from exlab_gui.sources.commands import Cancel, Command, Fail, Resume, Step, WalkTo
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.sources.source import RefusedError
from tests.helpers.strategies import START

HISTORY = [Event(1, START, "pending", "simulated"), Event(2, START, "failed", "simulated")]


@pytest.mark.parametrize("command", [Step("failed"), WalkTo("done"), Resume(), Cancel(), Fail()])
def test_nothing_in_a_recording_can_be_changed(command: Command) -> None:
    """A replay refuses every move, says what to do instead, and sends nothing."""
    header = new_header(CREATION_MACHINE, "a session", "simulated", START)
    recording = Recording(header, HISTORY)
    source = ReplaySource("a session", recording)
    reason = source.why_not(command)
    assert reason
    assert "Fork" in reason
    with pytest.raises(RefusedError, match="recording"):
        source.send(command)
    assert source.history == HISTORY
    assert source.recording() is recording
    assert source.now() == HISTORY[-1].at
