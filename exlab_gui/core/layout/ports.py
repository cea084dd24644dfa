"""The fourth step of a layout: the sides of boxes where transitions end, and the places there.

Between two rows every vertical line has an x of its own, so that no two run on top of each other.
The remainder of x to `PITCH` sees to that: 0 for a port at the bottom of a box, `TOP_LINE` for one
at the top, `CORRIDOR_LINE` for a corridor. Afterwards lines are straightened (see `straight`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import pairwise
from math import ceil, inf

import msgspec

from exlab_gui.core.layout.columns import PITCH
from exlab_gui.core.layout.geometry import GRID
from exlab_gui.core.layout.order import Item, Rows
from exlab_gui.core.machine import Edge, StateMachine

TOP_LINE = GRID
"""The remainder to `PITCH` of the x of a port at the top of a box."""

PORT_MARGIN = GRID
"""The least distance of a port from the corner of its box."""


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


_UPRIGHT = (Side.LEFT, Side.RIGHT)


class End(msgspec.Struct, frozen=True):
    """One end of a transition; no tuple, since it must not be equal to a corridor."""

    edge: Edge
    leaving: bool

    @property
    def state(self) -> str:
        return self.edge[0] if self.leaving else self.edge[1]


def sides(machine: StateMachine, rows: Rows) -> dict[End, Side]:
    """Return the sides of both ends of every transition; to an exit, of the end that leaves.

    Down from the bottom to the top of a box, up from the top to the bottom, along the row straight
    to the next box, and to the exits from the right side if no box is in the way.
    """
    boxes = [[item for item in row if isinstance(item, str)] for row in rows.rows]
    next_to = {pair for row in boxes for pair in pairwise(row)}
    last = {row[-1] for row in boxes if row}

    found: dict[End, Side] = {}
    for edge in machine.edges:
        source, target = edge
        leaving, coming = End(edge, True), End(edge, False)
        if target in machine.exits:
            found[leaving] = Side.RIGHT if source in last else Side.BOTTOM
        elif edge in next_to:
            found[leaving], found[coming] = Side.RIGHT, Side.LEFT
        elif (target, source) in next_to:
            found[leaving], found[coming] = Side.LEFT, Side.RIGHT
        else:
            found[leaving] = Side.BOTTOM if rows.rank[source] <= rows.rank[target] else Side.TOP
            found[coming] = Side.TOP if rows.rank[source] < rows.rank[target] else Side.BOTTOM
    return found


def by_box(ends: Mapping[End, Side]) -> dict[tuple[str, Side], list[End]]:
    """Return the ends by state and side, in the order of the transitions."""
    found: dict[tuple[str, Side], list[End]] = defaultdict(list)
    for end, side in ends.items():
        found[end.state, side].append(end)
    return dict(found)


def width_for(ends: Mapping[End, Side], state: str) -> float:
    """Return the least width of the box of `state` that has room for its ports."""
    group = by_box(ends)
    most = max(len(group.get((state, side), ())) for side in (Side.TOP, Side.BOTTOM))
    return PITCH * (most + 1) + 2 * PORT_MARGIN if most else 0.0


def height_for(ends: Mapping[End, Side]) -> float:
    """Return the least height of a box that has room for the ports at its sides."""
    most = max(
        (len(group) for (_, side), group in by_box(ends).items() if side in _UPRIGHT), default=0
    )
    return (most - 1) * _side_pitch(most) + 2 * PORT_MARGIN


def side_ports(ends: Mapping[End, Side]) -> dict[End, float]:
    """Return the y of every end at the left or right of a box, from the box's middle."""
    found: dict[End, float] = {}
    for (_, side), group in by_box(ends).items():
        if side in _UPRIGHT:
            for number, end in enumerate(group):
                found[end] = (number - (len(group) - 1) / 2) * _side_pitch(len(group))
    return found


def ports(
    rows: Rows, ends: Mapping[End, Side], x: Mapping[Item, float], widths: Mapping[str, float]
) -> dict[End, float]:
    """Return the x of every end at the top or the bottom of a box.

    The spine's are in the middle; the others are around it, in the order of their other ends.
    Raises ValueError if a box is narrower than `width_for`.
    """
    spine = set(pairwise(rows.spine))
    found: dict[End, float] = {}
    for (state, side), group in by_box(ends).items():
        if side in _UPRIGHT:
            continue
        towards = {end: _towards(end, rows, x) for end in group if end.edge not in spine}
        others = sorted(towards, key=towards.__getitem__)
        lines = _lines(x[state], widths[state], TOP_LINE if side is Side.TOP else 0.0)
        if len(others) < len(group):
            found |= {end: x[state] for end in group if end not in towards}
            leftwards = sum(at < x[state] for at in towards.values())
            chosen = _about(x[state], lines, leftwards, len(others))
        else:
            chosen = sorted(lines, key=lambda at: (abs(at - x[state]), at))[: len(others)]
        found |= zip(others, sorted(chosen), strict=True)
    return found


def stations(
    edge: Edge, rows: Rows, x: Mapping[Item, float], ports: Mapping[End, float]
) -> list[tuple[int, float]]:
    """Return row and x along the line of `edge`: of a port, the corridors, a port."""
    chain = rows.chains[edge]
    at = [ports[End(edge, True)], *(x[item] for item in chain[1:-1]), ports[End(edge, False)]]
    return [(rows.rank[item], here) for item, here in zip(chain, at, strict=True)]


def _lines(middle: float, width: float, remainder: float) -> list[float]:
    """Return every x in a box that has this `remainder` to `PITCH`."""
    reach = width / 2 - PORT_MARGIN
    first = ceil((middle - reach - remainder) / PITCH) * PITCH + remainder
    return [first + PITCH * step for step in range(int((middle + reach - first) // PITCH) + 1)]


def _about(middle: float, lines: Sequence[float], leftwards: int, count: int) -> list[float]:
    """Return `count` of `lines` around `middle`, with room `leftwards` of them at its left."""
    left = [at for at in reversed(lines) if at <= middle - PITCH / 2]
    right = [at for at in lines if at >= middle + PITCH / 2]
    leftwards = min(max(leftwards, count - len(right)), len(left))
    return left[:leftwards] + right[: count - leftwards]


def _towards(end: End, rows: Rows, x: Mapping[Item, float]) -> float:
    """Return the x to which the line from `end` goes; exits are at the far right."""
    chain = rows.chains.get(end.edge)
    if chain is None:
        return inf
    return x[chain[1] if end.leaving else chain[-2]]


def _side_pitch(count: int) -> float:
    return 2 * GRID if count <= 2 else GRID
