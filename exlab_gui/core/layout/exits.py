"""The exits of a machine, apart from the rows.

All transitions to an exit join in a line, a *bus*, that runs down at the right of the rows.
"""

from collections.abc import Iterable, Sequence

from exlab_gui.core.layout.geometry import CLEARANCE, GRID, Box

BUS_GAP = 2 * GRID
"""The distance of the first bus from the rows."""

BUS_PITCH = GRID

ENTRY_GAP = 2 * GRID
"""The distance of an exit's box from the last bus: room for an arrow head."""

EXIT_GAP = 3 * GRID
"""The distance of an exit's box from the next exit's."""


def buses(exits: Sequence[str], right: float) -> dict[str, float]:
    """Return the x of every exit's bus, if the rows end at x = `right`.

    The last exit, which stands lowest, has the first bus, so that the ends of the buses do not
    cross.
    """
    return {
        state: right + BUS_GAP + number * BUS_PITCH for number, state in enumerate(reversed(exits))
    }


def exit_boxes(
    exits: Sequence[str], left: float, lowest: float, width: float, height: float
) -> dict[str, Box]:
    """Return the boxes of the exits at x = `left`, the last at y = `lowest` if there is room."""
    pitch = height + EXIT_GAP
    first = max(0.0, lowest - pitch * (len(exits) - 1))
    return {
        state: Box(state, left, first + pitch * number, width, height)
        for number, state in enumerate(exits)
    }


def entry(box: Box, others: Iterable[float]) -> float:
    """Return the y at which a bus enters `box`: near the middle, and clear of `others`."""
    taken = list(others)

    def merit(y: float) -> tuple[float, float]:
        room = min((abs(y - other) for other in taken), default=CLEARANCE)
        return min(room, CLEARANCE), -abs(y - box.centre.y)

    reach = int(box.height / 2 - GRID)
    return max((box.centre.y + step for step in range(-reach, reach + 1, 2)), key=merit)
