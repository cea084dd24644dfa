"""What counts of a snapshot, and what is only left over in it."""

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Reported
from exlab_gui.sources.live.observation import Observation, observe
from exlab_gui.sources.live.responses import Snapshot
from tests.helpers import spec

ASKED = InputRequiredEnvelope([], "Which one?", "tubes")
ERROR = Error("cancelled", "Cancelled.")
RESULT = {"path": "/lab/run"}


@pytest.mark.parametrize("state", spec.STATES)
def test_only_what_belongs_to_the_state_counts(state):
    """A question while the session waits, an error where it failed, a result where it is done."""
    expected = {
        "input_required": Observation("input_required", question=ASKED),
        "done": Observation("done", end=Reported(result=RESULT)),
        "failed": Observation("failed", end=Reported(error=ERROR)),
        "aborted": Observation("aborted", end=Reported(error=ERROR)),
    }
    told = observe(CREATION_MACHINE, Snapshot("s", state, ASKED, ERROR, RESULT))
    assert told == expected.get(state, Observation(state))


@pytest.mark.parametrize("state", spec.STATES)
def test_a_snapshot_that_tells_nothing_more(state):
    """An end without an error or a result is an end all the same."""
    assert observe(CREATION_MACHINE, Snapshot("s", state)) == Observation(state)
