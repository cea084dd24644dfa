"""Paths and the shapes that a machine's drawing is made from.

SVG paths and `QPainterPath` have the same pieces, so that exports look like the window.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot, pi, tan
from typing import NamedTuple

from exlab_gui.core.layout.geometry import Box, Point

CORNER = 6.0
"""The radius of a corner of a route."""

BOX_CORNER = 8.0
"""The radius of a corner of a box; a terminal state's box is round at both ends instead."""


class Move(NamedTuple):
    to: Point


class Line(NamedTuple):
    to: Point


class Quad(NamedTuple):
    """Draw a quadratic curve to `to`, pulled towards `control`."""

    control: Point
    to: Point


Piece = Move | Line | Quad
Path = tuple[Piece, ...]


def polyline(*points: Point) -> Path:
    return Move(points[0]), *(Line(point) for point in points[1:])


def rounded(points: Sequence[Point], radius: float = CORNER) -> Path:
    """Return the path along `points` with rounded corners; near corners share their space."""
    path: list[Piece] = [Move(points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _distance(before, corner) / 2, _distance(corner, after) / 2)
        path.append(Line(_towards(corner, before, reach)))
        path.append(Quad(corner, _towards(corner, after, reach)))
    path.append(Line(points[-1]))
    return tuple(path)


def curved(points: Sequence[Point]) -> Path:
    """Return the arc from the first of four `points` to the last, pulled to the inner two."""
    start, first, second, end = points
    return Move(start), Quad(first, middle((first, second))), Quad(second, end)


def outline(box: Box, radius: float) -> Path:
    """Return the border of `box` with circular corners, from the middle of its upper side."""
    radius = min(radius, box.width / 2, box.height / 2)
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    turns = (
        (Point(right, y), (1, 0), (0, 1)),
        (Point(right, bottom), (0, 1), (-1, 0)),
        (Point(x, bottom), (-1, 0), (0, -1)),
        (Point(x, y), (0, -1), (1, 0)),
    )
    start = Point(box.centre.x, y)
    path: list[Piece] = [Move(start)]
    for corner, come, go in turns:
        path += _quarter(corner, come, go, radius)
    return (*path, Line(start))


def circle(centre: Point, radius: float) -> Path:
    square = Box("", centre.x - radius, centre.y - radius, 2 * radius, 2 * radius)
    return outline(square, radius)


def arrow_head(points: Sequence[Point], length: float, width: float) -> tuple[Point, ...]:
    """Return the tip and the two other corners of an arrow head at the end of the line `points`."""
    tip = points[-1]
    base = _towards(tip, points[-2], length)
    along = Point((tip.x - base.x) / length, (tip.y - base.y) / length)
    half = width / 2
    return (
        tip,
        Point(base.x - along.y * half, base.y + along.x * half),
        Point(base.x + along.y * half, base.y - along.x * half),
    )


def shortened(points: Sequence[Point], by: float) -> tuple[Point, ...]:
    """Return `points` with the last one moved back, by at most the length of the last piece."""
    last, before = points[-1], points[-2]
    return *points[:-1], _towards(last, before, min(by, _distance(last, before)))


def middle(points: Sequence[Point]) -> Point:
    """Return the middle of the longest straight piece of the line `points`."""
    a, b = max(pairwise(points), key=lambda piece: _distance(*piece))
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2)


def corner_radius(box: Box, *, terminal: bool) -> float:
    """Return the radius of the corners of `box`: half its height if its state is terminal."""
    return box.height / 2 if terminal else BOX_CORNER


def _quarter(
    corner: Point, come: tuple[int, int], go: tuple[int, int], radius: float
) -> tuple[Piece, ...]:
    """Return the curve around `corner` from the direction `come` to the direction `go`.

    Two quadratic curves are as good as a circle: they are off by less than 1 % of the radius.
    """
    start = Point(corner.x - come[0] * radius, corner.y - come[1] * radius)
    end = Point(corner.x + go[0] * radius, corner.y + go[1] * radius)
    reach = radius * tan(pi / 8)
    first = Point(start.x + come[0] * reach, start.y + come[1] * reach)
    second = Point(end.x - go[0] * reach, end.y - go[1] * reach)
    between = Point((first.x + second.x) / 2, (first.y + second.y) / 2)
    return Line(start), Quad(first, between), Quad(second, end)


def _distance(a: Point, b: Point) -> float:
    return hypot(b.x - a.x, b.y - a.y)


def _towards(a: Point, b: Point, distance: float) -> Point:
    share = distance / (_distance(a, b) or 1.0)
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
