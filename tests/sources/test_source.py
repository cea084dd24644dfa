"""The seam: what every source of sessions has, and how it refuses."""

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.sources.commands import Pause, Play
from exlab_gui.sources.source import RefusedError, SessionSource
from tests.helpers.recorded_source import RecordedSource


def test_the_seam_is_narrow():
    """Whatever drives a session has these members, and no other that anybody may use."""
    names = {*vars(SessionSource), *SessionSource.__annotations__, "subscribe"}
    assert {name for name in names if not name.startswith("_")} == {
        *("traits", "machine", "history", "arrivals", "as_arrived", "info", "now", "recording"),
        *("subscribe", "changed", "note_unkept", "why_not", "send", "close"),
        *("is_untouched", "before_reset"),
    }


def test_what_a_source_never_does_is_refused_in_its_words():
    """A command that is not among those of the source changes nothing, and tells nobody."""
    source, told = RecordedSource(CREATION_MACHINE), []
    source.subscribe(lambda: told.append(None))
    assert source.why_not(Pause()) == "It was recorded."
    with pytest.raises(RefusedError, match=r"^It was recorded\.$") as refused:
        source.send(Pause())
    assert isinstance(refused.value, ValueError)
    assert not told
    source.send(Play())
    assert told == [None]


def test_a_session_is_recorded_as_it_is_so_far():
    """A recording has its label, its origin, its machine, and a copy of its events."""
    source = RecordedSource(CREATION_MACHINE)
    recording = source.recording()
    assert (recording.header.label, recording.header.source) == ("rec-1", "recorded")
    assert recording.machine == CREATION_MACHINE
    assert recording.events == source.history
    assert recording.events is not source.history
