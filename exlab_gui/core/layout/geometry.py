"""The values that every drawing of a machine is made from.

Units are pixels at a scale of 1. x grows to the right, y down.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from exlab_gui.core.machine import Edge

GRID = 8.0
"""Boxes and lines stand on multiples of this, or of its half."""

MARGIN = GRID

LABEL_SIZE = 13.0
"""The font size of the names of states."""

CLEARANCE = 6.0
"""The least distance of a line from a box that it does not join."""


class Point(NamedTuple):
    x: float
    y: float


class Box(msgspec.Struct, frozen=True):
    """The box of `state`: its top left corner and its size."""

    state: str
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def contains(self, point: Point) -> bool:
        """Return whether `point` is in the box or on its border."""
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def overlaps(self, other: "Box", apart: float = 0.0) -> bool:
        """Return whether the two boxes share some area, or are less than `apart` apart."""
        return (
            self.x - apart < other.right
            and other.x - apart < self.right
            and self.y - apart < other.bottom
            and other.y - apart < self.bottom
        )


class Route(msgspec.Struct, frozen=True):
    """The line from `source` to `target`: along `points`, in right angles.

    The first point is on the border of the source's box, the last on that of the target's. A
    `quiet` route leads to an exit; those to the same exit run together. A `curved` one is an arc
    with four points, of which the two inner ones are control points.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    quiet: bool
    curved: bool = False

    @property
    def edge(self) -> Edge:
        return self.source, self.target

    @property
    def segments(self) -> tuple[tuple[Point, Point], ...]:
        return tuple(zip(self.points, self.points[1:], strict=False))


class Layout(msgspec.Struct, frozen=True):
    """The boxes and routes of a machine, in its order of states and edges.

    Everything is between (0, 0) and (`width`, `height`), with a margin.
    """

    boxes: Mapping[str, Box]
    routes: Mapping[Edge, Route]
    width: float
    height: float


def area(layout: Layout, routes: Iterable[Route]) -> Box:
    """Return the area of `layout`, and more if one of `routes` leaves it."""
    points = [point for route in routes for point in route.points]
    left = min([0.0, *(point.x - MARGIN for point in points)])
    top = min([0.0, *(point.y - MARGIN for point in points)])
    right = max([layout.width, *(point.x + MARGIN for point in points)])
    bottom = max([layout.height, *(point.y + MARGIN for point in points)])
    return Box("", left, top, right - left, bottom - top)


def corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return `points` without those where the line does not turn."""
    found: list[Point] = []
    for point in points:
        if found and point == found[-1]:
            continue
        if len(found) > 1 and (
            found[-2].x == found[-1].x == point.x or found[-2].y == found[-1].y == point.y
        ):
            found.pop()
        found.append(point)
    return tuple(found)
