"""The sixth step of a layout: the height at which a line crosses from one x to another.

Between two rows, and below the last, there is a *channel* of horizontal lanes. Lines that would
touch have separate lanes; all lines to the same exit share one.
"""

from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from exlab_gui.core.layout.geometry import GRID
from exlab_gui.core.layout.order import Item, Rows
from exlab_gui.core.layout.ports import End, Side, stations

LANE_PITCH = GRID

CHANNEL_MARGIN = 2 * GRID
"""The distance of the outermost lanes from the boxes: room for an arrow head."""

LEAST_CHANNEL = 4 * GRID
"""The least height of a channel between two rows."""


class Crossing(NamedTuple):
    """One horizontal piece in a channel, which joins two vertical ones.

    Pieces of the same `owner` are one line. `upper` is the x of the vertical line from above,
    `lower` that from below, or of the second from above if the line `turns_back`.
    """

    owner: Hashable
    upper: float
    lower: float
    turns_back: bool = False


def assigned(crossings: Iterable[Crossing]) -> dict[Hashable, int]:
    """Return the number of the lane for every owner, from 0 at the top."""
    spans: dict[Hashable, tuple[float, float]] = {}
    order: dict[Hashable, tuple[float, ...]] = {}
    for crossing in crossings:
        low, high = sorted((crossing.upper, crossing.lower))
        known = spans.get(crossing.owner, (low, high))
        spans[crossing.owner] = (min(low, known[0]), max(high, known[1]))
        order.setdefault(crossing.owner, _priority(crossing))

    lanes: list[list[tuple[float, float]]] = []
    found: dict[Hashable, int] = {}
    for owner in sorted(spans, key=order.__getitem__):
        low, high = spans[owner]
        free = (
            number
            for number, lane in enumerate(lanes)
            if all(high + GRID <= a or b + GRID <= low for a, b in lane)
        )
        found[owner] = next(free, len(lanes))
        if found[owner] == len(lanes):
            lanes.append([])
        lanes[found[owner]].append((low, high))
    return found


def channels(
    rows: Rows,
    ends: Mapping[End, Side],
    x: Mapping[Item, float],
    ports: Mapping[End, float],
    buses: Mapping[str, float],
) -> list[dict[Hashable, int]]:
    """Return the lanes of every channel, from the top.

    The owner of a lane is a transition, or an exit for all transitions to it. A line that runs
    straight through a channel has no lane in it.
    """
    crossings: list[list[Crossing]] = [[] for _ in rows.rows]
    for edge in rows.chains:
        if End(edge, True) not in ports:
            continue
        for start, end in pairwise(stations(edge, rows, x, ports)):
            (row, upper), (last_row, lower) = sorted((start, end), key=itemgetter(0))
            if upper != lower:
                crossing = Crossing(edge, upper, lower, turns_back=row == last_row)
                crossings[row].append(crossing)
    for leaving, side in ends.items():
        target = leaving.edge[1]
        if target in buses and side is Side.BOTTOM:
            crossing = Crossing(target, ports[leaving], buses[target])
            crossings[rows.rank[leaving.state]].append(crossing)
    return [assigned(channel) for channel in crossings]


def lane_heights(lanes: Mapping[Hashable, int], top: float) -> tuple[dict[Hashable, float], float]:
    """Return the y of every lane of a channel from y = `top`, and the channel's height."""
    count = max(lanes.values(), default=-1) + 1
    span = max(count - 1, 0) * LANE_PITCH
    height = max(LEAST_CHANNEL, 2 * CHANNEL_MARGIN + span)
    first = top + (height - span) / 2
    return {owner: first + number * LANE_PITCH for owner, number in lanes.items()}, height


def _priority(crossing: Crossing) -> tuple[float, ...]:
    """Return the key that sorts lanes from the top so that the fewest lines cross.

    Lines that turn back are first, the narrowest innermost. Of lines to the right, the one from
    furthest right is first; of those to the left, the one from furthest left.
    """
    width = crossing.lower - crossing.upper
    if crossing.turns_back:
        return (0, abs(width))
    return (1, -crossing.upper) if width > 0 else (2, crossing.upper)
