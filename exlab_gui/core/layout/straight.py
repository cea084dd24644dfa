"""The fifth step of a layout: nearly straight lines are straightened, if there is room."""

from collections import defaultdict
from collections.abc import Mapping

from exlab_gui.core.layout.geometry import GRID
from exlab_gui.core.layout.order import Corridor, Item, Rows
from exlab_gui.core.layout.ports import PORT_MARGIN, End, Side, by_box

_LEAST_APART = GRID


class _Room:
    """The room between the rows for moving ends without coming near another line."""

    def __init__(
        self,
        rows: Rows,
        ends: Mapping[End, Side],
        ports: Mapping[End, float],
        x: Mapping[Item, float],
        widths: Mapping[str, float],
    ) -> None:
        self.ports = dict(ports)
        self._x = x
        self._widths = widths
        self._channel = {end: rows.rank[end.state] + (ends[end] is Side.BOTTOM) for end in ports}
        groups = by_box({end: ends[end] for end in ports}).values()
        self._beside = {end: set(group) for group in groups for end in group}
        self._lines: dict[int, dict[End | Corridor, float]] = defaultdict(dict)
        for end, at in ports.items():
            self._lines[self._channel[end]][end] = at
        for item, number in rows.rank.items():
            if isinstance(item, Corridor):
                self._lines[number][item] = self._lines[number + 1][item] = x[item]

    def has(self, end: End, at: float) -> bool:
        """Return whether `end` may be at x = `at`, and not past another end on its side."""
        reach = self._widths[end.state] / 2 - PORT_MARGIN
        if abs(at - self._x[end.state]) > reach:
            return False
        low, high = sorted((at, self.ports[end]))
        return all(
            abs(at - other) >= _LEAST_APART
            and not (line in self._beside[end] and low < other < high)
            for line, other in self._lines[self._channel[end]].items()
            if line.edge != end.edge
        )

    def move(self, end: End, at: float) -> None:
        self.ports[end] = at
        self._lines[self._channel[end]][end] = at


def straightened(
    rows: Rows,
    ends: Mapping[End, Side],
    ports: Mapping[End, float],
    x: Mapping[Item, float],
    widths: Mapping[str, float],
) -> dict[End, float]:
    """Return `ports`, as many as possible moved so that their lines are straight.

    A port that is alone on its side, and whose line must bend, goes to the middle of the side.
    """
    room = _Room(rows, ends, ports, x, widths)
    straight: set[End] = set()
    for edge, chain in rows.chains.items():
        leaving, coming = End(edge, True), End(edge, False)
        if leaving not in ports or ends[leaving] is ends[coming]:
            continue
        tries: list[tuple[tuple[End, ...], float]]
        if len(chain) > 2:
            tries = [((leaving,), x[chain[1]]), ((coming,), x[chain[-2]])]
        else:
            low, high = sorted((x[edge[0]], x[edge[1]]))
            places = [low + step * GRID for step in range(int((high - low) // GRID) + 1)]
            tries = [((leaving, coming), at) for at in (*places, ports[leaving], ports[coming])]
        for moved, at in tries:
            if straight.isdisjoint(moved) and all(room.has(end, at) for end in moved):
                for end in moved:
                    room.move(end, at)
                straight.update(moved)
    for (state, _), group in by_box({end: ends[end] for end in ports}).items():
        if len(group) == 1 and group[0] not in straight and room.has(group[0], x[state]):
            room.move(group[0], x[state])
    return room.ports
