"""Boxes, points and lines."""

from exlab_gui.core.layout.geometry import Box, Point, Route, corners

BOX = Box("a", 10, 20, 100, 40)


def test_a_box_knows_its_borders():
    """Right, bottom and middle follow from place and size."""
    assert (BOX.right, BOX.bottom, BOX.centre) == (110, 60, Point(60, 40))


def test_a_box_contains_its_border():
    """A point on the border is in the box, one beyond it is not."""
    assert BOX.contains(Point(10, 20))
    assert BOX.contains(Point(110, 60))
    assert not BOX.contains(Point(111, 40))
    assert not BOX.contains(Point(60, 19))


def test_boxes_that_only_touch_do_not_overlap():
    """Overlapping is sharing some area; being less than a distance apart can count as well."""
    assert BOX.overlaps(Box("b", 100, 50, 100, 40))
    assert not BOX.overlaps(Box("b", 110, 20, 100, 40))
    assert not BOX.overlaps(Box("b", 10, 64, 100, 40), 4)
    assert BOX.overlaps(Box("b", 10, 64, 100, 40), 5)


def test_a_route_is_made_of_segments():
    """Its segments join its points, and its edge names the states that it joins."""
    points = (Point(0, 0), Point(0, 5), Point(7, 5))
    route = Route("a", "b", points, quiet=False)
    assert route.edge == ("a", "b")
    assert route.segments == ((points[0], points[1]), (points[1], points[2]))


def test_corners_are_where_a_line_turns():
    """Points that are passed straight, or twice, are left out."""
    line = [Point(0, 0), Point(0, 3), Point(0, 3), Point(0, 5), Point(4, 5), Point(7, 5)]
    assert corners(line) == (Point(0, 0), Point(0, 5), Point(7, 5))
