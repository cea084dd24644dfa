"""Reading the trace of a test, whatever has become of the file."""

from pathlib import Path
from random import Random

import msgspec
import pytest

from exlab_gui.core.trace import TraceError
from exlab_gui.core.traced_test import Step, Trace, TracedTest, load_trace
from exlab_gui.export.traced_test.archive import save_trace
from tests.core.trace.kept import SHORT
from tests.helpers.strategies import START

STEP = Step(call="go_to('validating')", began_s=0.5, after=2, pictures=("a.png",))
TRACE = Trace(
    TracedTest(test="test_it", outcome="failed", began=START, programs={}, steps=[STEP]),
    [SHORT],
    {"a.png": b"\x89PNG, or what is left of it"},
)


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Steps, sessions and pictures."""
    path = tmp_path / "x.exlab-trace"
    save_trace(path, TRACE)
    read = load_trace(path)
    assert (read.test, read.pictures) == (TRACE.test, TRACE.pictures)
    assert list(read.recordings[0].events) == list(SHORT.events)


def test_damaged_bytes_are_refused(tmp_path: Path) -> None:
    """With a sentence, wherever they are: in the list of the archive, or in what is packed."""
    path = tmp_path / "x.exlab-trace"
    save_trace(path, TRACE)
    whole, chance, refused = path.read_bytes(), Random(7), 0
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            load_trace(path)
        except TraceError:
            refused += 1
    assert refused > len(whole) / 2


@pytest.mark.parametrize("change", [{"after": 9}, {"before": -3}, {"before": 3, "after": 2}])
def test_a_step_is_about_events_that_are_there(tmp_path: Path, change: dict[str, int]) -> None:
    """A list of steps leads to positions: one that is not in the session would lead nowhere."""
    step = msgspec.structs.replace(STEP, **change)
    path = tmp_path / "x.exlab-trace"
    save_trace(path, TRACE._replace(test=msgspec.structs.replace(TRACE.test, steps=[step])))
    with pytest.raises(TraceError, match="A step is about events that are not in the file"):
        load_trace(path)
