"""The sentences that say why a move is not legal, and what would be."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.legality import why_illegal
from exlab_gui.core.machine import CREATION_MACHINE
from tests.helpers import spec
from tests.helpers.strategies import machines


def assert_explained(machine, current, new_state):
    """Assert that the reason is there where it has to be, and that the way it names is legal."""
    reason = why_illegal(machine, current, new_state)
    if new_state in machine.table[current]:
        assert reason is None
        return
    assert current in reason
    if current in machine.terminal:
        assert "over" in reason
    elif current != new_state:
        assert new_state in reason
        way = re.search(r"(\d+) steps away \((.*)\)", reason)
        assert (way is None) == (machine.path(current, new_state) is None)
        if way:
            named = [current, *way[2].split(" → ")]
            assert named[-1] == new_state
            assert len(named) == int(way[1]) + 1
            for step in pairwise(named):
                machine.assert_transition(*step)


@pytest.mark.parametrize(("current", "new_state"), spec.PAIRS)
def test_every_move_of_the_creation_machine(current, new_state):
    """The 25 legal moves have no reason against them, each other one has, with a legal way."""
    assert (why_illegal(CREATION_MACHINE, current, new_state) is None) == (
        (current, new_state) in spec.LEGAL
    )
    assert_explained(CREATION_MACHINE, current, new_state)


@given(machines(self_loops=True), st.data())
def test_every_move_of_any_machine(machine, data):
    """The same holds for any two states of any machine."""
    states = st.sampled_from(machine.states)
    assert_explained(machine, data.draw(states), data.draw(states))


@pytest.mark.parametrize(
    ("current", "new_state", "reason"),
    [
        (
            "rendering",
            "done",
            "Not legal from rendering. done is reached only from sync_queued: 5 steps away "
            "(plugin_pass → cache_write → post_validate → sync_queued → done).",
        ),
        (
            "pending",
            "plugin_pass",
            "Not legal from pending. plugin_pass is reached only from rendering or input_required: "
            "3 steps away (validating → rendering → plugin_pass).",
        ),
        (
            "rendering",
            "validating",
            "Not legal from rendering. validating is reached only from pending, "
            "and no legal path leads there from rendering.",
        ),
        ("done", "failed", "The session is over: done is a terminal state, nothing follows it."),
        ("done", "done", "The session is over: done is a terminal state, nothing follows it."),
        (
            "rendering",
            "rendering",
            "The session is in rendering now; a state never goes to itself.",
        ),
        ("rendering", "pending", "Not legal from rendering. No state leads to pending."),
        ("rendering", "frozen", "Not legal from rendering. No state leads to frozen."),
        (
            "frozen",
            "done",
            "Not legal from frozen. done is reached only from sync_queued, "
            "and no legal path leads there from frozen.",
        ),
    ],
)
def test_the_words(current, new_state, reason):
    """The sentence says where the move is legal from, and the shortest legal way there."""
    assert why_illegal(CREATION_MACHINE, current, new_state) == reason


def test_every_state_that_leads_there_is_named():
    """Where several states lead to one, all are named."""
    reason = why_illegal(CREATION_MACHINE, "frozen", "aborted")
    assert (
        "only from pending, validating, rendering, plugin_pass, input_required, cache_write, "
        "post_validate or sync_queued" in reason
    )
