"""The places of the counts at each state and on each transition, so that none hides another."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from exlab_gui.core.layout.geometry import Box, Layout, Point, Route
from exlab_gui.core.machine import Edge

WIDTH, HEIGHT = 22.0, 14.0
"""The size of a badge, which has room for three characters."""

_STEP = 4.0
_APART = 1.0


class Badges(NamedTuple):
    """The middles of the badges."""

    states: dict[str, Point]
    edges: dict[Edge, Point]


def place_badges(layout: Layout) -> Badges:
    """Return the places of the badges: a state's at its corner, a transition's on its line.

    No badge of a transition is on a box or on another badge, as long as the line has room for it.
    It prefers a place where its line is alone, near the beginning.
    """
    states = {s: Point(box.right - WIDTH / 2 + 6, box.y) for s, box in layout.boxes.items()}
    shared = Counter(place for r in layout.routes.values() for place in set(_places(r)))
    taken = [*layout.boxes.values(), *map(_badge, states.values())]
    edges: dict[Edge, Point] = {}
    # Short lines have the fewest places to choose from.
    for route in sorted(layout.routes.values(), key=lambda route: len(list(_places(route)))):
        places = list(_places(route)) or [route.points[0]]
        free = (p for p in sorted(places, key=shared.__getitem__) if _is_free(p, taken))
        edges[route.edge] = next(free, places[len(places) // 2])
        taken.append(_badge(edges[route.edge]))
    return Badges(states, {edge: edges[edge] for edge in layout.routes})


def short_count(times: int) -> str:
    """Return `times` in at most three characters, as 999, 45k, .3M or 7M."""
    if times < 1_000:
        return str(times)
    if times < 100_000:
        return f"{times // 1_000}k"
    if times < 1_000_000:
        return f".{times // 100_000}M"
    return f"{min(times // 1_000_000, 99)}M"


def _places(route: Route) -> Iterator[Point]:
    """Yield points of the line, on a grid that is the same for lines that run together."""
    for start, end in route.segments:
        length = abs(end.x - start.x) + abs(end.y - start.y)
        if not length:
            continue
        across, down = (end.x - start.x) / length, (end.y - start.y) / length
        along = start.x * across + start.y * down
        gone = -along % _STEP
        while gone <= length:
            yield Point(start.x + across * gone, start.y + down * gone)
            gone += _STEP


def _is_free(middle: Point, taken: list[Box]) -> bool:
    badge = _badge(middle)
    return not any(badge.overlaps(box, _APART) for box in taken)


def _badge(middle: Point) -> Box:
    return Box("", middle.x - WIDTH / 2, middle.y - HEIGHT / 2, WIDTH, HEIGHT)
