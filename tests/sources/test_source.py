"""The seam: what every source of sessions has, and how it refuses."""

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.sources.source import RefusedError, SessionSource
from tests.helpers.recorded_source import RecordedSource


def test_whatever_drives_the_session_has_all_of_the_seam():
    """A simulated source, and one that only shows what it was given, have every public name."""
    names = {name for name in vars(SessionSource) if not name.startswith("_")}
    assert names == {
        *("label", "kind", "fork", "connection", "machine", "history", "position", "problems"),
        *(
            "info",
            "playing",
            "scenario",
            "now",
            "recording",
            "subscribe",
            "why_not",
            "send",
            "close",
        ),
    }
    for source in (SimulatedSource("s"), RecordedSource(CREATION_MACHINE)):
        assert names <= {name for name in dir(source) if not name.startswith("_")}


def test_a_refusal_says_why():
    """A refusal is an error of value whose text is the reason."""
    assert issubclass(RefusedError, ValueError)
    assert str(RefusedError("It is over.")) == "It is over."
