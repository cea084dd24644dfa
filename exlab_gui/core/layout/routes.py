"""The last step of a layout: the points of every route."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise

import msgspec

from exlab_gui.core.layout.exits import entry
from exlab_gui.core.layout.geometry import Box, Point, Route, corners
from exlab_gui.core.layout.order import Item, Rows
from exlab_gui.core.layout.ports import End, Side, side_ports, stations
from exlab_gui.core.machine import Edge


class Frame(msgspec.Struct, frozen=True):
    """The results of the steps before.

    `x` has the columns of rows, `ports` the x of ends at the top or bottom of a box, `lanes` the
    y of every lane by its owner for the channel below each row, and `buses` the x of each bus.
    """

    rows: Rows
    ends: Mapping[End, Side]
    x: Mapping[Item, float]
    ports: Mapping[End, float]
    boxes: Mapping[str, Box]
    lanes: Sequence[Mapping[Hashable, float]]
    buses: Mapping[str, float]


def inner_routes(frame: Frame) -> dict[Edge, Route]:
    """Return the routes of the transitions between states that stand in rows."""
    beside = side_ports(frame.ends)
    found: dict[Edge, Route] = {}
    for edge in frame.rows.chains:
        leaving, coming = End(edge, True), End(edge, False)
        start, end = (_border(frame, beside, here) for here in (leaving, coming))
        points = [start]
        if leaving in frame.ports:
            passed = stations(edge, frame.rows, frame.x, frame.ports)
            for (row, before), (next_row, after) in pairwise(passed):
                if before != after:
                    lane = frame.lanes[min(row, next_row)][edge]
                    points += [Point(before, lane), Point(after, lane)]
        points.append(end)
        found[edge] = Route(*edge, tuple(points), quiet=False)
    return found


def exit_routes(frame: Frame) -> dict[Edge, Route]:
    """Return the routes of the transitions to exits: to the exit's bus, and along it."""
    beside = side_ports(frame.ends)
    starts: dict[Edge, list[Point]] = {}
    for end in frame.ends:
        target = end.edge[1]
        if target in frame.buses:
            start = _border(frame, beside, end)
            y = start.y if end in beside else frame.lanes[frame.rows.rank[end.state]][target]
            starts[end.edge] = [start, Point(start.x, y), Point(frame.buses[target], y)]

    found: dict[Edge, Route] = {}
    for exit_, bus in frame.buses.items():
        box = frame.boxes[exit_]
        others = {points[-1].y for (_, target), points in starts.items() if target != exit_}
        y = entry(box, others)
        for edge, points in starts.items():
            if edge[1] == exit_:
                points += [Point(bus, y), Point(box.x, y)]
                found[edge] = Route(*edge, corners(points), quiet=True)
    return found


def _border(frame: Frame, beside: Mapping[End, float], end: End) -> Point:
    box = frame.boxes[end.state]
    match frame.ends[end]:
        case Side.LEFT:
            return Point(box.x, box.centre.y + beside[end])
        case Side.RIGHT:
            return Point(box.right, box.centre.y + beside[end])
        case Side.TOP:
            return Point(frame.ports[end], box.y)
        case Side.BOTTOM:
            return Point(frame.ports[end], box.bottom)
