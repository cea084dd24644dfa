"""The third step of a layout: the x of everything that stands in a row.

Every item wants to be in the middle of what it is joined to; the order in the row and the space
between neighbours are kept, and the spine stands at x = 0. Boxes stand on the grid. Corridors
stand on every third line of it, `CORRIDOR_LINE`, which nothing else uses: see `ports`.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise
from math import ceil
from statistics import fmean

from exlab_gui.core.layout.geometry import GRID
from exlab_gui.core.layout.order import Corridor, Item, Row, Rows
from exlab_gui.core.machine import Edge

PITCH = 3 * GRID
"""The distance of two lines of the same kind: ports of a box, or corridors."""

CORRIDOR_LINE = 2 * GRID
"""The remainder of a corridor's x to `PITCH`."""

BOX_GAP = 4 * GRID
"""The least space between two boxes of a row: room for two arrow heads."""

_SWEEPS = 8


def columns(rows: Rows, widths: Mapping[str, float]) -> dict[Item, float]:
    """Return the x of the middle of every item, given the width of every state's box."""
    above, below = rows.neighbours()
    x = {item: at for row in rows.rows for item, at in _packed(row, rows.spine, widths).items()}
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for row in rows.rows if down else reversed(rows.rows):
            towards = above if down else below
            wanted = {item: fmean(x[other] for other in towards[item] or [item]) for item in row}
            for state, host in rows.beside.items():
                if host in wanted:
                    wanted[state] = wanted[host] - _apart(state, host, widths)
            x |= _placed(row, wanted, rows.spine, widths)

    previous: Row = []
    for row in rows.rows:
        straight = {item.edge: x[item] for item in previous if isinstance(item, Corridor)}
        for item in row:
            if isinstance(item, Corridor):
                x[item] = straight.get(item.edge, x[item])
        x |= _on_grid(row, x, straight, rows.spine, widths)
        previous = row
    return x


def _apart(a: Item, b: Item, widths: Mapping[str, float]) -> float:
    """Return the least distance of the middles of `a` and `b` where they are neighbours."""
    if isinstance(a, Corridor) and isinstance(b, Corridor):
        return PITCH
    half = sum(widths[item] / 2 for item in (a, b) if isinstance(item, str))
    return half + (BOX_GAP if isinstance(a, str) and isinstance(b, str) else 2 * GRID)


def _offsets(row: Sequence[Item], widths: Mapping[str, float]) -> list[float]:
    """Return the distance of each item of `row` from the first where all stand close together."""
    gaps = (_apart(a, b, widths) for a, b in pairwise(row))
    return list(accumulate(gaps, initial=0.0)) if row else []


def _packed(row: Row, spine: Collection[str], widths: Mapping[str, float]) -> dict[Item, float]:
    """Return where the items of `row` are when they stand close together around the middle."""
    offsets = _offsets(row, widths)
    middle = next(
        (at for item, at in zip(row, offsets, strict=True) if item in spine), offsets[-1] / 2
    )
    return {item: at - middle for item, at in zip(row, offsets, strict=True)}


def _placed(
    row: Row, wanted: Mapping[Item, float], spine: Collection[str], widths: Mapping[str, float]
) -> dict[Item, float]:
    """Return the x of each item of `row`, as near to the wanted ones as order and space allow."""
    packed = _packed(row, spine, widths)
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

    Neighbours that are the wrong way round are pooled to their mean, until none is.
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
    widths: Mapping[str, float],
) -> dict[Item, float]:
    """Return the x of each item of `row` on the lines that are meant for it, near to `x`.

    No corridor continues the line of another transition's in the row `above`.
    """
    start = next((i for i, item in enumerate(row) if item in spine), 0)
    placed = {row[start]: _line(row[start], x[row[start]], 1, above)}
    for items, outwards in ((row[start:], 1), (row[start::-1], -1)):
        for before, item in pairwise(items):
            nearest = outwards * placed[before] + _apart(before, item, widths)
            at = max(outwards * x[item], nearest) * outwards
            placed[item] = _line(item, at, outwards, above)
    return placed


def _line(item: Item, at: float, outwards: int, above: Mapping[Edge, float]) -> float:
    """Return the first line at `at` or `outwards` of it (1: to the right) that `item` may have."""
    if isinstance(item, str):
        return outwards * ceil(outwards * at / GRID) * GRID
    others = {x for edge, x in above.items() if edge != item.edge}
    steps = ceil(outwards * (at - CORRIDOR_LINE) / PITCH)
    while (line := outwards * steps * PITCH + CORRIDOR_LINE) in others:
        steps += 1
    return line
