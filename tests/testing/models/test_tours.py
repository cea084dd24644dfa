"""A tour's walks are parameters of a test."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.testing import assert_visited, tours
from exlab_gui.testing.driver import SessionMonitor
from tests.helpers.machine_modules import write_module
from tests.helpers.other_machines import OTHERS

OTHER = OTHERS["two loops"]


def test_each_transition_is_taken() -> None:
    """Walks begin after the initial state, and have ids that tell them apart."""
    walks = tours()
    taken = {
        edge
        for (walk,) in (one.values for one in walks)
        for edge in zip((CREATION_MACHINE.initial, *walk), walk, strict=False)
    }
    assert taken == {*CREATION_MACHINE.edges}
    assert walks[0].id == f"1-{walks[0].values[0][-1]}"
    assert len({one.id for one in walks}) == len(walks)


@pytest.mark.exlab(machine=OTHER)
@pytest.mark.parametrize("walk", tours(OTHER))
def test_a_walk_of_another_machine(session_monitor: SessionMonitor, walk: Sequence[str]) -> None:
    """Each step is legal where it is taken."""
    for state in walk:
        session_monitor.go_to(state)
    assert_visited(session_monitor, OTHER.initial, *walk, exactly=True)


def test_a_machine_is_named(tmp_path: Path) -> None:
    """As for the option --machine."""
    assert tours(str(write_module(tmp_path, OTHER))) == tours(OTHER)
