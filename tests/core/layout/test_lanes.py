"""At which height lines cross from one x to another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.layout.geometry import GRID
from exlab_gui.core.layout.lanes import (
    CHANNEL_MARGIN,
    LANE_PITCH,
    LEAST_CHANNEL,
    Crossing,
    assigned,
    lane_heights,
)

at = st.integers(0, 40).map(lambda steps: steps * GRID)
crossings = st.lists(st.builds(Crossing, st.sampled_from("abcdefgh"), at, at, st.booleans()))


@given(crossings)
def test_lines_in_one_lane_do_not_touch(found):
    """Two owners share a lane only where their lines are at least a grid line apart."""
    lanes = assigned(found)
    assert lanes.keys() == {crossing.owner for crossing in found}
    for a, b in combinations(found, 2):
        if a.owner != b.owner and lanes[a.owner] == lanes[b.owner]:
            assert max(a.upper, a.lower) + GRID <= min(b.upper, b.lower) or max(
                b.upper, b.lower
            ) + GRID <= min(a.upper, a.lower)


@given(crossings)
def test_there_are_no_more_lanes_than_lines_beside_each_other(found):
    """No lane is left empty."""
    lanes = assigned(found)
    assert set(lanes.values()) == set(range(len(set(lanes.values()))))


def test_nested_lines_do_not_cross():
    """Of lines that turn back, the inner one is above; of those that go right, the right one."""
    turning = [Crossing("outer", 0, 80, True), Crossing("inner", 16, 48, True)]
    assert assigned(turning) == {"inner": 0, "outer": 1}
    assert assigned([Crossing("a", 0, 100), Crossing("b", 10, 110)]) == {"b": 0, "a": 1}
    assert assigned([Crossing("a", 100, 0), Crossing("b", 110, 10)]) == {"a": 0, "b": 1}


@given(st.integers(0, 30))
def test_a_channel_has_room_for_its_lanes(count):
    """The lanes are a pitch apart, in the middle, and leave room for arrow heads."""
    heights, deep = lane_heights({number: number for number in range(count)}, 100.0)
    assert deep >= LEAST_CHANNEL
    ys = [heights[number] for number in range(count)]
    assert ys == [ys[0] + number * LANE_PITCH for number in range(count)]
    if ys:
        assert ys[0] - 100.0 == 100.0 + deep - ys[-1] >= CHANNEL_MARGIN
