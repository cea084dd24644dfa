"""What the timeline says of its length."""

import pytest

from exlab_gui.core.analysis.timeline.bars import Timeline
from exlab_gui.sources.commands import Step
from exlab_gui.widgets.timeline import texts
from tests.helpers.sessions import session_in, still_clock


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (0.024, "24 ms"), (4.2, "4.2 s"), (65, "1:05 min")]
)
def test_a_session_of_any_length_is_told_with_its_unit(seconds: float, told: str) -> None:
    """One of some milliseconds did not last 0 s."""
    clock = still_clock()
    session = session_in("pending", clock=clock)
    clock.advance(seconds)
    session.request(Step("failed"))
    line = Timeline(session.visits, session.history[-1].at, 600)
    assert texts.length(line, 0, 600, None) == f"{told} total"
