"""What the table alone tells of how a session came from one state to another."""

from itertools import pairwise

import pytest
from hypothesis import given

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.trace.inference import InferredPath, infer_path
from tests.helpers.strategies import machines


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("pending", "plugin_pass", InferredPath(("validating", "rendering"), certain=True)),
        ("input_required", "cache_write", InferredPath(("plugin_pass",), certain=True)),
        ("pending", "validating", InferredPath((), certain=True)),
        ("pending", "failed", InferredPath((), certain=False)),
        ("done", "pending", InferredPath((), certain=True)),
    ],
)
def test_ways_through_the_creation_machine(before, after, expected):
    """One way is known, of several none is, and where there is none nothing is to be explained."""
    assert infer_path(CREATION_MACHINE, before, after) == expected


@given(machines(self_loops=True))
def test_what_is_inferred_is_legal(machine):
    """From the one state to the other, each step that is inferred is in the table."""
    for before in machine.states:
        for after in machine.states:
            between, certain = infer_path(machine, before, after)
            steps = (before, *between, after)
            assert certain or not between
            if between:
                assert all(machine.allows(a, b) for a, b in pairwise(steps))
