"""Machines to be drawn, and what is wrong with a drawing."""

import random
from collections.abc import Iterable
from itertools import combinations, pairwise

from hypothesis import strategies as st

from exlab_gui.core.layout.geometry import Box, Layout, Point, Route
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine

CLEARANCE = 4.0
"""How near a line may come to a box that it does not join."""


def machine_of(table: dict[str, str], exits: str = "") -> StateMachine:
    """Return a machine from the names of what follows each state, the initial one first.

    Every state that something follows may go to each of `exits` too.
    """
    following = {
        state: frozenset(f"{after} {exits}".split() if after else ())
        for state, after in table.items()
    }
    following |= dict.fromkeys(exits.split(), frozenset[str]())
    return StateMachine(next(iter(following)), following, {})


def with_a_twelfth_state() -> StateMachine:
    """Return the creation machine with one more state in the middle of its spine."""
    table = {}
    for state, following in CREATION_MACHINE.table.items():
        table[str(state)] = frozenset(map(str, following))
        if state == "cache_write":
            table["cache_write"] = frozenset({"lims_register", "failed", "aborted"})
            table["lims_register"] = frozenset({"post_validate", "failed", "aborted"})
    return StateMachine("pending", table, {})


def large(*, exits: bool) -> StateMachine:
    """Return a machine of 60 states and 200 transitions, drawn by lot but always the same."""
    lot = random.Random(200)
    ends = ["failed", "aborted"] if exits else []
    names = [f"{'long_' * lot.randint(0, 2)}state_{number}" for number in range(60 - len(ends))]
    table = {name: set(ends) for name in names[:-1]} | {names[-1]: set()}
    for state, following in pairwise([names[0], *lot.sample(names[1:-1], 9), names[-1]]):
        table[state].add(following)
    while sum(map(len, table.values())) < 200:
        state, following = lot.choice(names[:-1]), lot.choice(names)
        if state != following:
            table[state].add(following)
    table |= {end: set() for end in ends}
    return StateMachine(names[0], {a: frozenset(after) for a, after in table.items()}, {})


ODD = {
    "one state": machine_of({"only": ""}),
    "two states": machine_of({"a": "b", "b": "a"}),
    "no end": machine_of({"a": "b", "b": "c", "c": "d", "d": "a c"}),
    "to itself": machine_of({"a": "a b", "b": "b c", "c": ""}),
    "two loops": machine_of({"a": "b", "b": "x y c", "x": "b", "y": "b", "c": ""}, "oops"),
    "nothing leads there": machine_of({"a": "b", "b": "", "x": "y b", "y": "x z", "z": ""}),
    "three ends": machine_of({"a": "b c d", "b": "", "c": "", "d": "e", "e": ""}),
    "only exits end it": machine_of({"a": "b", "b": "c", "c": "a"}, "failed aborted"),
    "four exits": machine_of({"a": "b", "b": "c d", "c": "e", "d": "e", "e": ""}, "w x y z"),
    "five exits, two rows": machine_of({"a": "b", "b": ""}, "v w x y z"),
    "a short cut": machine_of({"a": "b d", "b": "c", "c": "d", "d": ""}),
}
"""Machines of shapes that are easy to forget."""

MACHINES = {
    "creation": CREATION_MACHINE,
    "twelve states": with_a_twelfth_state(),
    "60 states": large(exits=True),
    "60 states, no exit": large(exits=False),
    **ODD,
}


@st.composite
def drawn_machines(draw: st.DrawFn) -> StateMachine:
    """Return a machine of up to 14 states: a way to an end, any other steps, up to three exits."""
    inner = [f"s{number}" for number in range(draw(st.integers(2, 11)))]
    table = {state: set[str]() for state in inner}
    for state, following in pairwise(inner):
        if draw(st.integers(0, 3)):
            table[state].add(following)
    steps = st.tuples(st.sampled_from(inner[:-1]), st.sampled_from(inner))
    for state, following in draw(st.lists(steps, max_size=25)):
        table[state].add(following)
    exits = [f"exit{number}" for number in range(draw(st.integers(0, 3)))]
    for state in inner[:-1]:
        table[state].update(exits)
    table |= {state: set() for state in exits}
    return StateMachine(inner[0], {a: frozenset(after) for a, after in table.items()}, {})


def overlapping_boxes(layout: Layout) -> list[tuple[str, str]]:
    """Return the pairs of states whose boxes share some area, or nearly touch."""
    return [
        (a.state, b.state)
        for a, b in combinations(layout.boxes.values(), 2)
        if a.overlaps(b, CLEARANCE)
    ]


def boxes_in_the_way(layout: Layout, route: Route) -> list[str]:
    """Return the states whose boxes `route` runs through, or too near to where it joins not."""
    found = []
    for a, b in pairwise(route.points):
        line = Box("", min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
        for box in layout.boxes.values():
            apart = 0.0 if box.state in (route.source, route.target) else CLEARANCE
            if box.overlaps(line, apart):
                found.append(box.state)
    return found


def shared_length(a: Route, b: Route) -> float:
    """Return how far `a` and `b` run on top of each other."""
    return sum(
        _overlap(*first, *second) for first in pairwise(a.points) for second in pairwise(b.points)
    )


def on_top_of_each_other(routes: Iterable[Route]) -> list[tuple[Route, Route]]:
    """Return the pairs of `routes` that share some length though they have no state in common."""
    return [
        (a, b)
        for a, b in combinations(routes, 2)
        if {a.source, a.target}.isdisjoint((b.source, b.target)) and shared_length(a, b) > 0
    ]


def on_border(box: Box, point: Point) -> bool:
    """Return whether `point` is on the border of `box`."""
    return box.contains(point) and (point.x in (box.x, box.right) or point.y in (box.y, box.bottom))


def _overlap(a: Point, b: Point, c: Point, d: Point) -> float:
    if a.x == b.x == c.x == d.x:
        return max(0.0, min(max(a.y, b.y), max(c.y, d.y)) - max(min(a.y, b.y), min(c.y, d.y)))
    if a.y == b.y == c.y == d.y:
        return max(0.0, min(max(a.x, b.x), max(c.x, d.x)) - max(min(a.x, b.x), min(c.x, d.x)))
    return 0.0
