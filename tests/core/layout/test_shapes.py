"""The shapes that a drawing is made from."""

from itertools import pairwise
from math import hypot, isclose

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.layout.geometry import Box, Point
from exlab_gui.core.layout.shapes import (
    BOX_CORNER,
    CORNER,
    Line,
    Move,
    Quad,
    arrow_head,
    circle,
    corner_radius,
    middle,
    outline,
    polyline,
    rounded,
    shortened,
)

BEND = (Point(0, 0), Point(0, 100), Point(50, 100))

steps = st.lists(st.integers(1, 60), min_size=1, max_size=8)


def stairs(lengths):
    """Return the points of a line that goes down and right in turn, by `lengths`."""
    points = [Point(0, 0)]
    for number, length in enumerate(lengths):
        x, y = points[-1]
        points.append(Point(x + length, y) if number % 2 else Point(x, y + length))
    return points


def test_a_polyline_has_sharp_corners():
    """It is straight from each point to the next."""
    assert polyline(*BEND) == (Move(BEND[0]), Line(BEND[1]), Line(BEND[2]))


def test_a_corner_is_rounded():
    """The line leaves a corner out by the radius, and is pulled towards it."""
    assert rounded(BEND) == (
        Move(BEND[0]),
        Line(Point(0, 100 - CORNER)),
        Quad(BEND[1], Point(CORNER, 100)),
        Line(BEND[2]),
    )


@given(steps)
def test_a_rounded_line_never_runs_back(lengths):
    """However near to each other its corners are, it goes on from piece to piece to the end."""
    points = stairs(lengths)
    path = rounded(points)
    ends = [piece.to for piece in path]
    assert (ends[0], ends[-1]) == (points[0], points[-1])
    assert ends == sorted(ends, key=sum)
    assert [piece.control for piece in path if isinstance(piece, Quad)] == points[1:-1]


@given(st.floats(20, 400), st.floats(20, 400), st.floats(0, 60))
def test_an_outline_is_closed_and_fills_its_box(width, height, radius):
    """It ends where it begins, stays within the box, and touches all its sides."""
    box = Box("a", 3, 4, width, height)
    path = outline(box, radius)
    assert path[0].to == path[-1].to
    points = [point for piece in path for point in piece]
    for values, low, high in (
        ([point.x for point in points], box.x, box.right),
        ([point.y for point in points], box.y, box.bottom),
    ):
        assert isclose(min(values), low)
        assert isclose(max(values), high)


def test_a_circle_is_round():
    """Half way through each of its pieces it is as far from its centre as it should be."""
    at, radius = Point(10, 20), 8.0
    path = circle(at, radius)
    for before, piece in pairwise(path):
        if isinstance(piece, Quad):
            half = [
                (start + 2 * control + end) / 4
                for start, control, end in zip(before.to, piece.control, piece.to, strict=True)
            ]
            assert isclose(hypot(half[0] - at.x, half[1] - at.y), radius, rel_tol=0.01)


def test_an_arrow_head_points_along_the_line():
    """Its tip is the end of the line, its base is across the line."""
    tip, *base = arrow_head(BEND, 8, 6)
    assert tip == BEND[-1]
    assert sorted(base) == [Point(42, 97), Point(42, 103)]


def test_a_shortened_line_leaves_room_for_its_head():
    """Only the last piece gets shorter, and at most to nothing."""
    assert shortened(BEND, 10) == (*BEND[:-1], Point(40, 100))
    assert shortened(BEND, 90) == (*BEND[:-1], BEND[1])


def test_the_middle_is_that_of_the_longest_piece():
    """There is the most room for a mark."""
    assert middle(BEND) == Point(0, 50)


def test_a_terminal_states_box_is_round_at_both_ends():
    """Its corners are as round as they can be; those of other states are not."""
    box = Box("a", 0, 0, 100, 40)
    assert corner_radius(box, terminal=True) == 20
    assert corner_radius(box, terminal=False) == BOX_CORNER
