"""The third step of a layout: the x of every item in a row.

Every item moves to the middle of its neighbours in other rows; order and space in the row are kept,
and the spine stands at x = 0. Boxes stand on the grid, corridors on every third line of it,
`CORRIDOR_LINE`, which nothing else uses: see `ports`. A looping state moves with its host.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import NamedTuple

from exlab_gui.core.layout.geometry import GRID
from exlab_gui.core.layout.order import Corridor, Item, Row, Rows, barycentre
from exlab_gui.core.machine import Edge

PITCH = 3 * GRID
"""The distance of two ports of a box, or of two corridors."""

CORRIDOR_LINE = 2 * GRID
"""The remainder of a corridor's x to `PITCH`."""

BOX_GAP = 4 * GRID
"""The least space between two boxes of a row: room for two arrow heads."""

_SWEEPS = 8


def columns(rows: Rows, widths: Mapping[str, float]) -> dict[Item, float]:
    """Return the x of the middle of every item, given the width of every state's box."""
    above, below = rows.neighbours()
    free = [[item for item in row if item not in rows.beside] for row in rows.rows]
    reach = _reaches(rows, widths)

    x = {item: at for row in free for item, at in _packed(row, rows.spine, reach).items()}
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for row in free if down else reversed(free):
            towards = above if down else below
            wanted = {item: barycentre(item, towards, x) for item in row}
            x |= _placed(row, wanted, rows.spine, reach)

    previous: Row = []
    for row in free:
        straight = {item.edge: x[item] for item in previous if isinstance(item, Corridor)}
        for item in row:
            if isinstance(item, Corridor):
                x[item] = straight.get(item.edge, x[item])
        x |= _on_grid(row, x, straight, rows.spine, reach)
        previous = row
    for state, host in rows.beside.items():
        x[state] = x[host] - reach[host].left + widths[state] / 2
    return x


class _Reach(NamedTuple):
    """The space from the middle of a box to its left, with its looping state, and right."""

    left: float
    right: float


def _reaches(rows: Rows, widths: Mapping[str, float]) -> dict[str, _Reach]:
    reach = {state: _Reach(width / 2, width / 2) for state, width in widths.items()}
    for state, host in rows.beside.items():
        reach[host] = _Reach(reach[host].left + BOX_GAP + widths[state], reach[host].right)
    return reach


def _apart(a: Item, b: Item, reach: Mapping[str, _Reach]) -> float:
    """Return the least distance of the middles of `a` and `b`, its neighbour at the right."""
    if isinstance(a, Corridor) and isinstance(b, Corridor):
        return PITCH
    gap = BOX_GAP if isinstance(a, str) and isinstance(b, str) else 2 * GRID
    right = reach[a].right if isinstance(a, str) else 0.0
    left = reach[b].left if isinstance(b, str) else 0.0
    return right + gap + left


def _packed(row: Row, spine: Collection[str], reach: Mapping[str, _Reach]) -> dict[Item, float]:
    """Return the x of the items of `row` when they stand close together around the middle."""
    offsets = list(accumulate((_apart(a, b, reach) for a, b in pairwise(row)), initial=0.0))
    middle = next(
        (at for item, at in zip(row, offsets, strict=True) if item in spine), offsets[-1] / 2
    )
    return {item: at - middle for item, at in zip(row, offsets, strict=True)}


def _placed(
    row: Row, wanted: Mapping[Item, float], spine: Collection[str], reach: Mapping[str, _Reach]
) -> dict[Item, float]:
    """Return the x of each item of `row`, as near to the wanted ones as order and space allow."""
    packed = _packed(row, spine, reach)
    shifts = [wanted[item] - packed[item] for item in row]
    middle = next((i for i, item in enumerate(row) if item in spine), None)
    if middle is None:
        shifts = _ascending(shifts)
    else:
        shifts = [
            *(min(shift, 0.0) for shift in _ascending(shifts[:middle])),
            0.0,
            *(max(shift, 0.0) for shift in _ascending(shifts[middle + 1 :])),
        ]
    return {item: packed[item] + shift for item, shift in zip(row, shifts, strict=True)}


def _ascending(values: Sequence[float]) -> list[float]:
    """Return the ascending values that are nearest to `values` by the sum of squares.

    Neighbours in the wrong order are pooled to their mean, until there are none.
    """
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, size = value, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        pools.append((mean, size))
    return [mean for mean, size in pools for _ in range(size)]


def _on_grid(
    row: Row,
    x: Mapping[Item, float],
    above: Mapping[Edge, float],
    spine: Collection[str],
    reach: Mapping[str, _Reach],
) -> dict[Item, float]:
    """Return the x of each item of `row` on its grid lines, near to `x`.

    No corridor continues that of another transition in the row `above`.
    """
    start = next((i for i, item in enumerate(row) if item in spine), 0)
    placed = {row[start]: _line(row[start], x[row[start]], 1, above)}
    for before, item in pairwise(row[start:]):
        nearest = placed[before] + _apart(before, item, reach)
        placed[item] = _line(item, max(x[item], nearest), 1, above)
    for before, item in pairwise(row[start::-1]):
        nearest = placed[before] - _apart(item, before, reach)
        placed[item] = _line(item, min(x[item], nearest), -1, above)
    return placed


def _line(item: Item, at: float, outwards: int, above: Mapping[Edge, float]) -> float:
    """Return the first grid line for `item` from `at` on (1: to the right, -1: to the left)."""
    if isinstance(item, str):
        return outwards * ceil(outwards * at / GRID) * GRID
    others = {x for edge, x in above.items() if edge != item.edge}
    steps = ceil(outwards * (at - CORRIDOR_LINE) / PITCH)
    while (line := outwards * steps * PITCH + CORRIDOR_LINE) in others:
        steps += 1
    return line
