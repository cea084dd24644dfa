"""The layout of a machine, put together from its steps."""

from functools import lru_cache
from math import ceil, floor

from exlab_gui.core.layout.columns import columns
from exlab_gui.core.layout.exits import ENTRY_GAP, buses, exit_boxes
from exlab_gui.core.layout.geometry import (
    GRID,
    MARGIN,
    Box,
    Layout,
    Point,
    Route,
)
from exlab_gui.core.layout.labels import labelled_width
from exlab_gui.core.layout.lanes import channels, lane_heights
from exlab_gui.core.layout.order import ordered
from exlab_gui.core.layout.ports import height_for, ports, sides, width_for
from exlab_gui.core.layout.routes import Frame, exit_routes, inner_routes
from exlab_gui.core.layout.straight import straightened
from exlab_gui.core.machine import Edge, StateMachine

BOX_HEIGHT = 5 * GRID
"""The height of a box with up to two lines on a side."""


@lru_cache(maxsize=32)
def lay_out(machine: StateMachine) -> Layout:
    """Return the boxes of the states and the routes of the transitions of `machine`.

    The same machine always gives the same layout. No box overlaps another, no route runs through
    a box that it does not join, and no two routes without a common state run on top of each other.
    """
    rows = ordered(machine)
    ends = sides(machine, rows)
    exits = [state for state in machine.states if state in machine.exits]
    inner = [state for state in machine.states if state not in machine.exits]
    label = labelled_width(inner)
    widths = {state: _up(max(label, width_for(ends, state)), 2 * GRID) for state in inner}
    height = _up(max(BOX_HEIGHT, height_for(ends)), GRID)

    x = columns(rows, widths)
    at = straightened(rows, ends, ports(rows, ends, x, widths), x, widths)
    right = max(*x.values(), *(x[state] + width / 2 for state, width in widths.items()))
    bus = buses(exits, _up(right, GRID))

    boxes: dict[str, Box] = {}
    lanes = []
    top = 0.0
    for row, channel in zip(rows.rows, channels(rows, ends, x, at, bus), strict=True):
        for state in row:
            if isinstance(state, str):
                left = x[state] - widths[state] / 2
                boxes[state] = Box(state, left, top, widths[state], height)
        heights, deep = lane_heights(channel, top + height)
        lanes.append(heights)
        lowest = top
        top += height + deep
    if exits:
        left = max(bus.values()) + ENTRY_GAP
        boxes |= exit_boxes(exits, left, lowest, _up(labelled_width(exits), GRID), height)

    frame = Frame(rows, ends, x, at, boxes, lanes, bus)
    routes = exit_routes(frame) | inner_routes(frame)
    return _framed(
        {state: boxes[state] for state in machine.states},
        {edge: routes[edge] for edge in machine.edges},
    )


def _framed(boxes: dict[str, Box], routes: dict[Edge, Route]) -> Layout:
    """Return the layout of `boxes` and `routes`, moved so that its margins are kept."""
    corners = [Point(box.x, box.y) for box in boxes.values()]
    corners += [Point(box.right, box.bottom) for box in boxes.values()]
    corners += [point for route in routes.values() for point in route.points]
    right = MARGIN - floor(min(point.x for point in corners) / GRID) * GRID
    down = MARGIN - floor(min(point.y for point in corners) / GRID) * GRID
    return Layout(
        {
            state: Box(state, box.x + right, box.y + down, box.width, box.height)
            for state, box in boxes.items()
        },
        {
            edge: Route(
                *edge,
                tuple(Point(point.x + right, point.y + down) for point in route.points),
                route.quiet,
            )
            for edge, route in routes.items()
        },
        max(point.x for point in corners) + right + MARGIN,
        max(point.y for point in corners) + down + MARGIN,
    )


def _up(value: float, step: float) -> float:
    return ceil(value / step) * step
