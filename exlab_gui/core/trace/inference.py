"""Inference of the states between two observed ones, from the transition table (§4.7.1)."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.core.transitions import reachable


class InferredPath(NamedTuple):
    """The states that a session passed through between two observed ones, as far as known.

    `between` must have been passed. `certain`: nothing else can have been passed except loops. An
    illegal transition is certain too, since the table cannot explain it.
    """

    between: tuple[str, ...]
    certain: bool


@lru_cache(maxsize=4096)
def infer_path(machine: StateMachine, before: str, after: str) -> InferredPath:
    """Return the path from `before` to `after`, which may be the same state.

    A single possible path is certain. If there is another one, of any length, nothing is known of
    the states between.
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
