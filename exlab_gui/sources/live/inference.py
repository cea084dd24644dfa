"""What must have passed between two states that were seen, from the table alone (§4.7.1)."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.transitions import reachable


class InferredPath(NamedTuple):
    """What is known of how a session came from one state to another.

    `between`: the states that it must have passed through. `certain`: nothing else can have
    passed but rounds that led back to where they began; an illegal move is certain too, since
    the table explains nothing of it.
    """

    between: tuple[str, ...]
    certain: bool


@lru_cache(maxsize=4096)
def way(machine: StateMachine, before: str, after: str) -> InferredPath:
    """Return what is known of how a session came from `before` to `after`, to the same maybe.

    Where a single way leads there, it is known. Where there is another one, shorter or longer, it
    may be the one that was taken: then nothing is known, but that something may have passed.
    """
    path = machine.path(before, after)
    if path is None:
        return InferredPath((), certain=True)
    # Another way, if there is one, leaves out some step of this one.
    if any(_leads_without(machine, step, before, after) for step in pairwise(path)):
        return InferredPath((), certain=False)
    return InferredPath(path[1:-1], certain=True)


def _leads_without(machine: StateMachine, step: Edge, before: str, after: str) -> bool:
    start, end = step
    table = {**machine.table, start: machine.table[start] - {end}}
    return after in reachable(before, table)
