"""How states and transitions look, by their status."""

from itertools import combinations, product

import pytest

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.diagram_looks import edge_look, edge_shapes, state_shapes
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import Box, Point, Route
from exlab_gui.core.layout.shapes import polyline
from exlab_gui.core.machine import CREATION_MACHINE

BOX = Box("a", 8, 8, 144, 40)
LINE = (Point(0, 0), Point(0, 60), Point(40, 60))


def colourless(shapes):
    """Return what is left of `shapes` for who sees no colours: filled or not, lines, dashes."""
    return [
        (shape.path, shape.fill is None, shape.stroke and (shape.width, shape.dashes))
        for shape in shapes
    ]


@pytest.mark.parametrize("terminal", [False, True])
def test_states_are_told_apart_without_colours(terminal):
    """Any two statuses differ in shape, line or mark."""
    for a, b in combinations(StateStatus, 2):
        first, second = (state_shapes(BOX, status, terminal=terminal) for status in (a, b))
        assert colourless(first) != colourless(second)


@pytest.mark.parametrize("status", [StateStatus.CURRENT, StateStatus.VISITED])
def test_an_inferred_state_is_told_apart_without_colours(status):
    """A state in which nobody saw the session differs from the same one that was observed."""
    looks = [
        state_shapes(BOX, status, terminal=False, known=known)
        for known in (Certainty.OBSERVED, Certainty.INFERRED)
    ]
    assert colourless(looks[0]) != colourless(looks[1])


def test_ways_are_told_apart_by_how_they_are_known():
    """Observed, inferred or unobserved, a way looks like no other, and like no violation."""
    route = Route("a", "b", LINE, quiet=False)
    taken = (EdgeStatus.TAKEN, EdgeStatus.LAST)
    looks = [edge_shapes(route, status, known) for status in taken for known in Certainty]
    looks += [edge_shapes(route, status) for status in EdgeStatus if status not in taken]
    assert all(colourless(a) != colourless(b) for a, b in combinations(looks, 2))


@pytest.mark.parametrize("quiet", [False, True])
def test_transitions_are_told_apart_without_colours(quiet):
    """Any two statuses differ in line, head or mark, also on the ways to the exits."""
    route = Route("a", "b", LINE, quiet)
    for a, b in combinations(EdgeStatus, 2):
        assert colourless(edge_shapes(route, a)) != colourless(edge_shapes(route, b))


@pytest.mark.parametrize("status", StateStatus)
def test_a_terminal_state_has_a_shape_of_its_own(status):
    """Whatever its status, it is told from a state that something follows."""
    terminal, other = (state_shapes(BOX, status, terminal=terminal) for terminal in (True, False))
    assert colourless(terminal) != colourless(other)


@pytest.mark.parametrize(("status", "terminal"), [*product(StateStatus, [True, False])])
def test_nothing_is_drawn_outside_a_box(status, terminal):
    """A state's shapes stay within its box, so that they cover no line."""
    for shape in state_shapes(BOX, status, terminal=terminal):
        for piece in shape.path:
            for point in piece:
                assert BOX.x - 1e-9 <= point.x <= BOX.right + 1e-9
                assert BOX.y - 1e-9 <= point.y <= BOX.bottom + 1e-9


@pytest.mark.parametrize(("status", "quiet"), [*product(EdgeStatus, [True, False])])
def test_a_line_ends_in_its_head(status, quiet):
    """The tip of the arrow head is where the route ends, the line ends in the head."""
    shapes = edge_shapes(Route("a", "b", LINE, quiet), status)
    heads = [shape for shape in shapes if shape.path[0].to == LINE[-1]]
    assert len(heads) == 1
    assert heads[0].fill is not None
    lines = [shape for shape in shapes if shape.path[0].to == LINE[0]]
    back = LINE[-1].x - lines[-1].path[-1].to.x
    assert 0 < back < heads[0].path[0].to.x - heads[0].path[1].to.x


def test_the_ways_to_the_exits_are_quiet_until_they_matter():
    """An idle way to an exit is thinner than other idle ones, and below them; others are equal."""
    quiet, other = (Route("a", "b", LINE, quiet) for quiet in (True, False))
    idle = edge_look(quiet, EdgeStatus.IDLE)
    assert idle.width < edge_look(other, EdgeStatus.IDLE).width
    assert idle.level < edge_look(other, EdgeStatus.IDLE).level
    for status in set(EdgeStatus) - {EdgeStatus.IDLE}:
        assert edge_look(quiet, status) == edge_look(other, status)


def test_what_matters_more_is_drawn_later():
    """A violation is above the last step, that above what is legal, and so on."""
    route = Route("a", "b", LINE, quiet=False)
    order = ["violation", "last", "legal", "taken", "idle"]
    levels = [edge_look(route, EdgeStatus(status)).level for status in order]
    assert levels == sorted(set(levels), reverse=True)


def test_a_violation_is_crossed_out():
    """A violation has two strokes that cross on its line."""
    shapes = edge_shapes(Route("a", "b", LINE, quiet=False), EdgeStatus.VIOLATION)
    first, second = (shape.path for shape in shapes[-2:])
    middles = {
        ((path[0].to.x + path[1].to.x) / 2, (path[0].to.y + path[1].to.y) / 2)
        for path in (first, second)
    }
    assert middles == {(0, 30)}
    assert len(first) == len(polyline(*LINE[:2]))


def test_dashes_fit_around_a_box():
    """Going around a box, dashes come out even, so that no seam is seen."""
    for state, box in lay_out(CREATION_MACHINE).boxes.items():
        terminal = state in CREATION_MACHINE.terminal
        border = state_shapes(box, StateStatus.LEGAL, terminal=terminal)[0]
        radius = box.height / 2 if terminal else 8
        around = 2 * (box.width + box.height) - (8 - 2 * 3.14159265) * radius
        rounds = around / sum(border.dashes)
        assert abs(rounds - round(rounds)) < 1e-6
