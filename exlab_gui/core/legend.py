"""What the marks and lines of the diagram mean."""

from typing import NamedTuple

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.diagram_looks import Shape, edge_shapes, state_shapes
from exlab_gui.core.layout.badges import time_strip
from exlab_gui.core.layout.geometry import Box, Point, Route
from exlab_gui.core.layout.shapes import polyline
from exlab_gui.core.meaning import Meaning
from exlab_gui.core.overlay import Mark, Slowness
from exlab_gui.core.overlay_looks import badge_look, strip_look
from exlab_gui.core.text.translation import phrase

WIDTH, HEIGHT = 76.0, 32.0
"""The size of a sample."""

_BOX = Box("", 2, 4, WIDTH - 4, HEIGHT - 8)
_MIDDLE = Box("", WIDTH / 2 - 11, HEIGHT / 2 - 7, 22, 14)
_ROUTE = Route("", "", (Point(4, HEIGHT / 2), Point(WIDTH - 4, HEIGHT / 2)), quiet=False)


class Entry(NamedTuple):
    """A look of the diagram in words, what it means, and a sample of it."""

    look: str
    means: str
    shapes: tuple[Shape, ...]


def _state(
    status: StateStatus, meaning: Meaning | None = None, known: Certainty = Certainty.OBSERVED
) -> tuple[Shape, ...]:
    return state_shapes(_BOX, status, terminal=False, known=known, meaning=meaning)


def _edge(status: EdgeStatus, known: Certainty = Certainty.OBSERVED) -> tuple[Shape, ...]:
    return edge_shapes(_ROUTE, status, known)


def _strip(slowness: Slowness, *, estimate: bool = False) -> tuple[Shape, ...]:
    mark = Mark(1, phrase(""), 1.0, 1.0, estimate, slowness)
    strip = time_strip(_BOX)
    look = strip_look(strip, mark)
    x, y = strip.centre
    lines = (polyline(Point(x + a, y), Point(x + b, y)) for a, b in ((-16, -4), (-1, 1), (4, 16)))
    return look.frame, *(Shape(line, stroke=look.ink, width=2.0) for line in lines)


LEGEND: tuple[Entry, ...] = (
    Entry("filled, double outline, ●", "the current state", _state(StateStatus.CURRENT)),
    Entry("filled, three dots", "it waits for an answer", _state(StateStatus.CURRENT, "input")),
    Entry("filled, ✓", "the session is done", _state(StateStatus.CURRENT, "success")),
    Entry(
        "filled, ✓ and !",
        "the session is done, but a plugin failed",
        _state(StateStatus.CURRENT, "flawed"),
    ),
    Entry("filled, ×", "the session failed", _state(StateStatus.CURRENT, "failure")),
    Entry("filled, ■", "the session was aborted", _state(StateStatus.CURRENT, "aborted")),
    Entry(
        "dashed outline, ▸", "a legal next state: click it to go there", _state(StateStatus.LEGAL)
    ),
    Entry("✓", "a visited state", _state(StateStatus.VISITED)),
    Entry(
        "dotted outline, ?",
        "a state that was passed, but not observed",
        _state(StateStatus.VISITED, known=Certainty.INFERRED),
    ),
    Entry("pale", "a state that was not visited", _state(StateStatus.IDLE)),
    Entry("thick line", "the transition just taken", _edge(EdgeStatus.LAST)),
    Entry("dark line", "a transition taken before", _edge(EdgeStatus.TAKEN)),
    Entry("dashed line", "a transition that is legal now", _edge(EdgeStatus.LEGAL)),
    Entry(
        "dotted line, crossed out",
        "a transition that the table does not allow",
        _edge(EdgeStatus.VIOLATION),
    ),
    Entry(
        "line with ?",
        "states between its ends may have passed unobserved",
        _edge(EdgeStatus.TAKEN, Certainty.UNOBSERVED),
    ),
    Entry(
        "number in a frame",
        "how often a state was entered, or a transition taken; dashed: never",
        (badge_look(_MIDDLE, 1, 10).frame,),
    ),
    Entry(
        "two times in a state",
        "the median time in it · the 90th percentile: nine of ten visits were no longer",
        (*_state(StateStatus.VISITED), *_strip(Slowness.USUAL)),
    ),
    Entry(
        "times in a frame",
        "a slow state: its 90th percentile is at least a quarter of the slowest state's",
        (*_state(StateStatus.VISITED), *_strip(Slowness.SLOW)),
    ),
    Entry(
        "times on a dark ground",
        "among the slowest states: at least half of that",
        (*_state(StateStatus.VISITED), *_strip(Slowness.SLOWEST)),
    ),
    Entry(
        "≈, dashed frame",
        "an estimate: some of these visits were not observed",
        (*_state(StateStatus.VISITED), *_strip(Slowness.USUAL, estimate=True)),
    ),
)
