"""A way through a finished layout for a transition that has no place in it.

A session can be seen to do what its machine does not allow. Such a transition is drawn into the
layout that is there: along lines just beside the boxes, by the way that is shortest when bends,
crossings, and running on top of other routes count as length too.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from exlab_gui.core.layout.geometry import (
    CLEARANCE,
    GRID,
    Box,
    Layout,
    Point,
    Route,
    corners,
)
from exlab_gui.core.machine import Edge

_STUB = 1.5 * GRID  # how far a line leaves a box before it may turn: room for an arrow head
_BEND = 3 * GRID
_CROSSING = GRID
_ON_TOP = 8.0  # times the length
_OUTSIDE = 3.0  # times the length: rather in the picture than around it
_NEAR = 3.0

_Direction = tuple[int, int]
_WAYS: tuple[_Direction, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))


class _Port(NamedTuple):
    """A place on a border, the way out of the box there, where a line may first turn, its cost."""

    at: Point
    out: _Direction
    turn: Point
    cost: float


class _Node(NamedTuple):
    """A crossing of two lines, come to in the direction `way`."""

    column: int
    row: int
    way: _Direction


def route_observed(layout: Layout, edge: Edge, others: Iterable[Route] = ()) -> Route:
    """Return a route in `layout` for `edge`, which is not among its routes.

    It runs through no box; from a state to itself it goes around a corner of the box. `others`
    are further routes to keep clear of: those of transitions observed before. Raises KeyError
    where a state of `edge` is not in the layout.
    """
    ground = _Ground(layout, [*layout.routes.values(), *others])
    starts, goals = (list(_ports(layout.boxes[state])) for state in edge)
    if edge[0] == edge[1]:
        starts = [port for port in starts if port.out[0]]
        goals = [port for port in goals if port.out[1]]
    xs = _lines(
        [(box.x, box.right) for box in layout.boxes.values()], [p.turn.x for p in starts + goals]
    )
    ys = _lines(
        [(box.y, box.bottom) for box in layout.boxes.values()], [p.turn.y for p in starts + goals]
    )
    return Route(*edge, _cheapest(ground, xs, ys, starts, goals), quiet=False)


def _ports(box: Box) -> Iterator[_Port]:
    """Yield the places on the border of `box` where a line may end, the middle of sides first."""
    x, y = box.centre
    for shift in (0.0, -box.height / 4, box.height / 4):
        for side, way in ((box.x, -1), (box.right, 1)):
            at = Point(side, y + shift)
            yield _Port(at, (way, 0), Point(side + way * _STUB, at.y), _BEND if shift else 0.0)
    for shift in (-box.width / 4, box.width / 4):
        for side, way in ((box.y, -1), (box.bottom, 1)):
            at = Point(x + shift, side)
            yield _Port(at, (0, way), Point(at.x, side + way * _STUB), 0.0)


def _lines(spans: Iterable[tuple[float, float]], more: Iterable[float]) -> list[float]:
    """Return the lines along which a way may run: on both sides of `spans`, and `more`."""
    beside = {line for low, high in spans for line in (low - _STUB, high + _STUB)}
    return sorted(beside.union(more))


class _Ground:
    """What is in the way of a line, and what it costs to cross it."""

    def __init__(self, layout: Layout, routes: Iterable[Route]) -> None:
        self._layout = layout
        pieces = {tuple(sorted(piece)) for route in routes for piece in route.segments}
        self._level = sorted((a.y, a.x, b.x) for a, b in pieces if a.y == b.y)
        self._upright = sorted((a.x, a.y, b.y) for a, b in pieces if a.x == b.x)

    def free(self, a: Point, b: Point) -> bool:
        """Return whether the straight line from `a` to `b` keeps clear of every box."""
        low, high = min(a, b), max(a, b)
        along = Box("", low.x, low.y, high.x - low.x, high.y - low.y)
        return not any(box.overlaps(along, CLEARANCE) for box in self._layout.boxes.values())

    def cost(self, a: Point, b: Point) -> float:
        """Return the length of the straight line from `a` to `b`, and what it crosses or covers."""
        (x, y), (to_x, to_y) = sorted((a, b))
        if y == to_y:
            return self._cost(y, x, to_x, self._level, self._upright, self._layout.height)
        return self._cost(x, y, to_y, self._upright, self._level, self._layout.width)

    @staticmethod
    def _cost(
        line: float,
        start: float,
        end: float,
        along: Sequence[tuple[float, float, float]],
        across: Sequence[tuple[float, float, float]],
        size: float,
    ) -> float:
        nearby = along[bisect_left(along, (line - _NEAR,)) : bisect_right(along, (line + _NEAR,))]
        covered = sum(max(0.0, min(end, high) - max(start, low)) for _, low, high in nearby)
        crossed = sum(
            low <= line <= high
            for _, low, high in across[bisect_left(across, (start,)) : bisect_left(across, (end,))]
        )
        length = (end - start) * (1.0 if 0.0 <= line <= size else _OUTSIDE)
        return length + covered * _ON_TOP + crossed * _CROSSING


def _cheapest(
    ground: _Ground,
    xs: Sequence[float],
    ys: Sequence[float],
    starts: Sequence[_Port],
    goals: Sequence[_Port],
) -> tuple[Point, ...]:
    """Return the points of the cheapest way from one of `starts` to one of `goals` (Dijkstra)."""
    column = {x: number for number, x in enumerate(xs)}
    row = {y: number for number, y in enumerate(ys)}
    arrivals: dict[tuple[int, int], list[_Port]] = defaultdict(list)
    for port in goals:
        arrivals[column[port.turn.x], row[port.turn.y]].append(port)

    ticket = count()  # decides between equal costs, so that the way is always the same one
    queue: list[tuple[float, int, _Node | _Port, _Node | _Port]] = []
    for port in starts:
        node = _Node(column[port.turn.x], row[port.turn.y], port.out)
        heappush(queue, (port.cost + ground.cost(port.at, port.turn), next(ticket), node, port))
    came_from: dict[_Node | _Port, _Node | _Port] = {}
    while True:
        cost, _, here, before = heappop(queue)
        if here in came_from:
            continue
        came_from[here] = before
        if isinstance(here, _Port):
            return _traced(here, came_from, xs, ys)
        place = Point(xs[here.column], ys[here.row])
        for port in arrivals[here.column, here.row]:
            if port.out != here.way:
                bend = 0.0 if port.out == _back(here.way) else _BEND
                step = port.cost + ground.cost(place, port.at)
                heappush(queue, (cost + step + bend, next(ticket), port, here))
        for way in _WAYS:
            to = _Node(here.column + way[0], here.row + way[1], way)
            if way == _back(here.way) or to in came_from:
                continue
            if not (0 <= to.column < len(xs) and 0 <= to.row < len(ys)):
                continue
            there = Point(xs[to.column], ys[to.row])
            if ground.free(place, there):
                bend = 0.0 if way == here.way else _BEND
                step = ground.cost(place, there)
                heappush(queue, (cost + step + bend, next(ticket), to, here))


def _traced(
    goal: _Port,
    came_from: Mapping[_Node | _Port, _Node | _Port],
    xs: Sequence[float],
    ys: Sequence[float],
) -> tuple[Point, ...]:
    """Return the points at which the way found to `goal` begins, turns and ends."""
    points = [goal.at]
    here: _Node | _Port = came_from[goal]
    while isinstance(here, _Node):
        points.append(Point(xs[here.column], ys[here.row]))
        here = came_from[here]
    return corners([here.at, *reversed(points)])


def _back(way: _Direction) -> _Direction:
    return -way[0], -way[1]
