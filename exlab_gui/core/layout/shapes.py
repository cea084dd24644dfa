"""The shapes that the drawings of a machine are made of, as plain points and pieces of paths.

The SVG and the window draw the same ones, so that a picture that is exported is the picture that
was seen.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from exlab_gui.core.layout.geometry import Box, Point

CORNER = 6.0
"""The radius of a corner of a route."""

BOX_CORNER = 8.0
"""The radius of a corner of a box; a terminal state's box is round at both ends instead."""


class Move(NamedTuple):
    """Begin a line at `to`."""

    to: Point


class Line(NamedTuple):
    """Draw straight on to `to`."""

    to: Point


class Quad(NamedTuple):
    """Draw a quadratic curve to `to`, pulled towards `control`."""

    control: Point
    to: Point


Piece = Move | Line | Quad


def rounded(points: Sequence[Point], radius: float = CORNER) -> tuple[Piece, ...]:
    """Return the path along `points` with its corners rounded.

    Where two corners are too near each other for `radius`, they share what there is.
    """
    path: list[Piece] = [Move(points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _distance(before, corner) / 2, _distance(corner, after) / 2)
        path.append(Line(_towards(corner, before, reach)))
        path.append(Quad(corner, _towards(corner, after, reach)))
    path.append(Line(points[-1]))
    return tuple(path)


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


def middle(points: Sequence[Point]) -> Point:
    """Return the point halfway along the line `points`."""
    left = sum(_distance(a, b) for a, b in pairwise(points)) / 2
    for a, b in pairwise(points):
        if left <= (length := _distance(a, b)):
            return _towards(a, b, left)
        left -= length
    return points[-1]


def corner_radius(box: Box, *, terminal: bool) -> float:
    """Return the radius of the corners of `box`: half its height where its state is the last."""
    return box.height / 2 if terminal else BOX_CORNER


def _distance(a: Point, b: Point) -> float:
    return hypot(b.x - a.x, b.y - a.y)


def _towards(a: Point, b: Point, distance: float) -> Point:
    """Return the point that is `distance` from `a` on the way to `b`."""
    share = distance / (_distance(a, b) or 1.0)
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
