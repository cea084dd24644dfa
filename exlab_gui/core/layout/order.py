"""The second step of a layout: the order of the states in each row.

A transition between rows that are not neighbours passes the rows in between through a *corridor*
of its own, which has a place in the row as a state has. The order is found by a few sweeps of the
barycentre heuristic: every item moves to the middle of its neighbours in the next row.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from math import fsum
from typing import NamedTuple

import msgspec

from exlab_gui.core.layout.ranks import loops, main_line, ranks
from exlab_gui.core.machine import Edge, StateMachine

_SWEEPS = 6


class Corridor(NamedTuple):
    """The place of a transition in the row `rank`, where it neither begins nor ends."""

    edge: Edge
    rank: int


Item = str | Corridor
Row = list[Item]
Joined = Mapping[Item, Sequence[Item]]


class Rows(msgspec.Struct, frozen=True, dict=True):
    """The rows of a machine from top to bottom.

    `chains` has the items along every transition between states in rows, both states included.
    `spine` has the states in one straight line, `beside` the looping states at the left of their
    hosts.
    """

    rows: list[Row]
    chains: dict[Edge, list[Item]]
    spine: tuple[str, ...]
    beside: Mapping[str, str]

    @cached_property
    def rank(self) -> Mapping[Item, int]:
        """The row of each item, from 0 at the top."""
        return {item: number for number, row in enumerate(self.rows) for item in row}

    def neighbours(self) -> tuple[Joined, Joined]:
        return _joined(self.rows, self.chains.values())


def ordered(machine: StateMachine) -> Rows:
    """Return the rows of `machine` in an order with few crossings."""
    rank = ranks(machine)
    beside = loops(machine)
    chains = {(a, b): _chain((a, b), rank) for a, b in machine.edges if a in rank and b in rank}
    rows: list[Row] = [[] for _ in range(max(rank.values()) + 1)]
    for state, place in rank.items():
        if state not in beside:
            rows[place].append(state)
    for chain in chains.values():
        for item in chain[1:-1]:
            assert isinstance(item, Corridor)
            rows[item.rank].append(item)
    spine = main_line(machine)
    rows = _fewest_crossings(
        rows, [chain for edge, chain in chains.items() if beside.keys().isdisjoint(edge)], spine
    )
    for looping, host in beside.items():
        row = rows[rank[host]]
        row.insert(row.index(host), looping)
    return Rows(rows, chains, spine, beside)


def _chain(edge: Edge, rank: Mapping[str, int]) -> list[Item]:
    source, target = edge
    step = 1 if rank[source] < rank[target] else -1
    between = range(rank[source] + step, rank[target], step)
    return [source, *(Corridor(edge, place) for place in between), target]


def _joined(rows: Sequence[Row], chains: Iterable[Sequence[Item]]) -> tuple[Joined, Joined]:
    """Return what each item is joined to by `chains` in the row above, and in the row below."""
    place = {item: number for number, row in enumerate(rows) for item in row}
    above: dict[Item, list[Item]] = {item: [] for item in place}
    below: dict[Item, list[Item]] = {item: [] for item in place}
    for chain in chains:
        for a, b in pairwise(chain):
            upper, lower = sorted((a, b), key=place.__getitem__)
            if place[upper] != place[lower]:
                below[upper].append(lower)
                above[lower].append(upper)
    return above, below


def _fewest_crossings(
    rows: list[Row], chains: Iterable[Sequence[Item]], spine: Collection[str]
) -> list[Row]:
    """Return the best order of `rows` that the sweeps find."""
    above, below = _joined(rows, chains)
    between = [[(item, other) for item in row for other in below[item]] for row in rows]
    rows = [_spread(row, dict.fromkeys(row, 0.0), spine) for row in rows]
    place = {item: at for row in rows for item, at in _places(row, spine).items()}
    best, fewest = list(rows), _crossings(between, place)
    for sweep in range(_SWEEPS):
        order, towards = (
            (range(len(rows)), above) if sweep % 2 == 0 else (range(len(rows) - 1, -1, -1), below)
        )
        for number in order:
            row = rows[number]
            wanted = {item: barycentre(item, towards, place) for item in row}
            rows[number] = _spread(row, wanted, spine)
            place |= _places(rows[number], spine)
        crossings = _crossings(between, place)
        if crossings < fewest:
            best, fewest = list(rows), crossings
    return best


def barycentre(item: Item, towards: Joined, places: Mapping[Item, float]) -> float:
    """Return the mean of the `places` that `item` is joined to, or its own if there are none."""
    others = towards[item] or [item]
    return fsum(places[other] for other in others) / len(others)


def _spread(row: Row, wanted: Mapping[Item, float], spine: Collection[str]) -> Row:
    """Return `row` ordered by the `wanted` places, from negative ones at the left.

    An item that wants the place of the spine goes to its emptier side.
    """
    by_place = sorted(row, key=wanted.__getitem__)
    middle = [item for item in by_place if item in spine]
    if not middle:
        return by_place
    left: Row = []
    right: Row = []
    for item in by_place:
        if item not in spine:
            at = wanted[item]
            (left if at < 0 or (at == 0 and len(left) <= len(right)) else right).append(item)
    return left + middle + right


def _places(row: Row, spine: Collection[str]) -> dict[Item, float]:
    """Return the distance of each item from the spine, or from the middle, in places."""
    middle = next((i for i, item in enumerate(row) if item in spine), (len(row) - 1) / 2)
    return {item: i - middle for i, item in enumerate(row)}


def _crossings(between: Iterable[Iterable[tuple[Item, Item]]], place: Mapping[Item, float]) -> int:
    """Return how many of the links `between` rows cross."""
    return sum(
        (place[a] - place[c]) * (place[b] - place[d]) < 0
        for pairs in between
        for (a, b), (c, d) in combinations(pairs, 2)
    )
