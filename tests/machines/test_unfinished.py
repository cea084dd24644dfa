"""A machine with states that are not wired yet is shown like any other."""

import pytest

from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.machine import StateMachine
from exlab_gui.testing import NotPossibleError
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.widgets.diagram.count_badges import CountBadge

TABLE = {"new": {"open"}, "open": {"done", "failed"}, "done": set(), "failed": set()}
LATER = {"archiving": {"archived"}, "archived": set()}
MACHINE = StateMachine(
    "new", {state: frozenset[str](after) for state, after in {**TABLE, **LATER}.items()}, {}
)


@pytest.mark.exlab(machine=MACHINE)
def test_the_window_shows_it(session_monitor: SessionMonitor) -> None:
    """Its other states can be stepped to, and are counted; nothing leads to the rest."""
    session_monitor.trigger("actionShowCoverage")
    session_monitor.go_to("open")
    with pytest.raises(NotPossibleError):
        session_monitor.go_to("archiving")
    session_monitor.go_to("done")
    items = session_monitor.window.panes.diagram.scene().items()
    badges = {one.objectName() for one in items if isinstance(one, CountBadge)}
    assert "count_archived" not in badges
    assert {"count_open", "count_failed", "count_open__failed"} <= badges


def test_it_stands_apart() -> None:
    """What cannot be reached is below all else, and does not count."""
    boxes = lay_out(MACHINE).boxes
    assert min(boxes[state].y for state in LATER) > max(boxes[state].y for state in TABLE)
    coverage = Coverage(MACHINE)
    assert (list(coverage.states), len(coverage.transitions)) == (list(TABLE), 3)
