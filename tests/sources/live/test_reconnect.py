"""Waiting longer each time, but never too long, and never all at the same moment."""

import random

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.sources.live.reconnect import Backoff


@given(st.integers(), st.floats(0.001, 10), st.floats(10, 100), st.integers(1, 40))
def test_each_time_is_twice_the_one_before_up_to_the_longest(seed, first, longest, count):
    """Each is between half and all of what is due."""
    backoff = Backoff(random.Random(seed), first, longest)
    for number in range(count):
        due = min(first * 2**number, longest)
        assert due / 2 <= backoff.next_s() <= due


@given(st.integers(), st.integers(0, 20))
def test_after_a_success_it_begins_again(seed, failures):
    """However long it had become, the next wait is short."""
    backoff = Backoff(random.Random(seed), 1.0, 100.0)
    for _ in range(failures):
        backoff.next_s()
    backoff.reset()
    assert backoff.next_s() <= 1.0
