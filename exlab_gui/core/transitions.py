"""The guard, paths and reachability of any transition table.

A table maps each state to the states that may follow it. A state that is no key leads nowhere.
"""

from collections import deque
from collections.abc import Mapping, Set
from typing import TypeVar

S = TypeVar("S", bound=str)


def assert_forward_transition(current: S, new_state: S, table: Mapping[S, Set[S]]) -> None:
    """Return None if `table` allows `current` → `new_state`, else raise ValueError (§4.7.1).

    The message says that `current` is no key of `table`; or it names both states and the sorted
    allowed ones, or says ``[terminal]``. ExLab-Wizard's guard uses the same words.
    """
    try:
        if new_state in table[current]:
            return
    except KeyError:
        raise ValueError(f"unknown source state {current!r}") from None
    allowed = sorted(map(str, table[current])) or "[terminal]"
    raise ValueError(f"illegal state transition {current!r} -> {new_state!r} (allowed: {allowed})")


def shortest_path(start: S, goal: S, table: Mapping[S, Set[S]]) -> tuple[S, ...] | None:
    """Return the states from `start` to `goal`, both included, by the fewest legal steps.

    Among equally short ones, the path whose states come first in the table. A path has at least
    one step: from a state to itself it is a round trip. None if there is no path.
    """
    return path_by(origins(start, table), start, goal)


def origins(start: S, table: Mapping[S, Set[S]]) -> Mapping[S, S]:
    """Return, for all states that some path from `start` leads to, the state before on the first.

    That is the first of the shortest ones, as `shortest_path` says.
    """
    rank = {state: number for number, state in enumerate(table)}
    came_from: dict[S, S] = {}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        allowed = [after for after in table.get(state, frozenset()) if after in rank]
        for following in sorted(allowed, key=rank.__getitem__):
            if following not in came_from:
                came_from[following] = state
                if following != start:
                    queue.append(following)
    return came_from


def path_by(came_from: Mapping[S, S], start: S, goal: S) -> tuple[S, ...] | None:
    """Return the path from `start` to `goal` by what `origins` returned for `start`."""
    if goal not in came_from:
        return None
    path = [goal]
    state = came_from[goal]
    while state != start:
        path.append(state)
        state = came_from[state]
    return start, *reversed(path)


def count_shortest_paths(start: S, goal: S, table: Mapping[S, Set[S]]) -> int:
    """Return how many paths of the fewest legal steps lead from `start` to `goal` (0: no path)."""
    level: dict[S, int] = {start: 1}
    seen: set[S] = set()
    while level:
        following: dict[S, int] = {}
        for state, paths in level.items():
            for after in table.get(state, frozenset()):
                if after not in seen:
                    following[after] = following.get(after, 0) + paths
        if goal in following:
            return following[goal]
        seen.update(following)
        level = following
    return 0


def reachable(start: S, table: Mapping[S, Set[S]]) -> frozenset[S]:
    """Return the states that some legal path of at least one step from `start` leads to."""
    found: set[S] = set()
    queue = [start]
    while queue:
        new = table.get(queue.pop(), frozenset()) - found
        found |= new
        queue.extend(new)
    return frozenset(found)
