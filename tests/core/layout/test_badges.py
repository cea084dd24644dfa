"""Counts stand where they can be told apart, in any machine."""

from itertools import combinations

import pytest
from hypothesis import given

from exlab_gui.core.layout.badges import HEIGHT, WIDTH, place_badges, place_labels
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import Box
from tests.helpers.drawings import MACHINES, drawn_machines
from tests.helpers.other_machines import OTHERS


def badge(middle):
    return Box("", middle.x - WIDTH / 2, middle.y - HEIGHT / 2, WIDTH, HEIGHT)


def is_on(route, place):
    """Return whether `place` is on one of the straight pieces of `route`."""
    return any(
        min(a.x, b.x) <= place.x <= max(a.x, b.x) and min(a.y, b.y) <= place.y <= max(a.y, b.y)
        for a, b in route.segments
    )


@given(drawn_machines())
def test_each_has_its_place(machine):
    """Every state and every transition has a badge; that of a transition is on its line."""
    layout = lay_out(machine)
    badges = place_badges(layout)
    assert tuple(badges.states) == machine.states
    assert tuple(badges.edges) == machine.edges
    for edge, place in badges.edges.items():
        assert is_on(layout.routes[edge], place)


@pytest.mark.parametrize("machine", [MACHINES["creation"], *OTHERS.values()])
def test_none_hides_another_or_a_state(machine):
    """No badge is on another one, and none of a transition on a state."""
    layout = lay_out(machine)
    badges = place_badges(layout)
    all_of_them = [badge(place) for place in (*badges.states.values(), *badges.edges.values())]
    assert [pair for pair in combinations(all_of_them, 2) if pair[0].overlaps(pair[1])] == []
    assert [
        edge
        for edge, place in badges.edges.items()
        if any(badge(place).overlaps(box) for box in layout.boxes.values())
    ] == []


@pytest.mark.parametrize("machine", [MACHINES["creation"], OTHERS["one state more"]])
def test_each_is_alone_on_its_line(machine):
    """A badge is where no other line runs along with its own, to the exits too."""
    layout = lay_out(machine)
    for edge, place in place_badges(layout).edges.items():
        assert [e for e, route in layout.routes.items() if is_on(route, place)] == [edge]


@pytest.mark.parametrize("machine", [MACHINES["creation"], *OTHERS.values()])
def test_all_are_in_the_picture(machine):
    """No badge sticks out of the drawing."""
    layout = lay_out(machine)
    badges = place_badges(layout)
    for place in (*badges.states.values(), *badges.edges.values()):
        found = badge(place)
        assert 0 <= found.x < found.right <= layout.width
        assert 0 <= found.y < found.bottom <= layout.height


@pytest.mark.parametrize("machine", [MACHINES["creation"], *OTHERS.values()])
def test_the_widest_badges_are_apart_too(machine):
    """If all counts have five digits, none hides another or, at a transition, a state."""
    layout = lay_out(machine)
    badges = place_badges(layout)
    places = (*badges.states.values(), *badges.edges.values())
    widest = [place.box(place.room) for place in places]
    assert [pair for pair in combinations(widest, 2) if pair[0].overlaps(pair[1])] == []
    at_edges = [place.box(place.room) for place in badges.edges.values()]
    assert not [b for b in at_edges if any(b.overlaps(box) for box in layout.boxes.values())]


def test_labels_of_a_state_hide_nothing():
    """The labels of each state's transitions are on no state, and not on each other."""
    layout = lay_out(MACHINES["creation"])
    for state in layout.boxes:
        routes = [(route, 72.0) for edge, route in layout.routes.items() if state in edge]
        labels = list(place_labels(layout, routes, 16.0).values())
        assert [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])] == []
        hidden = [box.state for box in layout.boxes.values() if any(map(box.overlaps, labels))]
        assert hidden == [], state
