"""An arc between two boxes, for an observed transition that is not in the table."""

from collections.abc import Iterator

from exlab_gui.core.layout.geometry import GRID, Box, Layout, Point, Route
from exlab_gui.core.machine import Edge

_CROSS = 9.0  # from the middle of an arc to the end of what crosses it out
_SHARES = (2 / 3, 1 / 3, 0.9, 0.1)  # of the gap between two boxes


def arc_route(layout: Layout, edge: Edge) -> Route:
    """Return a curved route for `edge`, which has none in `layout`.

    It may pass over lines and below boxes, but its middle, where it is crossed out, keeps clear of
    every box if it can. Raises KeyError if a state of `edge` is not in the layout.
    """
    source, target = (layout.boxes[state] for state in edge)
    arcs = [
        (
            Point(_side(source, x), source.centre.y + source.height / 6),
            Point(x, source.centre.y + source.height / 6),
            Point(x, target.centre.y - target.height / 6),
            Point(_side(target, x), target.centre.y - target.height / 6),
        )
        for x in _middles(source, target)
    ]
    points = next((arc for arc in arcs if _is_clear(layout, *arc[1:3])), arcs[0])
    return Route(*edge, points, quiet=False, curved=True)


def _middles(source: Box, target: Box) -> Iterator[float]:
    """Yield the x where an arc may have its middle: between the boxes, or beside both of them.

    An arc downwards prefers the right and one upwards the left, so that both can be seen.
    """
    down = (source.y, source.x) <= (target.y, target.x)
    left, right = sorted((source, target), key=lambda box: box.x)
    for share in _SHARES if left.right < right.x else ():
        yield left.right + (right.x - left.right) * (share if down else 1 - share)
    bow = (3 if down else 5) * GRID + abs(target.y - source.y) / 16
    beside = [max(left.right, right.right) + bow, left.x - bow]
    yield from beside if down else reversed(beside)


def _side(box: Box, x: float) -> float:
    return box.right if x > box.centre.x else box.x


def _is_clear(layout: Layout, a: Point, b: Point) -> bool:
    """Return whether the middle of `a` and `b` is in the picture and beside every box."""
    at = Box("", (a.x + b.x) / 2, (a.y + b.y) / 2, 0, 0)
    return 0 <= at.x <= layout.width and not any(
        box.overlaps(at, _CROSS) for box in layout.boxes.values()
    )
