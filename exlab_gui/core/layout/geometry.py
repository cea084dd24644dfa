"""Where states stand and transitions run: the values that every drawing of a machine is made from.

Units are those of the drawing: pixels, where it is shown in its own size. x grows to the right, y
down.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from exlab_gui.core.machine import Edge

GRID = 8.0
"""Every box and every line of a layout stands on multiples of this, or of its half."""

MARGIN = GRID
"""The space around everything."""

LABEL_SIZE = 13.0
"""The size of the font in which states are named."""

LABEL_INDENT = 22.0
"""The space at both sides of a state's name, which is in the middle of its box.

At the left there is the mark of its status; at the right there is as much, for balance.
"""

CLEARANCE = 6.0
"""The least distance of a line from a box that it does not join."""


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where the state `state` stands: the top left corner of its box, and the box's size."""

    state: str
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right border."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower border."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle of the box."""
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


@dataclass(frozen=True, slots=True)
class Route:
    """How the transition from `source` to `target` runs: along `points`, in right angles.

    The first point is on the border of the source's box, the last on that of the target's. A
    `quiet` route leads to one of the machine's exits; those to the same exit run together. A
    `curved` one has four points; it is an arc that the two inner ones pull to themselves.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    quiet: bool
    curved: bool = False

    @property
    def edge(self) -> Edge:
        """The transition that the route draws."""
        return self.source, self.target

    @property
    def segments(self) -> tuple[tuple[Point, Point], ...]:
        """The straight pieces of the route, each from one point to the next."""
        return tuple(zip(self.points, self.points[1:], strict=False))


@dataclass(frozen=True)
class Layout:
    """A machine drawn: its boxes by state, its routes by transition, and the size of it all.

    The boxes are in the order of the machine's states, the routes in that of its edges. Everything
    is between (0, 0) and (`width`, `height`), with a margin.
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
    """Return `points` without those at which the line does not turn."""
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
